"""Users and grants: one role at a time, given and taken with an event, deny by default."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from bolanggu.platform.accounts.acting import actor_of, roles_of
from bolanggu.platform.accounts.api_keys import VALID, actor_of_key, make_key
from bolanggu.platform.accounts.grants import Actor, NotGranted
from bolanggu.platform.accounts.models import ApiKey
from bolanggu.platform.accounts.services import UnknownRole, UnknownUser, give, invite, register_user, take
from bolanggu.platform.journal.models import Entry

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)
OPERATOR = Actor("operator", frozenset({"market_operator"}), everywhere=True)


@pytest.fixture
def amy(db):
    return register_user(by=OPERATOR, at=AT, name="amy")


def given(role, **more):
    return give(by=OPERATOR, at=AT, name="amy", role=role, **more)


def test_a_new_user_has_no_password_and_no_role(amy):
    assert not amy.has_usable_password()
    assert actor_of(amy, at=AT) == Actor("amy", frozenset({"public"}))


def test_roles_are_not_added_up(amy):
    given("agent", party="A1")
    given("buyer", party="B1")
    assert roles_of(amy, AT) == ["agent", "buyer"]
    agent, buyer = actor_of(amy, at=AT), actor_of(amy, at=AT, role="buyer")
    assert (agent.roles, agent.parties) == (frozenset({"agent", "public"}), frozenset({"A1"}))
    assert (buyer.roles, buyer.parties) == (frozenset({"buyer", "public"}), frozenset({"B1"}))


def test_a_role_that_is_not_held_falls_back_to_one_that_is(amy):
    given("agent", party="A1")
    assert "officer" not in actor_of(amy, at=AT, role="officer").roles


def test_a_grant_holds_in_its_time_only(amy):
    given("agent", party="A1", until=AT + timedelta(days=1))
    assert roles_of(amy, AT - timedelta(seconds=1)) == []
    assert roles_of(amy, AT + timedelta(days=1)) == []
    assert roles_of(amy, AT + timedelta(hours=23)) == ["agent"]


def test_the_whole_market_is_a_grant_of_its_own(amy):
    given("officer", everywhere=True)
    assert actor_of(amy, at=AT).everywhere
    assert not actor_of(amy, at=AT).parties


def test_giving_twice_is_giving_once_and_taking_ends_it(amy):
    assert given("agent", party="A1").pk == given("agent", party="A1").pk
    assert Entry.objects.filter(kind="grant.given").count() == 1
    assert take(by=OPERATOR, at=AT + timedelta(days=1), name="amy", role="agent", party="A1") == 1
    assert roles_of(amy, AT + timedelta(days=2)) == []
    assert take(by=OPERATOR, at=AT + timedelta(days=1), name="amy", role="agent", party="A1") == 0


@pytest.mark.parametrize("role", ["world", "public", "king"])
def test_roles_that_no_person_holds_are_not_given(amy, role):
    with pytest.raises(UnknownRole, match="the roles are"):
        given(role)


def test_a_stranger_is_given_nothing(db):
    with pytest.raises(UnknownUser, match="register them first"):
        give(by=OPERATOR, at=AT, name="nobody", role="agent")


def test_only_the_market_operator_gives(amy):
    for act in (give, take):
        with pytest.raises(NotGranted):
            act(by=Actor("a buyer", frozenset({"buyer"})), at=AT, name="amy", role="agent")
    with pytest.raises(NotGranted):
        invite(by=Actor("a buyer", frozenset({"buyer"})), at=AT, name="amy")


def test_a_key_is_kept_as_a_digest_and_ends(amy):
    given("agent", party="A1")
    key = make_key(by=actor_of(amy, at=AT), at=AT, user=amy, role="agent")
    assert key not in str(list(ApiKey.objects.values_list()))
    assert actor_of_key(key, at=AT + timedelta(days=1)).parties == {"A1"}
    assert actor_of_key(key, at=AT + VALID) is None
    assert actor_of_key("blg_false", at=AT) is None
    with pytest.raises(NotGranted, match="does not act as officer"):
        make_key(by=actor_of(amy, at=AT), at=AT, user=amy, role="officer")


def test_the_database_refuses_a_key_that_ends_before_it_begins(amy):
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiKey.objects.create(user=amy, role="agent", sha256="0" * 64, made_at=AT, valid_to=AT)
