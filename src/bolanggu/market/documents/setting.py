"""Setting a sheet (单证排印): the data its template prints, in one language, with the line that tells of its seal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bolanggu.market.documents.coverage import printable
from bolanggu.market.documents.sheet import Column, Language, Sheet, Table, Words, printed
from bolanggu.market.documents.types import TYPES
from bolanggu.market.documents.typesetting import pdf

_NUMBERS = {"count", "kg", "m3", "money", "price"}
LABELS = {
    "no": Words("No.", "编号"),
    "version": Words("Version", "版本"),
    "date": Words("Date", "日期"),
    "trade": Words("Trade", "交易号"),
    "page": Words("Page", "页"),
    "signed": Words("Date and signature", "日期及签章"),
}


@dataclass(frozen=True, slots=True)
class Issue:
    """What a version of a paper is issued under: version, issuer's name and key, place in the journal, time."""

    version: int
    issuer: str
    key: str
    sequence: int
    head: str
    at: datetime

    def line(self, language: Language) -> str:
        """The line at the foot of each page."""
        key, head = self.key[:16], self.head[:16]
        words = Words(
            f"Sealed by {self.issuer}, key {key}…, journal {self.sequence} {head}… · bolanggu verify FILE",
            f"电子签章：{self.issuer}，公钥 {key}…，流水 {self.sequence} {head}… · 验签：bolanggu verify 文件",
        )
        return words.of(language)


def set_sheet(sheet: Sheet, language: Language, issue: Issue) -> bytes:
    """A sheet as PDF in one language."""
    data, lost = printable(data_of(sheet, language, issue))
    if lost:
        numbers = ", ".join(f"U+{ord(character):04X}" for character in lost)
        told = Words(f"Not in the printer's fonts, written as numbers: {numbers}", f"字库缺字，以编码表示：{numbers}")
        data["notes"] = [*data["notes"], told.of(language)]
    return pdf(sheet.form, data, at=issue.at)


def data_of(sheet: Sheet, language: Language, issue: Issue) -> dict[str, Any]:
    """What the template of a sheet reads."""
    return {
        "language": language,
        "labels": {name: words.of(language) for name, words in LABELS.items()},
        "title": sheet.title.of(language),
        "other_title": sheet.title.of("en" if language == "zh" else "zh"),
        "code": TYPES[sheet.kind].code,
        "number": sheet.number,
        "version": issue.version,
        "day": sheet.day,
        "trade": sheet.reference,
        "landscape": sheet.landscape,
        "blocks": [
            {"title": block.title.of(language), "lines": [line.of(language) for line in block.lines]}
            for block in sheet.blocks
        ],
        "fields": [
            {
                "label": field.label.of(language),
                "value": printed(field.value, field.kind, field.currency, language),
                "wide": field.wide,
            }
            for field in sheet.fields
        ],
        "tables": [_table(table, language) for table in sheet.tables],
        "notes": [note.of(language) for note in sheet.notes],
        "signatures": [words.of(language) for words in sheet.signatures],
        "seal": issue.line(language),
        "extra": dict(sheet.extra),
    }


def _table(table: Table, language: Language) -> Mapping[str, Any]:
    columns = table.columns
    return {
        "title": table.title.of(language) if table.title else "",
        "heads": [column.heading.of(language) for column in columns],
        "right": [column.kind in _NUMBERS for column in columns],
        "widths": [column.width for column in columns],
        "rows": [_cells(columns, row, language) for row in table.rows],
        "total": _cells(columns, table.total, language) if table.total else [],
    }


def _cells(columns: tuple[Column, ...], row: tuple[Any, ...], language: Language) -> list[str]:
    return [printed(cell, column.kind, column.currency, language) for column, cell in zip(columns, row, strict=True)]
