"""Table (表): one CSV file read whole; every complaint names file, line and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Hashable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from bolanggu.values.fault import Fault

T = TypeVar("T")


class Table:
    """The rows of one CSV file, by column name. ``line`` in faults counts the header as line 1."""

    def __init__(self, file: Path, required: Sequence[str]) -> None:
        self.file = file.name
        self._text = _decode(file)
        self._rows, self._columns = self._parse(required)

    def __len__(self) -> int:
        return self._rows

    def has(self, name: str) -> bool:
        """True if the file has this column."""
        return name in self._columns

    def column(self, name: str) -> tuple[str, ...]:
        """The cells of one column, in file order."""
        return self._columns[name]

    def read(self, name: str, parse: Callable[[str], T]) -> list[T]:
        """Convert one column; each different text is parsed once.

        Raises
        ------
        Fault
            The first cell that ``parse`` refuses with a ValueError.
        """
        cells = self.column(name)
        different = set(cells)
        try:
            values = dict(zip(different, map(parse, different), strict=True))
        except ValueError:
            raise self._first_fault(name, parse) from None
        return list(map(values.__getitem__, cells))

    def look_up(self, name: str, known: dict[str, int], what: str) -> list[int]:
        """The index of each cell in ``known``; a Fault names the first cell that is not there."""

        def index(cell: str) -> int:
            if cell not in known:
                raise ValueError(f'"{cell}" is not a known {what}')
            return known[cell]

        return self.read(name, index)

    def unique(self, name: str) -> tuple[str, ...]:
        """A column whose cells must be there and differ."""
        cells = self.column(name)
        for row in repeated(cells):
            raise self.fault(row, name, f'"{cells[row]}" is there twice; each {name} is unique')
        for row, cell in enumerate(cells):
            if not cell.strip():
                raise self.fault(row, name, "is empty")
        return cells

    def fault(self, row: int, column: str, message: str) -> Fault:
        """A Fault for the row with this index (0 is the first row after the header)."""
        return Fault(self.file, message, row=self._line(row), column=column)

    def _first_fault(self, name: str, parse: Callable[[str], object]) -> Fault:
        for row, cell in enumerate(self.column(name)):
            try:
                parse(cell)
            except ValueError as why:
                return self.fault(row, name, str(why))
        raise AssertionError(name)

    def _parse(self, required: Sequence[str]) -> tuple[int, dict[str, tuple[str, ...]]]:
        reader = csv.reader(io.StringIO(self._text, newline=""), strict=True)
        try:
            header = [name.strip() for name in next(reader, [])]
            rows = [row for row in reader if row]
        except csv.Error as why:
            raise Fault(self.file, f"is not readable as CSV: {why}", row=reader.line_num) from None
        for name in required:
            if header.count(name) != 1:
                count = "is missing" if name not in header else "is there more than once"
                raise Fault(self.file, f"the column {count}; needed are {', '.join(required)}", row=1, column=name)
        width = len(header)
        if {width}.issuperset(map(len, rows)):
            cells = zip(*rows, strict=True) if rows else [()] * width
            return len(rows), dict(zip(reversed(header), reversed(list(cells)), strict=True))
        index, row = next((index, row) for index, row in enumerate(rows) if len(row) != width)
        raise self.fault(index, header[min(len(row), width - 1)], f"the row has {len(row)} cells, the header {width}")

    def _line(self, row: int) -> int:
        reader = csv.reader(io.StringIO(self._text, newline=""))
        next(reader)
        count, start = -1, reader.line_num
        for cells in reader:
            first, start = start + 1, reader.line_num
            count += bool(cells)
            if count == row:
                return first
        raise IndexError(row)


def repeated(cells: Iterable[Hashable]) -> Iterable[int]:
    """Indices of cells that stood there before.

    >>> list(repeated("abab"))
    [2, 3]
    """
    seen: set[Hashable] = set()
    for index, cell in enumerate(cells):
        if cell in seen:
            yield index
        seen.add(cell)


def _decode(file: Path) -> str:
    try:
        data = file.read_bytes()
    except OSError as why:
        raise Fault(file.name, f"the file cannot be read ({why.strerror}); a network has {file.name}") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        line = data.count(b"\n", 0, why.start) + 1
        raise Fault(file.name, "is not UTF-8 text", row=line) from None
