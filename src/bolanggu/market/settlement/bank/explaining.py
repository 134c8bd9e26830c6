"""Explain a bank's entries: each is matched, short, over, doubled, a fee, or unknown, and says by how much and why."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bolanggu.market.settlement.bank.statement import Entry
from bolanggu.values.money import Money


@dataclass(frozen=True, slots=True)
class Expected:
    """What the books know of: a receipt or payout that stands, or a group that still owes.

    ``names`` are the references by which the bank may call it; ``amounts`` what may come in (positive) or go out
    (negative), the likeliest first: a receipt or payout has one, a group its deposit and what is outstanding.
    """

    kind: str
    number: str
    names: tuple[str, ...]
    amounts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """How one entry is explained; ``difference`` is the bank's amount less what was expected, minor units."""

    outcome: str
    number: str
    difference: int
    why: str


def explain(
    entries: Sequence[Entry], expected: Sequence[Expected], currency: str, *, met_before: Collection[str] = ()
) -> list[Explained]:
    """Explain entries in their order.

    A receipt or payout is met once: the bank's second entry of that name is ``doubled``, be the first in this
    statement or (``met_before``) in an earlier one. A group may be met until nothing of it is left to pay. Names are
    looked for in the reference, then as words of the text.

    Examples
    --------
    >>> from datetime import date
    >>> due = Expected("group", "YW-1", ("YW-1",), (30_000, 100_000))
    >>> said = Entry(date(2026, 3, 2), 29_975, reference="YW-1", charges=25)
    >>> explain([said], [due], "USD")[0].outcome
    'matched'
    """
    by_name = {name.casefold(): one for one in expected for name in one.names if name}
    left = {one.number: list(one.amounts) for one in expected}
    met = set(met_before)
    made = []
    for entry in entries:
        one = _named(entry, by_name)
        if one is None:
            made.append(_nameless(entry, currency))
        elif one.kind != "group" and one.number in met:
            made.append(Explained("doubled", one.number, entry.minor, f"{one.kind} {one.number} was met before"))
        else:
            met.add(one.number)
            made.append(_compared(entry, one, left[one.number], currency))
            if one.kind == "group":
                left[one.number] = [max(0, amount - entry.minor - entry.charges) for amount in left[one.number]]
    return made


def _named(entry: Entry, by_name: dict[str, Expected]) -> Expected | None:
    for word in words(entry):
        found = by_name.get(word.casefold())
        if found is not None and _right_way(entry, found):
            return found
    return None


def words(entry: Entry) -> list[str]:
    """The names that an entry may mean: its reference, then the words of its text.

    >>> from datetime import date
    >>> words(Entry(date(2026, 3, 2), 1, reference="R1", text="deposit YW-1, thanks."))
    ['R1', 'deposit', 'YW-1', 'thanks']
    """
    return [word.strip(".,;:") for word in [entry.reference, *re.findall(r"[\w./:#-]+", entry.text)] if word]


def _right_way(entry: Entry, one: Expected) -> bool:
    return all((amount > 0) == (entry.minor > 0) for amount in one.amounts if amount)


def _nameless(entry: Entry, currency: str) -> Explained:
    if entry.fee:
        return Explained("fee", "", entry.minor, f"the bank's own charge, {Money(currency, entry.minor)}")
    return Explained("unknown", "", entry.minor, "neither reference nor text names a receipt, payout or order group")


def _compared(entry: Entry, one: Expected, amounts: list[int], currency: str) -> Explained:
    wanted = [amount for amount in amounts if amount]
    if not wanted:
        return Explained("over", one.number, entry.minor, f"nothing of {one.kind} {one.number} is left to pay")
    sent = entry.minor + entry.charges
    for amount in wanted:
        if amount == entry.minor:
            return Explained("matched", one.number, 0, f"{one.kind} {one.number}")
        if amount == sent:
            kept = Money(currency, entry.charges)
            return Explained(
                "matched", one.number, -entry.charges, f"{one.kind} {one.number}, of which banks kept {kept}"
            )
    near = min(wanted, key=lambda amount: abs(amount - sent))
    difference = entry.minor - near
    less = abs(sent) < abs(near)
    asked = f"{Money(currency, abs(difference))} {'less' if less else 'more'} than {Money(currency, abs(near))}"
    return Explained("short" if less else "over", one.number, difference, f"{one.kind} {one.number}: {asked}")
