"""Accounts and an actor for the ledger's tests."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bolanggu.platform.accounts.grants import Actor
from bolanggu.platform.ledger import Limit, Opening
from bolanggu.platform.ledger.services import open_accounts

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)
BY = Actor("finance", frozenset({"finance"}))
OPENINGS = [
    Opening("bank", "CNY", Limit.CREDITS),
    Opening("buyer", "CNY", Limit.DEBITS),
    Opening("shop", "CNY", Limit.DEBITS),
    Opening("pool", "CNY"),
    Opening("pool-usd", "USD"),
    Opening("buyer-usd", "USD"),
]


@pytest.fixture
def accounts(db: None) -> None:
    open_accounts(by=BY, at=AT, openings=OPENINGS)
