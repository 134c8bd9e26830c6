"""The statement of a seal (签章声明): which paper, whose, over which bytes, at which place of the journal."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

FORMAT = "bolanggu-seal/1"
_PREAMBLE = b"bolanggu paper seal\n"
_HEX = re.compile(r"[0-9a-f]+")
#: Characters that could end a comment, a processing instruction or a tag around the seal; always inside strings.
_ESCAPED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "-": "\\u002d"}


class NotASeal(ValueError):
    """The text is not a seal in a form that is known here."""

    code = "not_a_seal"


@dataclass(frozen=True, slots=True)
class Paper:
    """Which paper a seal is for: its number, kind, version, language (``zh``, ``en`` or both) and trade."""

    number: str
    kind: str
    version: int
    language: str
    trade: str


@dataclass(frozen=True, slots=True)
class Journal:
    """The last entry of the journal that the paper rests on: its sequence and hash (hex)."""

    sequence: int
    head: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What an issuer signs. ``sha256`` is that of the file without its seal; ``at`` is the time of the facts."""

    paper: Paper
    issuer: str
    at: str
    journal: Journal
    sha256: str
    key: str
    signature: str = ""

    def message(self) -> bytes:
        """The bytes that are signed: everything but the signature."""
        return _PREAMBLE + replace(self, signature="").text().encode("ascii")

    def text(self) -> str:
        """One line of ASCII JSON that may stand in XML, HTML, PDF or a ZIP comment."""
        document = {"format": FORMAT, **asdict(self)}
        plain = json.dumps(document, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        return "".join(_ESCAPED.get(character, character) for character in plain)


def read(text: str) -> Statement:
    """Read a seal; it must be written exactly as `Statement.text` writes it.

    Raises
    ------
    NotASeal
        The text is not JSON, lacks a field, has one too many, or is written in another way.
    """
    try:
        document = json.loads(text)
        made = _statement(document)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise NotASeal(f"the seal cannot be read as {FORMAT}") from None
    if document.get("format") != FORMAT or made.text() != text:
        raise NotASeal(f"the seal is not written as {FORMAT} writes it")
    return made


def _statement(document: Mapping[str, Any]) -> Statement:
    fields = {name: value for name, value in document.items() if name != "format"}
    made = Statement(**{**fields, "paper": Paper(**fields["paper"]), "journal": Journal(**fields["journal"])})
    texts = (made.issuer, made.at, made.sha256, made.key, made.signature, made.journal.head)
    numbers = (made.paper.version, made.journal.sequence)
    if not all(isinstance(text, str) for text in texts) or not all(type(number) is int for number in numbers):
        raise NotASeal("a field of the seal has the wrong type")
    lengths = ((made.sha256, 64), (made.key, 64), (made.signature, 128))
    if any(len(value) != length or not _HEX.fullmatch(value) for value, length in lengths):
        raise NotASeal("a digest, key or signature of the seal is not hexadecimal of the right length")
    return made
