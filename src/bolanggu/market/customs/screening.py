"""Screening (名单筛查): codes on dated lists, brand words in names, denied parties, and sister declarations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from bolanggu.market.customs.consignment import Consignment, ListEntry, Lists, Past


class DatedLists:
    """The lists of a consignment on one day; answers by code are remembered."""

    def __init__(self, lists: Lists, day: date) -> None:
        """Take the lists and the day of declaration."""
        self._day = day
        self._entries = {name: getattr(lists, name) for name in ("prohibited", "restricted", "negative", "ciq")}
        self._entries["export_duty"] = tuple(
            entry for entry in lists.export_duty if entry.rate is None or entry.rate > 0
        )
        self._seen: dict[tuple[str, str], bool] = {}

    def named(self, name: str, hs10: str) -> bool:
        """Tell whether ``hs10`` is on the list ``name`` on the day; a duty of rate 0 is no duty."""
        key = (name, hs10)
        if key not in self._seen:
            entries: tuple[ListEntry, ...] = self._entries[name]
            self._seen[key] = any(entry.names(hs10, self._day) for entry in entries)
        return self._seen[key]

    def alone(self, hs10: str) -> bool:
        """Tell whether goods of this code may not be merged: export duty, or inspection and quarantine."""
        return self.named("export_duty", hs10) or self.named("ciq", hs10)


def brand_word(names: Iterable[str | None], words: tuple[str, ...]) -> str | None:
    """Find the first brand word in the names, as a whole word in any case.

    A word boundary is asked only where a letter or digit of an alphabetic script stands at the word's edge: Chinese
    writes no spaces, so 耐克 is found inside 耐克鞋 and NIKE inside NIKE鞋.

    >>> brand_word(["phone case for NIKE鞋"], ("Nike",)), brand_word(["nikel plate"], ("Nike",))
    ('Nike', None)
    """
    if not words:
        return None
    text = "\n".join(_fold(name) for name in names if name)
    return next((word for word in words if word.strip() and _pattern(word).search(text)), None)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


@lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern[str]:
    folded = _fold(word).strip()
    body = r"\s+".join(re.escape(part) for part in folded.split())
    before = rf"(?<!{_LETTER})" if re.fullmatch(_LETTER, folded[0]) else ""
    after = rf"(?!{_LETTER})" if re.fullmatch(_LETTER, folded[-1]) else ""
    return re.compile(before + body + after)


#: A letter or digit that is not a Chinese, Japanese or Korean character.
_LETTER = r"[^\W_\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"


def same_name(left: str, right: str) -> bool:
    """Tell whether two names are equal after case folding, removal of punctuation, and word order.

    >>> same_name("AL-HASSAN, Omar", "omar al hassan"), same_name("O'Neil Ltd.", "ONEIL LTD")
    (True, True)
    """
    return not _name_keys(left).isdisjoint(_name_keys(right))


@lru_cache(maxsize=65536)
def _name_keys(name: str) -> frozenset[tuple[str, ...]]:
    """Both readings of punctuation: as nothing, and as a blank."""
    folded = _fold(name)
    readings = ("".join(c if c.isalnum() or c.isspace() else gap for c in folded) for gap in ("", " "))
    return frozenset(key for reading in readings if (key := tuple(sorted(reading.split()))))


def sisters(consignment: Consignment, *, least_cents: int, window: timedelta) -> list[Past]:
    """Earlier declarations that look like parts of the same one.

    Same operator, buyer and destination, one bill of lading, vessel or container in common, within ``window`` either
    way, and each worth at least ``least_cents``.
    """
    heading, operator, buyer = consignment.heading, consignment.operator, consignment.buyer
    subject = (operator and operator.uscc, buyer and buyer.id_no, heading.destination)
    if not all(subject):
        return []
    return [
        past
        for past in consignment.history
        if (past.operator_uscc, past.buyer_id_no, past.destination) == subject
        and past.value_cents >= least_cents
        and abs(past.at - heading.declared_at) <= window
        and any(getattr(past, name) == getattr(heading, name) is not None for name in ("bl_no", "vessel", "container"))
    ]
