"""Checking (申报前检查): a consignment against the rule book of its mode, with its items and every finding."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from bolanggu.data import read_yaml
from bolanggu.engines.rules.book import Book, Finding, read_book
from bolanggu.engines.rules.facts import plain
from bolanggu.market.customs.consignment import Consignment, usd_text
from bolanggu.market.customs.facts import declaration_facts, line_facts
from bolanggu.market.customs.merging import Item, merge
from bolanggu.market.customs.screening import DatedLists

#: Effects of findings from light to grave; ``evidence`` asks for a missing fact, which a person has to review.
_VERDICTS = {"evidence": "review", "review": "review", "refused": "refused"}
_DEFAULT_ITEMISED = Fraction(5)
_BOOKS = {"1039": "market_procurement", "0110": "general_trade"}


@dataclass(frozen=True, slots=True)
class Check:
    """The answer of one check: verdict ``ok``, ``review`` or ``refused``, all findings, and the merged items."""

    verdict: str
    findings: tuple[Finding, ...]
    items: tuple[Item, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as JSON data."""
        return {
            "verdict": self.verdict,
            "findings": [finding.as_dict() for finding in self.findings],
            "items": [item_dict(item) for item in self.items],
        }


def item_dict(item: Item) -> dict[str, Any]:
    """Return an item as JSON data: decimals as strings; weight and quantity only where every line agrees."""
    document: dict[str, Any] = {"hs": item.hs, "value_usd": usd_text(item.value_cents), "kinds": item.kinds}
    if item.net_kg is not None:
        document["net_kg"] = plain(item.net_kg)
    if item.qty is not None:
        document |= {"qty": plain(item.qty), "unit": item.unit}
    return document | {"rows": [line.row for line in item.lines]}


@cache
def book_of(mode: str) -> Book:
    """Read the rule book of a supervision mode: 1039 market procurement, 0110 general trade."""
    return read_book(read_yaml(f"rules/{_BOOKS[mode]}.yaml"))


def check(
    consignment: Consignment,
    nomenclature: Collection[str],
    *,
    mode: str = "1039",
    unknown: str | None = None,
    lines_judged: Sequence[list[Finding]] | None = None,
) -> Check:
    """Judge a consignment on its day of declaration and merge its lines into items.

    Parameters
    ----------
    consignment
        What is declared, with the lists and the history to judge it by.
    nomenclature
        The six-digit codes of the Harmonized System in force.
    mode
        The supervision mode whose rule book is used.
    unknown
        Effect of a missing fact; by default each rule's own. ``evidence`` asks and does not refuse.
    lines_judged
        Findings of each line where they are known already.
    """
    book, day = book_of(mode), consignment.heading.day
    lists = DatedLists(consignment.lists, day)
    itemised = book.value("simplified_itemised_kinds", day) or _DEFAULT_ITEMISED
    assert isinstance(itemised, Fraction)
    items = merge(
        consignment.lines, simplified=consignment.heading.simplified, itemised=int(itemised), alone=lists.alone
    )
    facts = declaration_facts(consignment, book, len(items))
    findings = book.judge("declaration", facts, day, consignment.heading.id or "declaration", unknown=unknown)
    judged = (
        judge_lines(consignment, nomenclature, mode=mode, unknown=unknown) if lines_judged is None else lines_judged
    )
    for found in judged:
        findings += found
    return Check(verdict_of(findings), tuple(findings), tuple(items))


def judge_lines(
    consignment: Consignment, nomenclature: Collection[str], *, mode: str = "1039", unknown: str | None = None
) -> list[list[Finding]]:
    """Judge each line alone; the findings of each, in the order of the lines."""
    book, day = book_of(mode), consignment.heading.day
    lists = DatedLists(consignment.lists, day)
    return [
        book.judge("line", line_facts(line, consignment, lists, nomenclature), day, f"row {line.row}", unknown=unknown)
        for line in consignment.lines
    ]


def verdict_of(findings: Collection[Finding]) -> str:
    """Return the gravest verdict of the findings; refused outranks review, review outranks ok."""
    verdicts = {_VERDICTS[finding.effect] for finding in findings}
    return next((verdict for verdict in ("refused", "review") if verdict in verdicts), "ok")
