"""Rows of text from a CSV or XLSX file, guarded against files made to exhaust the machine. No database."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from bolanggu.values.encoding import text_of
from bolanggu.values.fault import Fault

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 200
_FORMULA = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*>\s*<f[\s/>]')


@dataclass(frozen=True, slots=True)
class Table:
    """Header and rows as text; ``formulas`` are (row from 1 after the header, column index) that hold one."""

    header: list[str]
    rows: list[list[str]]
    formulas: frozenset[tuple[int, int]] = field(default_factory=frozenset)


def read_table(file: Path) -> Table:
    """Read the first sheet of an XLSX, or a CSV with comma, semicolon or tab.

    Raises
    ------
    Fault
        No such file, too large, not a table, or empty.
    """
    try:
        raw = file.read_bytes() if file.stat().st_size <= MOST_BYTES else None
    except OSError as error:
        raise Fault(str(file), f"cannot be read: {error.strerror or error}") from None
    if raw is None:
        raise Fault(file.name, f"is larger than {MOST_BYTES // 2**20} MiB; a purchase list has at most 1,000 lines")
    if raw.startswith(b"PK"):
        return _xlsx(file.name, raw)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise Fault(file.name, "is an old XLS workbook; save it as XLSX or CSV")
    return _csv(file.name, raw)


def _csv(name: str, raw: bytes) -> Table:
    text = text_of(raw)
    if "\0" in text:
        raise Fault(name, "is not a text file; save the list as CSV or XLSX")
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    try:
        records = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]
    except csv.Error as error:
        raise Fault(name, f"is not a CSV table: {error}") from None
    return _table(name, records)


def _xlsx(name: str, raw: bytes) -> Table:
    formulas = _inspect(name, raw)
    from python_calamine import CalamineError, load_workbook

    try:
        sheet = load_workbook(io.BytesIO(raw)).get_sheet_by_index(0)
        cells = sheet.to_python(skip_empty_area=False)
    except (CalamineError, IndexError, ValueError) as error:
        raise Fault(name, f"is not a workbook that can be read: {error}") from None
    table = _table(name, _without_blank_tail([[_as_text(cell) for cell in row] for row in cells]))
    blank_before = next((i for i, row in enumerate(cells) if any(str(c).strip() for c in row)), 0)
    shifted = frozenset((row - 1 - blank_before, column) for row, column in formulas)
    return Table(table.header, table.rows, shifted)


def _inspect(name: str, raw: bytes) -> frozenset[tuple[int, int]]:
    """Refuse a zip bomb before anything is unpacked; find the first sheet's formulas as (row, column) from (1, 0)."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(len(raw), 50_000):
                raise Fault(name, f"unpacks to {unpacked:,} bytes; it is not a purchase list")
            sheets = sorted(p.filename for p in parts if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", p.filename))
            sheet = _bounded(archive, sheets[0]) if sheets else b""
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise Fault(name, f"is not an XLSX workbook: {error}") from None
    return frozenset((int(row), _column(letters.decode())) for letters, row in _FORMULA.findall(sheet))


def _bounded(archive: zipfile.ZipFile, part: str) -> bytes:
    with archive.open(part) as stream:
        return stream.read(MOST_UNPACKED)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _as_text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def _table(name: str, records: list[list[str]]) -> Table:
    filled = iter(records)
    header = next((row for row in filled if any(cell.strip() for cell in row)), None)
    if header is None:
        raise Fault(name, "is empty; the first line must name the columns description and quantity", row=None)
    return Table([cell.strip() for cell in header], list(filled))


def _without_blank_tail(rows: list[list[str]]) -> list[list[str]]:
    """Drop the formatted but empty rows that end many worksheets."""
    filled = [number for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    return rows[: max(filled, default=0)]
