"""Words beside the items: categories, groups, materials, colours, patterns, styles, uses, audiences, packs, sizes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bolanggu.lexicon.tables import HERE, rows, several

#: the tables, each a file ``<noun>.tsv``; ``sales`` holds words that praise and tell nothing of the goods
NOUNS = (
    "categories",
    "groups",
    "materials",
    "colours",
    "patterns",
    "styles",
    "uses",
    "audiences",
    "packs",
    "sizes",
    "sales",
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the trade in Chinese and English, with other wordings in use.

    ``of`` is the market category of a group, the kind of a size, the HS chapters a material hints at (blank-separated);
    empty for the other nouns.
    """

    key: str
    zh: str
    en: str
    zh_also: tuple[str, ...] = ()
    en_also: tuple[str, ...] = ()
    of: str = ""


@cache
def words(noun: str) -> Mapping[str, Word]:
    """Read one table: key → word, in the table's order.

    >>> words("materials")["stainless"].zh
    '不锈钢'
    >>> words("categories")["hair"].en
    'hair ornaments'
    """
    if noun not in NOUNS:
        raise KeyError(f"no table of {noun!r}; there are {', '.join(NOUNS)}")
    table = rows(HERE / f"{noun}.tsv")
    if noun in {"groups", "sizes"}:
        return {key: Word(key, zh, en, of=of) for key, of, zh, en in table}
    return {
        key: Word(key, zh, en, several(zh_also), several(en_also), " ".join(of))
        for key, zh, en, zh_also, en_also, *of in table
    }
