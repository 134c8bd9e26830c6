"""Made-up goods for speed tests, never for quality: items of the lexicon times materials, styles, colours, sizes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

from bolanggu.engines.goods_search.schema import Goods
from bolanggu.lexicon.items import items
from bolanggu.lexicon.words import words

Word = tuple[str, str]
#: So few kinds and attributes that two or three words have many hits, as in a market where thousands sell the same.
KINDS, VARIETY = 250, 20


@cache
def _tables() -> tuple[list[tuple[str, str, int]], dict[str, list[Word]]]:
    categories = {key: number for number, key in enumerate(words("categories"), 1)}
    kinds = [(item.zh, item.en, categories[item.category]) for item in list(items().values())[:: len(items()) // KINDS]]
    nouns = ("styles", "patterns", "materials", "colours", "sizes", "uses", "packs")
    return kinds, {noun: [(word.zh, word.en) for word in list(words(noun).values())[:VARIETY]] for noun in nouns}


def _drawn(draw: random.Random, kinds: list[tuple[str, str, int]]) -> tuple[str, str, int]:
    """A kind; the first ones are the commonest, in the index as in the queries."""
    return kinds[int(len(kinds) * draw.random() ** 1.6)]


def goods(first: int, last: int) -> Iterator[Goods]:
    """Goods with ids ``first`` … ``last``; the same id always gives the same good."""
    kinds, nouns = _tables()
    for pid in range(first, last + 1):
        draw = random.Random(pid * 1039)
        zh, en, category = _drawn(draw, kinds)
        style, pattern, material, colour, size, use, pack = (draw.choice(table) for table in nouns.values())
        model = f"{draw.choice(('YW', 'HK', 'JH', 'MD'))}-{draw.randrange(1000, 99999)}"
        yield Goods(
            pid=pid,
            code=f"B{pid:07d}",
            title_zh=f"{style[0]}{pattern[0]}{material[0]}{zh} {colour[0]} {size[0]} {use[0]} {pack[0]} {model}",
            title_en=f"{style[1]} {pattern[1]} {material[1]} {en} {colour[1]} {size[1]} {use[1]} {pack[1]} {model}",
            category=category,
            district=draw.randrange(1, 6),
            shop=draw.randrange(75_000),
            moq=draw.choice((1, 12, 24, 60, 120, 500)),
            price=int(draw.lognormvariate(1.2, 1.1) * 100) + 5,
            volume=draw.randrange(5_000, 150_000),
            stock=draw.randrange(5_000),
        )


def queries(count: int, length: int, seed: int = 1) -> list[str]:
    """English queries that many goods answer: a material or colour and an item; for three words a style besides."""
    kinds, nouns = _tables()
    draw = random.Random(seed)
    found = []
    for _ in range(count):
        item = _drawn(draw, kinds)[1].split()[-1]
        others = ("materials", "colours", "styles")
        parts = [
            draw.choice(nouns[noun])[1].split()[0] for noun in (others if length > 2 else [draw.choice(others[:2])])
        ]
        found.append(" ".join(parts if length > 2 else (*parts, item)))
    return found


def chinese_queries(count: int, seed: int = 1) -> list[str]:
    """Chinese queries of a material or colour and an item."""
    kinds, nouns = _tables()
    draw = random.Random(seed)
    return [
        f"{draw.choice(nouns[draw.choice(('materials', 'colours'))])[0]} {_drawn(draw, kinds)[0]}" for _ in range(count)
    ]


def broad_queries(count: int, length: int, seed: int = 1) -> list[str]:
    """English queries of attributes only, with hundreds of answers: material, colour and, for three words, style."""
    _, nouns = _tables()
    draw = random.Random(seed)
    asked = ("materials", "colours", "styles")[:length]
    return [" ".join(draw.choice(nouns[noun])[1].split()[0] for noun in asked) for _ in range(count)]


def broad_chinese_queries(count: int, seed: int = 1) -> list[str]:
    """Chinese queries of a material and a colour."""
    _, nouns = _tables()
    draw = random.Random(seed)
    return [f"{draw.choice(nouns['materials'])[0]} {draw.choice(nouns['colours'])[0]}" for _ in range(count)]


def mistyped(text: str, seed: int) -> str:
    """The text with one letter of its longest word left out."""
    longest = max(text.split(), key=len)
    at = random.Random(seed).randrange(1, len(longest))
    return text.replace(longest, longest[:at] + longest[at + 1 :])
