"""Seal in a PDF: an incremental update (ISO 32000-1, 7.5.6) with one stream that the trailer names."""

from __future__ import annotations

import re

_TRAILER = re.compile(rb"trailer\s*<<(.*)>>\s*startxref\s*(\d+)\s*%%EOF\s*$", re.DOTALL)
_SIZE = re.compile(rb"/Size (\d+)")
_OBJECT = re.compile(rb"\n(\d{1,10}) 0 obj\n<</Type/BolangguSeal/Length (\d{1,6})>>\nstream\n")
#: room before the type for the object's number
_ENOUGH = 24


def embed(content: bytes, text: bytes) -> bytes:
    """Append the seal as an update of the file, which must end in a plain cross-reference table.

    Raises
    ------
    ValueError
        The file ends in a cross-reference stream or is cut off.
    """
    start = content.rfind(b"trailer")
    found = _TRAILER.match(content, start) if start >= 0 else None
    size = _SIZE.search(found[1]) if found else None
    if found is None or size is None:
        raise ValueError("the PDF does not end in a trailer with a cross-reference table")
    number = int(size[1])
    stream = b"%d 0 obj\n<</Type/BolangguSeal/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (number, len(text), text)
    table = len(content) + 1 + len(stream)
    trailer = found[1].replace(size[0], b"/Size %d" % (number + 1), 1)
    update = b"xref\n%d 1\n%010d 00000 n\r\ntrailer\n<<%s/Prev %s/BolangguSeal %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return b"%s\n%s" % (content, stream) + update % (number, len(content) + 1, trailer, found[2], number, table)


def extract(sealed: bytes) -> tuple[bytes, bytes] | None:
    """The file as it was before its seal, and the seal's text; None if there is no seal."""
    found = _OBJECT.search(sealed, max(0, sealed.rfind(b"/Type/BolangguSeal") - _ENOUGH))
    if found is None:
        return None
    return sealed[: found.start()], sealed[found.end() : found.end() + int(found[2])]
