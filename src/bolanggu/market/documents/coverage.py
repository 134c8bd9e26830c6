"""Coverage of the fonts (字库覆盖): which characters the papers' fonts can print, read from their ``cmap`` tables.

A character that no font has would be an empty box on paper. It is printed as its Unicode number instead, and the paper
says so; workbooks and XML keep the character itself.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from bolanggu.market.documents.typesetting import font_folders

#: Characters that set or join others and have no glyph of their own: format and control characters.
_UNPRINTED = {"Cf", "Cc", "Zs", "Zl", "Zp", "Mn"}


@cache
def covered() -> frozenset[int]:
    """Code points that at least one of the fonts has a glyph for."""
    found: set[int] = set()
    for folder in font_folders():
        file = min(folder.glob("*.[to]t[fc]"), key=lambda font: ("Italic" in font.name, font.name))
        found.update(_code_points(file))
    return frozenset(found)


def missing(text: str) -> list[str]:
    """Characters of a text that no font can print, in order, each once.

    >>> missing("义乌 Yiwu ييوو")
    []
    >>> [f"{ord(character):X}" for character in missing("a" + chr(0xF1234) + "b")]
    ['F1234']
    """
    if text.isascii():
        return []
    return list(dict.fromkeys(c for c in text if ord(c) not in covered() and unicodedata.category(c) not in _UNPRINTED))


def printable(data: Any) -> tuple[Any, list[str]]:
    """Data whose texts can all be printed, and the characters that were written as their number."""
    lost: dict[str, None] = {}

    def walk(value: Any) -> Any:
        if isinstance(value, str):
            absent = missing(value)
            lost.update(dict.fromkeys(absent))
            return re.sub("|".join(map(re.escape, absent)), _numbered, value) if absent else value
        if isinstance(value, dict):
            return {name: walk(part) for name, part in value.items()}
        if isinstance(value, list | tuple):
            return [walk(part) for part in value]
        return value

    return walk(data), list(lost)


def _numbered(found: re.Match[str]) -> str:
    return f"[U+{ord(found[0]):04X}]"


def _code_points(file: Path) -> Iterator[int]:
    content = file.read_bytes()
    face = struct.unpack_from(">I", content, 12)[0] if content[:4] == b"ttcf" else 0
    count = struct.unpack_from(">H", content, face + 4)[0]
    for table in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", content, face + 12 + 16 * table)
        if tag == b"cmap":
            yield from _cmap(content, offset)


def _cmap(content: bytes, start: int) -> Iterator[int]:
    """Code points of the subtables of formats 4 and 12 (OpenType, `cmap`)."""
    for table in range(struct.unpack_from(">H", content, start + 2)[0]):
        offset = start + struct.unpack_from(">I", content, start + 8 + 8 * table)[0]
        form = struct.unpack_from(">H", content, offset)[0]
        if form == 12:
            groups = struct.unpack_from(">I", content, offset + 12)[0]
            for group in range(groups):
                first, last, _ = struct.unpack_from(">III", content, offset + 16 + 12 * group)
                yield from range(first, last + 1)
        elif form == 4:
            segments = struct.unpack_from(">H", content, offset + 6)[0] // 2
            ends = struct.unpack_from(f">{segments}H", content, offset + 14)
            starts = struct.unpack_from(f">{segments}H", content, offset + 16 + 2 * segments)
            for first, last in zip(starts, ends, strict=True):
                yield from (point for point in range(first, last + 1) if point != 0xFFFF)
