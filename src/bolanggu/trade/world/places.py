"""Places (商位) of the synthetic city: the real market districts by name, with made-up booths."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from bolanggu.trade.world.draws import draw
from bolanggu.trade.world.plan import assumed

#: a step of about the golden section, coprime to the number of booths: any first shops are spread over all floors
_STEP = 46_351


@dataclass(frozen=True, slots=True)
class Place:
    """Where a shop has its booth, and the trade of that floor."""

    district: str
    floor: int
    street: str
    number: str
    category: str


@dataclass(frozen=True, slots=True)
class _Part:
    district: str
    floor: int
    category: str
    first: int  # ordinal of its first booth on the floor


def districts() -> tuple[tuple[str, str, str], ...]:
    """(code, Chinese name, English name) of each district."""
    return tuple((each["code"], each["zh"], each["en"]) for each in assumed("districts")["values"])


def place_of(shop: int, seed: int) -> Place:
    """Booth of a shop; no two shops of a city share one.

    >>> place_of(0, 1) == place_of(1, 1)
    False
    """
    parts, ends, per_street = _floors()
    booth = (shop * _STEP + draw(seed, 12)) % ends[-1]
    at = bisect_right(ends, booth)
    part = parts[at]
    ordinal = part.first + booth - (ends[at - 1] if at else 0)
    return Place(
        part.district, part.floor, str(ordinal // per_street + 1), f"{part.floor}{ordinal + 1:04d}", part.category
    )


@cache
def _floors() -> tuple[tuple[_Part, ...], tuple[int, ...], int]:
    given = assumed("districts")
    taken: Counter[tuple[str, int]] = Counter()
    parts = []
    for district, floor, category, booths in given["floors"]:
        parts.append(_Part(district, floor, category, taken[district, floor]))
        taken[district, floor] += booths
    ends = tuple(accumulate(booths for *_, booths in given["floors"]))
    return tuple(parts), ends, given["booths_per_street"]
