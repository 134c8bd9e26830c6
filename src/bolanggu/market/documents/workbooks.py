"""Workbooks (电子表格单证): a sheet as XLSX, one worksheet a language, with numbers as numbers."""

from __future__ import annotations

import io
from typing import Any

from bolanggu.market.documents.setting import LABELS, Issue
from bolanggu.market.documents.sheet import LANGUAGES, Cell, Column, Language, Sheet, Table, Words
from bolanggu.values.money import exponent

_NAMES = {"zh": "中文", "en": "English"}
_SCALES = {"kg": (1000, "#,##0.000"), "m3": (1000, "#,##0.000"), "price": (10_000, "#,##0.0000"), "count": (1, "#,##0")}
_WIDEST = 60


def workbook(sheet: Sheet, issue: Issue) -> bytes:
    """A sheet as a workbook; the same sheet and issue give the same bytes."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {
            "title": f"{sheet.title.en} {sheet.number}",
            "created": issue.at.replace(tzinfo=None),
            "author": sheet.reference,
        }
    )
    for language in LANGUAGES:
        _Page(book, sheet, language, issue).write()
    book.close()
    return stream.getvalue()


class _Page:
    """One worksheet, written from top to bottom."""

    def __init__(self, book: Any, sheet: Sheet, language: Language, issue: Issue) -> None:
        self.book, self.sheet, self.language, self.issue = book, sheet, language, issue
        self.page = book.add_worksheet(_NAMES[language])
        self.row = 0
        self.formats: dict[tuple[str, bool], Any] = {}
        self.widths: dict[int, int] = {}

    def write(self) -> None:
        """Write head, parties, fields, tables and notes."""
        sheet = self.sheet
        title = self.book.add_format({"bold": True, "font_size": 15})
        self.page.write_string(0, 0, sheet.title.of(self.language), title)
        self.row = 1
        self._pairs([("no", sheet.number), ("version", str(self.issue.version)), ("date", sheet.day)])
        for block in sheet.blocks:
            self._line(block.title, " · ".join(line.of(self.language) for line in block.lines))
        for field in sheet.fields:
            self._field(field.label, field.value, field.kind, field.currency)
        for table in sheet.tables:
            self._table(table)
        for note in sheet.notes:
            self.page.write_string(self.row, 0, note.of(self.language))
            self.row += 1
        self._finish()

    def _pairs(self, pairs: list[tuple[str, str]]) -> None:
        for name, value in pairs:
            self._line(LABELS[name], value)

    def _line(self, label: Words, value: str) -> None:
        self.page.write_string(self.row, 0, label.of(self.language), self._format("label", strong=False))
        self.page.write_string(self.row, 1, value)
        self.row += 1

    def _field(self, label: Words, value: Cell, kind: str, currency: str) -> None:
        self.page.write_string(self.row, 0, label.of(self.language), self._format("label", strong=False))
        self._cell(self.row, 1, value, Column(label, kind, currency=currency), strong=False)  # type: ignore[arg-type]
        self.row += 1

    def _table(self, table: Table) -> None:
        self.row += 1
        if table.title:
            self.page.write_string(self.row, 0, table.title.of(self.language), self._format("text", strong=True))
            self.row += 1
        for index, column in enumerate(table.columns):
            heading = column.heading.of(self.language)
            self.page.write_string(self.row, index, heading, self._format("head", strong=True))
            self._wide(index, heading)
        for row in table.rows:
            self.row += 1
            for index, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
                self._cell(self.row, index, cell, column, strong=False)
        if table.total:
            self.row += 1
            for index, (column, cell) in enumerate(zip(table.columns, table.total, strict=True)):
                self._cell(self.row, index, cell, column, strong=True)
        self.row += 2

    def _cell(self, row: int, index: int, cell: Cell, column: Column, *, strong: bool) -> None:
        if cell is None:
            return
        if isinstance(cell, int):
            scale, _ = _scale(column.kind, column.currency)
            form = self._format(f"{column.kind}:{column.currency}", strong=strong)
            self.page.write_number(row, index, cell / scale, form)
            return
        text = cell.of(self.language) if isinstance(cell, Words) else cell
        self.page.write_string(row, index, text, self._format("text", strong=strong))
        self._wide(index, text)

    def _wide(self, index: int, text: str) -> None:
        width = sum(2 if ord(character) > 0x2E80 else 1 for character in text) + 2
        self.widths[index] = min(_WIDEST, max(self.widths.get(index, 11), width))

    def _format(self, kind: str, *, strong: bool) -> Any:
        if (kind, strong) not in self.formats:
            look: dict[str, Any] = {"bold": strong}
            if kind == "head":
                look |= {"bg_color": "#EEF1F4", "bottom": 1, "text_wrap": True}
            elif kind == "label":
                look |= {"font_color": "#56626F"}
            elif ":" in kind:
                look["num_format"] = _scale(*kind.split(":"))[1]
            self.formats[kind, strong] = self.book.add_format(look)
        return self.formats[kind, strong]

    def _finish(self) -> None:
        for index, width in self.widths.items():
            self.page.set_column(index, index, width)
        self.page.set_paper(9)
        self.page.fit_to_pages(1, 0)
        if self.sheet.landscape:
            self.page.set_landscape()
        self.page.set_footer(f"&L{self.sheet.number} v{self.issue.version}&R&P / &N")


def _scale(kind: str, currency: str) -> tuple[int, str]:
    """What a whole number of a kind is divided by in a workbook, and how it is shown there."""
    if kind == "money":
        digits = exponent(currency)
        return 10**digits, "#,##0" + ("." + "0" * digits if digits else "")
    return _SCALES.get(kind, (1, "0"))
