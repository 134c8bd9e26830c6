"""Where a seal stands in a file (签章载体): each kind of file has a place that its readers pass over.

A carrier has ``embed(content, text)`` and ``extract(sealed)``; the file that `embed` makes from what `extract` gives
is the sealed file itself, byte for byte, so that no byte lies outside the digest and the seal.
"""

from __future__ import annotations

from types import ModuleType

from bolanggu.platform.seals.carriers import json_file, markup, pdf, workbook

#: first bytes of a file → its carrier
_BEGINNINGS: tuple[tuple[bytes, ModuleType], ...] = (
    (b"%PDF-", pdf),
    (b"PK\x03\x04", workbook),
    (b"<", markup),
    (b"{", json_file),
)


class UnknownFile(ValueError):
    """A file of a kind that carries no seal here."""

    code = "unknown_file"


def carrier_of(content: bytes) -> ModuleType:
    """The carrier for a file, by its first bytes.

    Raises
    ------
    UnknownFile
        The file is none of PDF, XLSX, XML, HTML, JSON.
    """
    for beginning, carrier in _BEGINNINGS:
        if content.startswith(beginning):
            return carrier
    raise UnknownFile("is not a PDF, XLSX, XML, HTML or JSON file; papers are one of these")
