"""Readings (读法): a line may hold an order quantity, a price or a remark beside the name of the good."""

from __future__ import annotations

import re

_COUNT = (
    r"(?:pcs?|pieces?|pce|units?|sets?|prs?|pairs?|dz|doz(?:en)?|ctns?|cartons?|packs?|pks?|boxes|ea|each|"
    r"个|件|只|套|打|箱|шт\.?|uds?\.?|pzas?\.?|قطعة)"
)
_ASIDES = (
    re.compile(r"^\s*(?:[*•\-–—·]+|no\.?(?=\s|[a-z])|item\b:?|art\.?\s|\d+[.)]\s)\s*", re.IGNORECASE),
    re.compile(r"@\s*[£$€¥]?\s*\d+(?:[.,]\d+)?", re.IGNORECASE),
    re.compile(rf"^\s*\d+\s*{_COUNT}(?!\w)\s*(?:of\b|x\b|×)?", re.IGNORECASE),
    re.compile(rf"[-–—,;(]?\s*(?<![\w.])\d+\s*{_COUNT}\)?\s*$", re.IGNORECASE),
    re.compile(r"(?:\s[x×*]\s*\d+|\s\d+\s*[x×*])\s*$", re.IGNORECASE),
    re.compile(r"\(\s*(?:assorted|asst|mixed|mix|random|any)[^)]*\)", re.IGNORECASE),
    re.compile(r"(?<=[^\W\d]|[)\]])\s+\d{2,4}\s*$"),
)


def readings(line: str) -> list[str]:
    """The line as it stands and, when it is another text, without quantity, price and remarks.

    >>> readings("24 pcs lunch box")
    ['24 pcs lunch box', 'lunch box']
    >>> readings("* asst col lizard (assorted) 48")
    ['* asst col lizard (assorted) 48', 'asst col lizard']
    >>> readings("set of 6 glasses")
    ['set of 6 glasses']
    """
    bare = line
    for _ in range(2):
        for aside in _ASIDES:
            cut = aside.sub(" ", bare).strip()
            bare = cut if any(c.isalpha() for c in cut) else bare
    bare = " ".join(bare.split())
    return [line] if bare == " ".join(line.split()) else [line, bare]
