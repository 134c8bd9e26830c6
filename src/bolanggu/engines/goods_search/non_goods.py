"""Non-goods (非商品): postage, fees, discounts, vouchers and remarks that stand on lists and must never be ordered."""

from __future__ import annotations

from functools import cache

from bolanggu.data import read_yaml
from bolanggu.engines.goods_search.folding import tokens

_FILE = "goods/non_goods.yaml"
_LONGEST = 3  # words of a core term


def _words(text: str) -> list[str]:
    return [token[2:] if token.startswith("ال") and len(token) > 4 else token for token in tokens(text)]


@cache
def _cores() -> dict[tuple[str, ...], str]:
    return {tuple(_words(term)): kind for kind, terms in read_yaml(_FILE)["core"].items() for term in terms}


@cache
def _fillers() -> frozenset[str]:
    return frozenset(_words(read_yaml(_FILE)["filler"]))


def non_goods(line: str) -> str:
    """Why a line is not goods; empty when it may be goods.

    >>> non_goods("DOTCOM POSTAGE")
    'postage, carriage or freight, not goods'
    >>> non_goods("gift voucher £20.00")
    'a voucher or gift card, not goods'
    >>> non_goods("set of 6 post cards")
    ''
    """
    words = [token for token in _words(line) if not token[0].isdigit()]
    if not words:
        return "" if any(c.isalnum() for c in line) else "the line names nothing"
    kind = ""
    at = 0
    while at < len(words):
        length, found = _core_at(words, at)
        if not length and words[at] not in _fillers():
            return ""
        kind = kind or found
        at += length or 1
    return str(read_yaml(_FILE)["reasons"][kind]) if kind else ""


def _core_at(words: list[str], at: int) -> tuple[int, str]:
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        kind = _cores().get(tuple(words[at : at + length]))
        if kind:
            return length, kind
    return 0, ""
