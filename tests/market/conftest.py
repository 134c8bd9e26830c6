"""Parties and an order group that tests of several links start from."""

from datetime import UTC, datetime

import pytest

from bolanggu.market.orders.services import AcceptedLine, GroupOpened, TermsOffered, place
from bolanggu.platform.parties.services import Roles, agree, register
from bolanggu.trade.world.cast import WORLD

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)


@pytest.fixture
def at():
    return AT


@pytest.fixture
def world():
    return WORLD


@pytest.fixture
def parties(db):
    kinds = {"B1": "buyer", "A1": "agent", "M1": "merchant", "M2": "merchant"}
    return {n: register(by=WORLD, at=AT, number=n, kind=k, name_en=n) for n, k in kinds.items()}


@pytest.fixture
def engagement(parties):
    roles = Roles("B1", "A1", "B1", "A1", "B1", "B1", "A1", "A1")
    return agree(by=WORLD, at=AT, number="E1", roles=roles, commission_buyer_bp=500, commission_merchant_bp=0)


@pytest.fixture
def accepted(parties):
    def line(number, merchant="M1", quantity=12, unit=125, currency="CNY"):
        party = parties[merchant].pk
        return AcceptedLine(f"Q-{merchant}", party, currency, number, f"P-{number}", quantity, quantity, unit)

    return line


@pytest.fixture
def placed(parties, engagement, accepted):
    group = GroupOpened("T1", "T1", parties["B1"].pk, engagement.pk, "USD", [])
    lines = [accepted("L1"), accepted("L2", quantity=24), accepted("L3", "M2", 6, 300)]
    return place(by=WORLD, at=AT, group=group, terms=TermsOffered(), lines=lines)
