"""Reading the cells of a purchase list: whole pieces and plain prices, each refusal saying what would be right."""

from __future__ import annotations

import re

MOST_PIECES = 10_000_000
DOZENS = {
    **dict.fromkeys("dz doz dozen dozens 打".split(), 12),
    **dict.fromkeys("pair pairs 双 对".split(), 2),
    "gross": 144,
}
_WHOLE = re.compile(r"\d+(\.0+)?")
_WITH_UNIT = re.compile(r"(\d+)\s*([^\d\s.,]+)\.?")
_SEPARATED = re.compile(r"\d{1,3}([,.' ]\d{3})+")
_SIGNED = re.compile(r"(?:[A-Z]{3}|[$€£¥₽])\s*([\d.,]+)|([\d.,]+)\s*(?:[A-Z]{3}|[$€£¥₽元])")


class BadCell(ValueError):
    """A cell that cannot be used; the text says what would be right."""


def pieces(text: str) -> int:
    """A whole number of pieces from 1 to 10,000,000, or BadCell.

    >>> pieces(" 12 "), pieces("12.0")
    (12, 12)
    >>> pieces("2 dz")
    Traceback (most recent call last):
    ...
    bolanggu.market.inquiries.cells.BadCell: "2 dz" is not a whole number of pieces; write 24
    """
    cell = text.strip()
    if not cell:
        raise BadCell("the cell is empty; write a whole number of pieces, such as 12")
    if cell.startswith("="):
        raise BadCell(f'"{_short(cell)}" is a formula; write its value')
    if _WHOLE.fullmatch(cell):
        number = int(cell.split(".")[0])
        if not 1 <= number <= MOST_PIECES:
            raise BadCell(f'"{_short(cell)}" pieces: write a number from 1 to {MOST_PIECES:,} in digits')
        return number
    raise BadCell(f'"{_short(cell)}" is not a whole number of pieces; {_advice(cell)}')


def _advice(cell: str) -> str:
    if match := _WITH_UNIT.fullmatch(cell):
        return f"write {int(match[1]) * DOZENS.get(match[2].casefold(), 1)}"
    if _SEPARATED.fullmatch(cell):
        return f"write {re.sub(r'[^0-9]', '', cell)} without separators"
    return "write digits only, such as 12"


def price(text: str) -> str | None:
    """A plain decimal as text, None for an empty cell, or BadCell (a currency sign, a separator, a formula).

    >>> price("1.25"), price(" ")
    ('1.25', None)
    """
    cell = text.strip()
    if not cell:
        return None
    if re.fullmatch(r"\d{1,12}(\.\d{1,6})?", cell):
        return cell
    if match := _SIGNED.fullmatch(cell):
        plain = (match[1] or match[2]).replace(",", "")
        raise BadCell(f'"{_short(cell)}" has a currency sign; write {plain} and the code in the column currency')
    raise BadCell(f'"{_short(cell)}" is not a price; write digits and a point, such as 1.25')


def _short(cell: str) -> str:
    return cell if len(cell) <= 40 else cell[:39] + "…"


def currency(text: str) -> str:
    """An ISO 4217 code in capitals, empty for an empty cell, or BadCell.

    >>> currency(" usd "), currency("")
    ('USD', '')
    """
    cell = text.strip().upper()
    if cell and not re.fullmatch(r"[A-Z]{3}", cell):
        raise BadCell(f'"{_short(text.strip())}" is not a currency code; write three letters, such as USD')
    return cell
