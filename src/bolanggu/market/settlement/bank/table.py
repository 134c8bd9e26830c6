"""Read a bank's statement from CSV: one row an entry, the balance after it, so that nothing can be left out unseen."""

from __future__ import annotations

import csv
import io
from datetime import date

from bolanggu.market.settlement.bank.statement import Entry, Statement, adding_up
from bolanggu.values.fault import Fault
from bolanggu.values.money import NotMoney, parse

NEEDED = ("account", "statement", "date", "amount", "currency", "balance")
KNOWN = (*NEEDED, "reference", "text", "party", "charges", "kind")


def read(content: bytes, file: str = "statement.csv") -> list[Statement]:
    """Read one statement; columns `KNOWN` in any order, of which `NEEDED` must be there.

    ``amount`` and ``balance`` are plain decimals, negative where money went out; ``kind`` is ``fee`` for the
    bank's own.

    Raises
    ------
    Fault
        A column is missing or unknown, a cell cannot be read, or a balance does not follow from the one before.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Fault(file, "not UTF-8; save the table as CSV UTF-8") from None
    reader = csv.DictReader(io.StringIO(text))
    names = reader.fieldnames or []
    for name in NEEDED:
        if name not in names:
            raise Fault(file, f"there is no such column; needed are {', '.join(NEEDED)}", column=name)
    for name in names:
        if name not in KNOWN:
            raise Fault(file, f"unknown column; known are {', '.join(KNOWN)}", column=name)
    rows = list(reader)
    if not rows:
        raise Fault(file, "holds no entries")
    return [_statement(rows, file)]


def _statement(rows: list[dict[str, str]], file: str) -> Statement:
    first = rows[0]
    currency = first["currency"].strip()
    entries, before, opened = [], 0, 0
    for place, row in enumerate(rows, 1):
        for name in ("account", "statement", "currency"):
            if row[name] != first[name]:
                raise Fault(file, f"{row[name]!r} differs from {first[name]!r}; one statement a file", place, name)
        minor, after = (_minor(row, name, currency, file, place) for name in ("amount", "balance"))
        if place == 1:
            before = opened = after - minor
        if before + minor != after:
            raise Fault(file, f"{row['balance']} does not follow from the row before", place, "balance")
        before = after
        if minor:
            entries.append(_entry(row, minor, currency, file, place))
    return adding_up(
        Statement(first["statement"].strip(), first["account"].strip(), currency, opened, before, tuple(entries)), file
    )


def _entry(row: dict[str, str], minor: int, currency: str, file: str, place: int) -> Entry:
    try:
        day = date.fromisoformat(row["date"].strip())
    except ValueError:
        raise Fault(file, f"{row['date']!r} is no date; write 2026-03-31", place, "date") from None
    return Entry(
        booked_on=day,
        minor=minor,
        charges=_minor(row, "charges", currency, file, place) if (row.get("charges") or "").strip() else 0,
        reference=(row.get("reference") or "").strip()[:64],
        text=(row.get("text") or "").strip()[:500],
        party=(row.get("party") or "").strip()[:140],
        fee=(row.get("kind") or "").strip() == "fee",
    )


def _minor(row: dict[str, str], name: str, currency: str, file: str, place: int) -> int:
    try:
        return parse(row[name] or "", currency).minor
    except NotMoney as error:
        raise Fault(file, str(error), place, name) from None
