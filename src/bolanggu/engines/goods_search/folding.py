"""Folding (归一化): one spelling for every way of typing a text, the same for the index and for a query.

NFKC, lower case, traditional to simplified Chinese, Latin accents off, Arabic marks and letter variants
unified, ё to е, decimals and measures as one token (``2.5 m`` and ``2.5m``; ``40 x 60 cm`` and ``40*60cm``),
counts apart from their word (``12pcs`` is ``12 pcs``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

_LATIN_EXTRA = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
_ARABIC = {
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ئ": "ي",
    "ة": "ه",
    "ؤ": "و",
    "ک": "ك",
    "ـ": None,
}
_ARABIC_MARKS = [*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670]
_DIGIT = re.compile(r"\d")
_HAN = re.compile("[㐀-鿿]")
_APOSTROPHES = re.compile(r"(?<=\w)['’`´](?=\w)")
_INITIALS = re.compile(r"\b(?:[a-z]\.){2,}")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
_TIMES = re.compile(r"(?<=\d)\s*[x*×х]\s*(?=\d)")
_MEASURE = re.compile(
    r"(?<![\w.])(\d+(?:\.\d+)?(?:x\d+(?:\.\d+)?)*)\s*"
    r"(millimetres?|millimeters?|mm|centimetres?|centimeters?|cms?|metres?|meters?|mtrs?|inch(?:es)?|millilitres?|mls?|"
    r"litres?|liters?|ltrs?|grams?|grammes?|kgs?|kilos?|watts?|volts?|мм|см|厘米|毫米|毫升|公分|英寸|米|克|升)(?![a-zа-я])"
)
_CLOSE_MEASURE = re.compile(
    r"(?<![\w.])(?:(\d+(?:\.\d+)?(?:x\d+(?:\.\d+)?)*)|(\d+(?:\.\d+|x[\dx.]+))\s*)(m|in|l|g|w|v|ft|oz|mah|gb|mb|tb)(?![a-z])"
)
_UNIT = {
    **dict.fromkeys(("millimetre", "millimeter", "мм", "毫米"), "mm"),
    **dict.fromkeys(("centimetre", "centimeter", "cms", "см", "厘米", "公分"), "cm"),
    **dict.fromkeys(("metre", "meter", "mtr", "米"), "m"),
    **dict.fromkeys(("inch", "inches", "英寸"), "in"),
    **dict.fromkeys(("millilitre", "ml", "mls", "毫升"), "ml"),
    **dict.fromkeys(("litre", "liter", "ltr", "升"), "l"),
    **dict.fromkeys(("gram", "gramme", "克"), "g"),
    **dict.fromkeys(("kg", "kgs", "kilo"), "kg"),
    **dict.fromkeys(("watt",), "w"),
    **dict.fromkeys(("volt",), "v"),
}
_TIMES_COUNT = re.compile(r"(?<!\w)x(\d+)(?!\w)")
_COUNT_GLUED = re.compile(
    r"(?<![\w.])(\d+)(pcs?|pieces?|pks?|packs?|sets?|prs?|pairs?|dz|doz(?:en)?|ass(?:td?)?)(?![a-z])"
)
_TOKEN = re.compile(r"\d+(?:\.\d+)?(?:x\d+(?:\.\d+)?)*[a-z]*|[㐀-䶿一-鿿]+|[a-z]+\d*[a-z0-9]*|[^\W\d_㐀-䶿一-鿿]+")


@cache
def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {ord(k): v for k, v in (_LATIN_EXTRA | _ARABIC).items()}
    table |= dict.fromkeys(_ARABIC_MARKS)
    table[ord("ё")] = "е"
    for start, end in ((0x00C0, 0x0250), (0x1E00, 0x1F00)):
        for point in range(start, end):
            plain = "".join(c for c in unicodedata.normalize("NFKD", chr(point)) if not unicodedata.combining(c))
            if plain != chr(point):
                table.setdefault(point, plain.lower())
    return table


@cache
def _simplified() -> dict[int, str]:
    """Traditional character → simplified, from the character table of OpenCC (Apache-2.0)."""
    from importlib.util import find_spec

    spec = find_spec("opencc")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("opencc-python-reimplemented is not installed; traditional Chinese cannot be folded")
    lines = (Path(spec.origin).parent / "dictionary" / "TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if "\t" in line)
    return {ord(old): new.split()[0] for old, new in pairs if len(old) == 1 and new.split()[0] != old}


def has_han(text: str) -> bool:
    """True if any character is Chinese."""
    return _HAN.search(text) is not None


def _measure(match: re.Match[str]) -> str:
    unit = match[2].rstrip("s") if match[2] not in _UNIT else match[2]
    return f"{match[1]}{_UNIT.get(unit, unit)} "


def _numbers(text: str) -> str:
    if "," in text:
        text = _DECIMAL_COMMA.sub(".", _THOUSANDS.sub("", text))
    text = _TIMES.sub("x", text)
    text = _CLOSE_MEASURE.sub(r"\1\2\3 ", _MEASURE.sub(_measure, text))
    return _TIMES_COUNT.sub(r"\1", _COUNT_GLUED.sub(r"\1 \2", text))


def fold(text: str) -> str:
    """The text in the one spelling that index and query share.

    >>> fold("2,5 Metre  Café-Tasse, 40 × 60 CM")
    '2.5m cafe-tasse, 40x60cm'
    >>> fold("兒童雨傘 Ёлка")
    '儿童雨伞 елка'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).lower().translate(_table())
        if has_han(text):
            text = text.translate(_simplified())
    else:
        text = text.lower()
    text = _APOSTROPHES.sub("", text)
    if "." in text:
        text = _INITIALS.sub(lambda m: m[0].replace(".", ""), text)
    return " ".join((_numbers(text) if _DIGIT.search(text) else text).split())


def tokens(text: str) -> list[str]:
    """Words, numbers, measures and runs of Chinese of a text, folded, in their order.

    >>> tokens("SET/12 T-LIGHTS 70's, 2.5 m")
    ['set', '12', 't', 'lights', '70s', '2.5m']
    >>> tokens("透明雨伞 BY-4449 12pcs")
    ['透明雨伞', 'by', '4449', '12', 'pcs']
    """
    return _TOKEN.findall(fold(text))
