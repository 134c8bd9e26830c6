"""The market operator gives and takes grants on a page; nobody else does."""

import pytest
from tests.interfaces.conftest import AT, OPERATOR

from bolanggu.platform.accounts.acting import actor_of, roles_of
from bolanggu.platform.accounts.models import Grant, User
from bolanggu.platform.accounts.services import give, register_user

PATH = "/people/"


@pytest.fixture
def operator(db, signed_in):
    return signed_in("market_operator", everywhere=True)


def given(operator, **fields):
    return operator.post(PATH, {"name": "amy", "purpose": "trade", **fields}, follow=True)


def now(name: str = "amy"):
    from django.utils import timezone

    return actor_of(User.objects.get(username=name), at=timezone.now())


def test_a_new_person_gets_her_role_and_a_link_for_a_password(operator):
    page = given(operator, role="agent", party="AGENT-A").content.decode()
    assert "/first/" in page
    assert (now().roles, now().parties) == ({"agent", "public"}, {"AGENT-A"})
    assert "AGENT-A" in page


def test_a_single_act_is_given_over_one_party(operator):
    given(operator, act="order confirm", party="MERCHANT-A")
    assert [(one.thing, one.action, one.party) for one in now().permits] == [("order", "confirm", "MERCHANT-A")]


@pytest.mark.parametrize(
    "fields", [{}, {"role": "agent", "act": "order confirm"}, {"role": "world"}, {"act": "moon sell"}]
)
def test_neither_both_nor_what_nobody_holds_is_given(operator, fields):
    assert given(operator, **fields).status_code == 422
    assert not User.objects.filter(username="amy").exists()


def test_a_grant_is_taken_and_the_page_says_so(operator):
    given(operator, role="agent", party="AGENT-A")
    grant = Grant.objects.get(role="agent")
    page = operator.post(f"/people/grants/{grant.pk}/take/", follow=True).content.decode()
    assert "The grant is taken." in page
    assert "holds no grant" in page
    assert now().roles == {"public"}


@pytest.mark.parametrize("role", ["agent", "officer", "finance", "buyer"])
def test_nobody_else_sees_or_gives_grants(signed_in, role):
    client = signed_in(role, "X")
    register_user(by=OPERATOR, at=AT, name="bob")
    grant = give(by=OPERATOR, at=AT, name="bob", role="agent", party="A")
    assert client.get(PATH).status_code == 403
    assert client.post(PATH, {"name": "amy", "role": "officer", "purpose": "trade"}).status_code == 403
    assert client.post(f"/people/grants/{grant.pk}/take/").status_code == 403
    assert roles_of(User.objects.get(username="bob"), AT) == ["agent"]
