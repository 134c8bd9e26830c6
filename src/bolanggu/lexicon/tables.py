"""Reading the word tables: tab-separated text with a header line, no quoting."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent


class BrokenTable(ValueError):
    """A line of a word table does not have the header's columns."""

    code = "broken_table"


def rows(path: Path) -> Iterator[list[str]]:
    """Yield the cells of each line after the header.

    Raises
    ------
    BrokenTable
        A line has more or fewer cells than the header; names the file and the line.
    """
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    width = header.count("\t") + 1
    for number, line in enumerate(lines, 2):
        cells = line.split("\t")
        if len(cells) != width:
            raise BrokenTable(f"{path.name} line {number} has {len(cells)} cells; the header has {width}")
        yield cells


def several(cell: str) -> tuple[str, ...]:
    """Split a cell that holds several wordings, separated by semicolons.

    >>> several("发卡;边夹"), several("")
    (('发卡', '边夹'), ())
    """
    return tuple(cell.split(";")) if cell else ()
