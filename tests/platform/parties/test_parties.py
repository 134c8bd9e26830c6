"""Parties and engagements: one number, one party; who is who is agreed once."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from bolanggu.platform.parties.models import Engagement, Party
from bolanggu.platform.parties.services import Roles, UnknownParty, agree, register
from bolanggu.trade.world.cast import WORLD

AT = datetime(2026, 3, 1, tzinfo=UTC)


def party(number, kind="merchant"):
    return register(by=WORLD, at=AT, number=number, kind=kind, name_en=number)


def roles(**changed):
    parties = dict.fromkeys(Roles.__dataclass_fields__, "B1") | {"agent": "A1", "funder": None}
    return Roles(**{**parties, **changed})


@pytest.mark.django_db
def test_the_same_number_is_the_same_party():
    assert party("M1").pk == party("M1").pk
    assert Party.objects.get().synthetic


@pytest.mark.django_db
def test_the_database_keeps_numbers_apart():
    party("M1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Party.objects.create(number="M1", kind="merchant")


@pytest.mark.django_db
def test_an_engagement_is_agreed_once():
    party("B1", "buyer")
    party("A1", "agent")
    first, again = (
        agree(by=WORLD, at=AT, number="E1", roles=roles(), commission_buyer_bp=500, commission_merchant_bp=0)
        for _ in range(2)
    )
    assert first.pk == again.pk
    assert first.agent.number == "A1"
    assert first.funder is None


@pytest.mark.django_db
def test_an_engagement_needs_registered_parties():
    party("A1", "agent")
    with pytest.raises(UnknownParty, match="no party has the number B1"):
        agree(by=WORLD, at=AT, number="E1", roles=roles(), commission_buyer_bp=0, commission_merchant_bp=0)


@pytest.mark.django_db
def test_a_commission_above_the_whole_is_refused_by_the_database():
    party("B1", "buyer")
    party("A1", "agent")
    with pytest.raises(IntegrityError), transaction.atomic():
        agree(by=WORLD, at=AT, number="E1", roles=roles(), commission_buyer_bp=10_001, commission_merchant_bp=0)
    assert Engagement.objects.count() == 0
