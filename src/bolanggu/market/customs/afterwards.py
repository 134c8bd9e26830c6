"""Rules beside and after the declaration (采购、税务、外汇规则), judged where their facts are known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache

from bolanggu.data import read_yaml
from bolanggu.engines.rules.book import Book, Finding, read_book
from bolanggu.engines.rules.facts import Value


@cache
def book() -> Book:
    """Read the rule book of purchase, cluster, items, filling, steps, receipt and tax return."""
    return read_book(read_yaml("rules/market_procurement_after.yaml"))


def judge(scope: str, facts: Mapping[str, Value | None], day: date, subject: str) -> list[Finding]:
    """Judge the facts of a scope of `book` on a day; missing facts ask for evidence."""
    return book().judge(scope, facts, day, subject)


def most_receipts(fob_cents: int, day: date) -> int:
    """Most USD cents that may be received for a trade of that declared value.

    >>> most_receipts(100_000, date(2026, 5, 31))
    105000
    """
    tolerance = book().value("receipt_tolerance", day)
    assert isinstance(tolerance, Fraction)
    return int(fob_cents * (1 + tolerance))
