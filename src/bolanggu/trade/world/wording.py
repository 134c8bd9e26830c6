"""Wording (标题用词) of synthetic goods: the pieces from which a title is put together, worked out once for each item.

A piece carries its Chinese and English text, ready to be joined, and its part of the attributes as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bolanggu.lexicon.items import Item, items
from bolanggu.lexicon.words import Word, words
from bolanggu.trade.world.plan import assumed
from bolanggu.trade.world.sizes import sizes_of

#: Chinese text, English text, attributes as JSON without braces (empty, or starting with a comma)
Piece = tuple[str, str, str]
_NOTHING: Piece = ("", "", "")


@dataclass(frozen=True, slots=True)
class Wording:
    """Pieces of an item's titles. ``heads`` also carry the HS code of their material, and whether it is dear."""

    names: tuple[tuple[str, str], ...]
    heads: tuple[tuple[str, str, str, str, bool], ...]
    sizes: tuple[Piece, ...]
    colours: tuple[Piece, ...]
    uses: tuple[Piece, ...]


@cache
def wording_of(key: str) -> Wording:
    """Work out the pieces of an item."""
    item = items()[key]
    given = assumed("titles")
    of_category, none = given["categories"][item.category], given["none"]
    decorations = [
        _decoration(word, "style") for word in _fitting(item, "styles", given["styles"][of_category["styles"]])
    ]
    decorations += [
        _decoration(word, "pattern") for word in _fitting(item, "patterns", given["patterns"][of_category["patterns"]])
    ]
    decorations += [_NOTHING] * (none["style"] * max(1, len(decorations) // 6))
    colours = (
        [_after(word, "colour", ", ") for word in _named("colours", given["colours"])] if of_category["colours"] else []
    )
    sizes = [_after(word, "size", " ") for word in sizes_of(item)]
    uses = [_use(word) for word in _named("uses", item.uses)]
    return Wording(
        names=_names(item),
        heads=tuple(_heads(item, decorations)),
        sizes=(*sizes, *_blanks(sizes, none["size"])),
        colours=(*colours, *_blanks(colours, none["colour"])),
        uses=(*uses, *([_NOTHING] * none["use"])),
    )


@cache
def sales_words() -> tuple[str, ...]:
    """Praise that stall keepers put before a title, and as often nothing."""
    given = tuple(word.zh for word in words("sales").values() if word.key != "custom_logo")
    blanks = len(given) * int(assumed("titles")["none"]["sales"]) // 2
    return given + ("",) * blanks


def _names(item: Item) -> tuple[tuple[str, str], ...]:
    """Give the usual name three times, and pairs of other wordings."""
    other = max(len(item.zh_also), len(item.en_also))
    chinese, english = item.zh_also or (item.zh,), item.en_also or (item.en,)
    paired = tuple((chinese[i % len(chinese)], english[i % len(english)]) for i in range(other))
    return ((item.zh, item.en),) * 3 + paired


def _heads(item: Item, decorations: list[Piece]) -> Iterator[tuple[str, str, str, str, bool]]:
    dear = assumed("prices")["dear_materials"]
    for key in item.materials:
        material = words("materials")[key]
        said = _says(item, material)
        zh, en = ("", "") if said else (material.zh, material.en + " ")
        stated = f'"material": {json.dumps(key)}'
        for before_zh, before_en, attributes in decorations:
            yield before_zh + zh, before_en + en, stated + attributes, item.hs6_of(key), key in dear


def _fitting(item: Item, noun: str, keys: list[str]) -> list[Word]:
    return [word for word in _named(noun, keys) if not _says(item, word)]


def _named(noun: str, keys: list[str] | tuple[str, ...]) -> list[Word]:
    table = words(noun)
    return [table[key] for key in keys]


def _says(item: Item, word: Word) -> bool:
    """Whether a name of the item already holds the word, so that a title would say it twice."""
    chinese, english = "".join((item.zh, *item.zh_also)), " ".join((item.en, *item.en_also)).casefold()
    stems, telling = _stems(word)
    return any(stem in chinese for stem in stems) or any(part in english for part in telling)


@cache
def _stems(word: Word) -> tuple[frozenset[str], frozenset[str]]:
    """Chinese stems and English words by which a word is recognised in a name."""
    telling = {wording.casefold().split()[0] for wording in (word.en, *word.en_also)}
    telling |= {word.en.casefold().split()[-1]} - {"style", "pattern", "print"}
    return frozenset({word.zh[:2], word.zh, *word.zh_also}), frozenset(telling)


def _decoration(word: Word, attribute: str) -> Piece:
    return word.zh, word.en + " ", f', "{attribute}": {json.dumps(word.key)}'


def _after(word: Word, attribute: str, before: str) -> Piece:
    return f" {word.zh}", before + word.en, f', "{attribute}": {json.dumps(word.key)}'


def _use(word: Word) -> Piece:
    return f" {word.zh}", f" {word.en}", f', "use": {json.dumps(word.key)}'


def _blanks(pieces: list[Piece], share: int) -> list[Piece]:
    return [_NOTHING] * (max(1, len(pieces) // 4) * share)
