"""Encoding (编码): bytes of a table file to text; UTF-8, UTF-16, GB18030 or Windows-1252, told apart by the bytes."""

from __future__ import annotations

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_PAIRS = re.compile(rb"(?:[\x81-\xfe][\x40-\x7e\x80-\xfe])+")


def encoding_of(raw: bytes) -> str:
    """The encoding that the bytes speak for.

    Chinese in GB18030 stands in runs of byte pairs whose both halves are mostly high; accented Latin letters of
    Windows-1252 stand alone between ASCII letters.

    >>> encoding_of("发夹,12".encode("gb18030")), encoding_of("crème brûlée,3".encode("cp1252"))
    ('gb18030', 'cp1252')
    """
    for mark, name in _BOMS:
        if raw.startswith(mark):
            return name
    if _decodes(raw, "utf-8") and not _chinese_by_chance(raw):
        return "utf-8"
    high = sum(byte >= 0x80 for byte in raw)
    paired = sum(len(run.group()) for run in _PAIRS.finditer(raw) if _mostly_high(run.group()))
    if paired >= 0.8 * high and _decodes(raw, "gb18030"):
        return "gb18030"
    return "cp1252"


def _chinese_by_chance(raw: bytes) -> bool:
    """Some Chinese words in GB18030 are well-formed UTF-8 of phonetic letters (U+0180 to U+036F) that no list holds."""
    letters = {ord(c) for c in raw.decode("utf-8") if ord(c) >= 0x80}
    return bool(letters) and min(letters) >= 0x180 and max(letters) <= 0x36F and _decodes(raw, "gb18030")


def _mostly_high(run: bytes) -> bool:
    return len(run) >= 4 and sum(byte >= 0x80 for byte in run) >= 0.8 * len(run)


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def text_of(raw: bytes) -> str:
    """Decode; a byte that Windows-1252 does not know becomes U+FFFD and is seen in the line's text."""
    encoding = encoding_of(raw)
    return raw.decode(encoding, errors="replace" if encoding == "cp1252" else "strict")
