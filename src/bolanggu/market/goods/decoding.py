"""Decoding (解码): the encoding of a catalogue file of any size, from one pass over its bytes. No database."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bolanggu.values.encoding import encoding_of
from bolanggu.values.fault import Fault

_CHUNK = 1 << 20
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What one pass over a file tells: SHA-256 in hex, encoding, bytes."""

    sha256: str
    encoding: str
    size: int


def facts_of_file(path: Path) -> FileFacts:
    """Hash a file and tell its encoding: UTF-8, UTF-16 with a mark, GB18030, or Windows-1252.

    Raises
    ------
    Fault
        The file cannot be read or is empty.
    """
    digest = hashlib.sha256()
    utf8: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
    head, size, sample = b"", 0, bytearray()
    for chunk in _chunks(path):
        head = head or chunk[:4]
        size += len(chunk)
        digest.update(chunk)
        if utf8 is not None:
            try:
                utf8.decode(chunk)
            except UnicodeDecodeError:
                utf8 = None
        if len(sample) < _CHUNK:
            sample += _around_high_bytes(chunk)
    if not size:
        raise Fault(str(path), "is empty; the first line must name the columns, such as code,title_en,price,currency")
    named = next((name for mark, name in _BOMS if head.startswith(mark)), "")
    return FileFacts(digest.hexdigest(), named or ("utf-8" if utf8 is not None else encoding_of(bytes(sample))), size)


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except OSError as error:
        raise Fault(str(path), f"cannot be read: {error.strerror}") from None


def _around_high_bytes(chunk: bytes) -> bytes:
    """The lines of a chunk that hold more than ASCII."""
    return b"\n".join(line for line in chunk.split(b"\n") if not line.isascii())
