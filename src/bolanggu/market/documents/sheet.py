"""A sheet (单证页): what a paper says, in both languages, before it is set as PDF or written as a workbook.

Cells are whole numbers (pieces, g, litres, minor units) or words; the column's kind says how they are printed, so that
every form of a paper prints the same figures and totals can be added up.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from bolanggu.values.money import Money

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
Kind = Literal["text", "code", "count", "kg", "m3", "money", "price"]
#: Raised when the way papers are set changes what they look like: then the same facts are a new version.
FORM = 1


@dataclass(frozen=True, slots=True)
class Words:
    """A text in English and Chinese."""

    en: str
    zh: str

    def of(self, language: Language) -> str:
        """The text in one language; the other where it is missing."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)


Cell = str | int | Words | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what its cells are, its relative width (0: as wide as its cells), its currency."""

    heading: Words
    kind: Kind = "text"
    width: float = 0
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings. ``total`` is printed below; a cell of it is None where the column has no total."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    title: Words | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled value; a wide one has a row of its own."""

    label: Words
    value: Cell
    kind: Kind = "text"
    currency: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A framed part with lines of text, such as a party."""

    title: Words
    lines: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures on which all papers of a trade must agree; None or empty where a paper does not state one."""

    containers: tuple[tuple[str, str], ...] = ()
    packages: int | None = None
    pieces: int | None = None
    net_g: int | None = None
    gross_g: int | None = None
    value_cents: int | None = None
    amounts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper. ``form`` names the template; ``extra`` is what a special form prints beside the common parts."""

    number: str
    kind: str
    title: Words
    day: str
    blocks: tuple[Block, ...] = ()
    fields: tuple[Field, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[Words, ...] = ()
    signatures: tuple[Words, ...] = ()
    figures: Figures = Figures()
    form: str = "sheet"
    landscape: bool = False
    reference: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    def digest(self) -> str:
        """SHA-256 of everything the paper says; the same facts give the same digest."""
        text = json.dumps([FORM, asdict(self)], ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def kilograms(grams: int) -> str:
    """Mass to the gram, in kg.

    >>> kilograms(5_482_885)
    '5,482.885'
    """
    return f"{grams // 1000:,}.{grams % 1000:03d}"


def cubic(litres: int) -> str:
    """Volume to the litre, in m³.

    >>> cubic(26_015)
    '26.015'
    """
    return f"{litres // 1000:,}.{litres % 1000:03d}"


def money(minor: int, currency: str) -> str:
    """An amount with the currency's own digits and separators.

    >>> money(2_039_658, "USD"), money(-5, "JPY")
    ('20,396.58', '-5')
    """
    return f"{Money(currency, minor).decimal():,f}"


def printed(cell: Cell, kind: Kind, currency: str, language: Language) -> str:
    """A cell as it is printed; a price is in ten-thousandths of the currency's unit, as customs has it.

    >>> printed(20_491, "price", "USD", "en")
    '2.0491'
    """
    if isinstance(cell, Words):
        return cell.of(language)
    if not isinstance(cell, int):
        return cell or ""
    return _number(cell, kind, currency)


def _number(cell: int, kind: Kind, currency: str) -> str:
    if kind == "money":
        return money(cell, currency)
    if kind == "price":
        return f"{cell // 10_000:,}.{cell % 10_000:04d}"
    return {"kg": kilograms, "m3": cubic}.get(kind, "{:,}".format)(cell)


def totals(columns: Sequence[Column], rows: Sequence[tuple[Cell, ...]], label: Words) -> tuple[Cell, ...]:
    """The total row: columns of numbers are added up, except codes and prices; the first cell says what it is."""
    made: list[Cell] = [label]
    for index, column in list(enumerate(columns))[1:]:
        cells = [row[index] for row in rows]
        numbers = [cell for cell in cells if isinstance(cell, int)]
        adds_up = column.kind in {"count", "kg", "m3", "money"} and len(numbers) == len(cells)
        made.append(sum(numbers) if adds_up else None)
    return tuple(made)
