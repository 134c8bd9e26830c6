"""A small group of orders in three currencies, and the actor who settles it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bolanggu.market.settlement import rates
from bolanggu.market.settlement.inputs import GroupDue, LineDue, OrderDue, TermsDue
from bolanggu.platform.accounts.grants import Actor

AT = datetime(2025, 1, 6, 8, tzinfo=UTC)


@pytest.fixture
def by() -> Actor:
    return Actor("finance", frozenset({"finance"}))


@pytest.fixture
def day() -> rates.Rates:
    return rates.on(date(2025, 1, 6))


def group(currency: str = "USD", *, number: str = "YW-1", **terms: object) -> GroupDue:
    said = {"deposit_bp": 3000, "commission_buyer_bp": 300, "commission_merchant_bp": 150} | terms
    return GroupDue(
        group=number,
        buyer="B1",
        agent="A1",
        currency=currency,
        orders=(
            OrderDue(f"{number}-001", "M1", "CNY", (LineDue(f"{number}/1", 123_457), LineDue(f"{number}/2", 9_999))),
            OrderDue(f"{number}-002", "M2", "CNY", (LineDue(f"{number}/3", 777),)),
            OrderDue(f"{number}-003", "M3", "GBP", (LineDue(f"{number}/4", 50_001), LineDue(f"{number}/5", 1))),
            OrderDue(f"{number}-004", "M4", currency, (LineDue(f"{number}/6", 31_415),)),
        ),
        payees=("A1",),
        funder="F1",
        terms=TermsDue(**said),
    )
