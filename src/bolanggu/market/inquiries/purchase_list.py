"""A purchase list (采购清单) as read: every row keeps its place, every bad cell is named. No database."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from bolanggu.market.inquiries.cells import BadCell, currency, pieces, price
from bolanggu.market.inquiries.headers import meanings
from bolanggu.market.inquiries.spreadsheet import Table, read_table
from bolanggu.values.fault import Fault

MOST_LINES = 1000
MOST_TEXT = 1000


@dataclass(frozen=True, slots=True)
class ListLine:
    """One row of the list. ``quantity`` is None, and ``problem`` says why, where the row cannot be ordered."""

    row: int
    text: str
    quantity: int | None
    target_price: str | None
    currency: str
    language: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class PurchaseList:
    """All rows in order, the faults found, and the digest of the file."""

    name: str
    sha256: str
    lines: list[ListLine]
    faults: list[Fault]


def read_purchase_list(file: Path) -> PurchaseList:
    """Read a CSV or XLSX list of 1 to 1,000 lines.

    Raises
    ------
    Fault
        The file cannot be used at all: unreadable, empty, without a needed column, without lines, too long.
    """
    table = read_table(file)
    columns = _columns(file.name, table)
    faults: list[Fault] = []
    lines = [_line(file.name, table, columns, row, faults) for row in range(1, len(table.rows) + 1)]
    return PurchaseList(file.name, hashlib.sha256(file.read_bytes()).hexdigest(), lines, faults)


def _columns(name: str, table: Table) -> dict[str, int]:
    columns = meanings(table.header)
    for needed in ("description", "quantity"):
        if needed not in columns:
            found = ", ".join(cell for cell in table.header if cell) or "none"
            raise Fault(name, f"is missing; the list needs a column named {needed} (found: {found})", column=needed)
    if not table.rows:
        raise Fault(name, "has a header and no lines; write one line for each kind of goods")
    if len(table.rows) > MOST_LINES:
        raise Fault(name, f"has {len(table.rows):,} lines; a list holds at most {MOST_LINES:,}: split it into several")
    return columns


def _line(name: str, table: Table, columns: dict[str, int], row: int, faults: list[Fault]) -> ListLine:
    cells = {meaning: _cell(table.rows[row - 1], index) for meaning, index in columns.items()}
    text = " ".join(cells["description"].split())
    found = _problems(cells, text)
    faults.extend(
        Fault(name, f'is a formula; its stored value "{cells[column].strip()}" is used', row, column)
        for column, index in columns.items()
        if (row, index) in table.formulas and column not in found
    )
    faults.extend(Fault(name, message, row, column) for column, message in found.items())
    barring = [f"{column}: {found[column]}" for column in ("description", "quantity") if column in found]
    return ListLine(
        row,
        text[:MOST_TEXT] or "(no description)",
        None if barring else pieces(cells["quantity"]),
        None if "unit_price" in found else price(cells.get("unit_price", "")),
        "" if "currency" in found else currency(cells.get("currency", "")),
        cells.get("lang", "").strip().casefold()[:8],
        "; ".join(barring),
    )


def _problems(cells: dict[str, str], text: str) -> dict[str, str]:
    """What is wrong with a row's cells: column → message."""
    found = {}
    if not text:
        found["description"] = "the cell is empty; say which goods are wanted"
    elif text.startswith("="):
        found["description"] = f'"{text[:40]}" is a formula; write its value'
    elif len(text) > MOST_TEXT:
        found["description"] = f"has {len(text):,} characters; write at most {MOST_TEXT:,}"
    for column, read in (("quantity", pieces), ("unit_price", price), ("currency", currency)):
        try:
            read(cells.get(column, ""))
        except BadCell as bad:
            found[column] = str(bad)
    return found


def _cell(row: list[str], index: int) -> str:
    return row[index] if index < len(row) else ""
