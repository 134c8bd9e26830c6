"""Grants of one act: over one party, of one field, for one purpose, in their time; whose thing it is decides."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from bolanggu.platform.accounts.acting import actor_of, purposes_of, roles_of
from bolanggu.platform.accounts.grants import Actor, NotGranted, Permit, allowed, may, over, requires, standing
from bolanggu.platform.accounts.looking import note
from bolanggu.platform.accounts.models import Look
from bolanggu.platform.accounts.services import UnknownAct, give, give_act, register_user, take, take_act
from bolanggu.platform.journal.models import Entry

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)
LATER = AT + timedelta(days=1)
OPERATOR = Actor("operator", frozenset({"market_operator"}), everywhere=True)


@pytest.fixture
def amy(db):
    return register_user(by=OPERATOR, at=AT, name="amy")


def grant_events() -> list[str]:
    rows = Entry.objects.filter(kind__startswith="grant.").order_by("sequence")
    return list(rows.values_list("kind", flat=True))


def permitted(*permits: Permit, parties: frozenset[str] = frozenset()) -> Actor:
    return Actor("amy", frozenset({"public"}), parties=parties, permits=frozenset(permits))


def test_one_act_over_one_party_is_that_act_and_that_party_only():
    actor = permitted(Permit("order", "confirm", party="M1"))
    assert may(actor, "order", "confirm", "M1")
    assert not may(actor, "order", "confirm", "M2")
    assert not may(actor, "order", "refuse", "M1")
    assert over(actor, "order", "confirm") == {"M1"}
    assert over(actor, "order", "refuse") == frozenset()


def test_a_permit_without_a_party_is_over_the_actors_own():
    actor = permitted(Permit("order", "confirm"), parties=frozenset({"M1"}))
    assert may(actor, "order", "confirm", "M1")
    assert not may(actor, "order", "confirm", "M2")
    assert over(actor, "order", "confirm") == {"M1"}


def test_a_permit_over_the_whole_market_is_over_everyone():
    actor = permitted(Permit("order", "confirm", everywhere=True))
    assert may(actor, "order", "confirm", "M7")
    assert over(actor, "order", "confirm") is None
    assert not may(actor, "order", "read", "M7")


def test_a_permit_of_one_field_opens_neither_the_thing_nor_another_field():
    actor = permitted(Permit("payout", "read", party="M1", field="amount"))
    assert may(actor, "payout", "read", "M1", field="amount")
    assert not may(actor, "payout", "read", "M1", field="account")
    assert not may(actor, "payout", "read", "M1")
    with pytest.raises(NotGranted):
        allowed(actor, "payout", "read", "M1")


def test_a_role_sees_every_field_of_its_own_parties():
    agent = Actor("a", frozenset({"agent"}), parties=frozenset({"A1"}))
    assert may(agent, "payout", "read", "A1", field="amount")
    assert not may(agent, "payout", "read", "A2", field="amount")
    assert over(agent, "payout", "read") == {"A1"}
    assert over(Actor("o", frozenset({"officer"}), everywhere=True), "payout", "read") is None


PARTIES = st.sampled_from(["P1", "P2", "P3"])


@drawn(
    roles=st.sets(st.sampled_from(["agent", "merchant", "buyer", "public"])),
    parties=st.frozensets(PARTIES),
    permits=st.frozensets(
        st.builds(
            Permit,
            thing=st.sampled_from(["order", "trade"]),
            action=st.sampled_from(["read", "confirm"]),
            party=PARTIES | st.just(""),
            field=st.sampled_from(["", "price"]),
            everywhere=st.booleans(),
        ),
        max_size=3,
    ),
    party=PARTIES,
)
def test_over_names_exactly_the_parties_that_may_says_yes_to(roles, parties, permits, party):
    actor = Actor("x", frozenset(roles), parties=parties, permits=permits)
    for need in [("order", "read"), ("order", "confirm"), ("trade", "read")]:
        reach = over(actor, *need)
        assert (reach is None or party in reach) == may(actor, *need, party), need


@requires("order", "confirm", of=lambda call: call["merchants"])
def confirm_them(*, by, merchants):
    return sorted(merchants)


def test_a_service_that_says_whose_thing_it_is_refuses_other_peoples():
    merchant = Actor("m", frozenset({"merchant"}), parties=frozenset({"M1"}))
    assert confirm_them(by=merchant, merchants=["M1"]) == ["M1"]
    with pytest.raises(NotGranted, match="may not confirm order of M2"):
        confirm_them(by=merchant, merchants=["M1", "M2"])
    assert confirm_them(by=permitted(Permit("order", "confirm", "M2")), merchants=["M2"]) == ["M2"]


def test_an_act_is_given_read_and_taken_with_its_events(amy):
    give_act(by=OPERATOR, at=AT, name="amy", thing="order", action="confirm", party="M1")
    assert actor_of(amy, at=AT).permits == {Permit("order", "confirm", "M1")}
    assert roles_of(amy, AT) == []
    assert take_act(by=OPERATOR, at=LATER, name="amy", thing="order", action="confirm", party="M1") == 1
    assert actor_of(amy, at=LATER).permits == frozenset()
    assert grant_events() == ["grant.given", "grant.taken"]


def test_an_act_that_no_role_may_do_is_given_to_nobody(amy):
    assert ("moon", "sell") not in standing()
    with pytest.raises(UnknownAct, match="no role may sell moon"):
        give_act(by=OPERATOR, at=AT, name="amy", thing="moon", action="sell")


def test_a_grant_for_another_purpose_counts_for_that_purpose_only(amy):
    give(by=OPERATOR, at=AT, name="amy", role="agent", party="A1")
    give(by=OPERATOR, at=AT, name="amy", role="officer", everywhere=True, purpose="audit")
    trading, auditing = actor_of(amy, at=AT), actor_of(amy, at=AT, purpose="audit")
    assert (trading.roles, trading.everywhere) == (frozenset({"agent", "public"}), False)
    assert (auditing.roles, auditing.everywhere) == (frozenset({"officer", "public"}), True)
    assert purposes_of(amy, AT) == ["trade", "audit"]
    assert actor_of(amy, at=AT, purpose="marketing").roles == {"public"}


def test_a_grant_with_an_end_is_taken_before_it(amy):
    give(by=OPERATOR, at=AT, name="amy", role="agent", party="A1", until=AT + timedelta(days=30))
    assert take(by=OPERATOR, at=LATER, name="amy", role="agent", party="A1") == 1
    assert roles_of(amy, LATER) == []


def test_a_grant_that_is_over_is_not_taken_again(amy):
    give(by=OPERATOR, at=AT, name="amy", role="agent", party="A1", until=LATER)
    assert take(by=OPERATOR, at=LATER + timedelta(days=1), name="amy", role="agent", party="A1") == 0


def test_giving_a_taken_role_again_is_an_event(amy):
    give(by=OPERATOR, at=AT, name="amy", role="agent", party="A1")
    take(by=OPERATOR, at=LATER, name="amy", role="agent", party="A1")
    give(by=OPERATOR, at=LATER, name="amy", role="agent", party="A1")
    assert roles_of(amy, LATER) == ["agent"]
    assert grant_events() == ["grant.given", "grant.taken", "grant.given"]


def test_a_look_is_noted_once_a_day_and_role(db):
    agent = Actor("amy", frozenset({"agent", "public"}))
    assert note(agent, "trade", "T1", whole="T1", at=AT)
    assert not note(agent, "trade", "T1", whole="T1", at=AT + timedelta(hours=2))
    assert note(agent, "trade", "T1", whole="T1", at=LATER)
    assert note(Actor("amy", frozenset({"buyer"})), "trade", "T1", whole="T1", at=AT)
    assert list(Look.objects.order_by("pk").values_list("role", flat=True)) == ["agent", "agent", "buyer"]
