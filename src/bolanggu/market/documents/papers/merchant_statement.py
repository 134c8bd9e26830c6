"""Statement of account of a merchant (商户对账单): what her orders come to, what was kept, what was paid out."""

from __future__ import annotations

from collections.abc import Iterator

from bolanggu.market.documents.facts import Facts
from bolanggu.market.documents.papers.buyer_statement import statement
from bolanggu.market.documents.sheet import Sheet, Words


def sheets(facts: Facts) -> Iterator[Sheet]:
    """One paper a merchant and currency."""
    for account in facts.merchant_accounts:
        part = f"{account.party.number}-{account.currency}"
        yield statement(facts, account, "merchant_statement", Words("Merchant", "商户"), part)
