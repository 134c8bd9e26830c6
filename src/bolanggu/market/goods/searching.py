"""Searching goods for people (搜索): hits with title, price ladder and shop, from the index and one query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bolanggu.engines.goods_search.filters import Filters
from bolanggu.engines.goods_search.query import search
from bolanggu.market.goods import search_index
from bolanggu.market.goods.models import Product

_COLUMNS = ("pk", "code", "title_zh", "title_en", "currency", "tiers", "moq", "shop__number", "category")


@dataclass(frozen=True, slots=True)
class FoundGoods:
    """One hit as a result page shows it: ``tier`` says how it was found, ``unit_minor`` is the first rung's price."""

    code: str
    title: str
    title_zh: str
    title_en: str
    score: float
    tier: str
    currency: str
    unit_minor: int
    moq: int
    shop: str
    category: str

    def as_dict(self) -> dict[str, Any]:
        """As JSON data."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def search_goods(
    text: str, *, lang: str | None = None, limit: int = 20, filters: Filters | None = None
) -> list[FoundGoods]:
    """Find goods; titles in Chinese for Chinese queries, else in English where there is one."""
    hits = search(search_index.current(), text, lang=lang, limit=limit, filters=filters)
    rows = {}
    for start in range(0, len(hits), 900):
        page = Product.objects.filter(pk__in=[hit.pid for hit in hits[start : start + 900]], state="listed")
        rows |= {row[0]: row for row in page.values_list(*_COLUMNS)}
    found = []
    for hit in hits:
        if hit.pid not in rows:
            continue  # withdrawn since the index's last commit
        _, code, zh, en, currency, tiers, moq, shop, category = rows[hit.pid]
        title = (zh or en) if lang == "zh" else (en or zh)
        found.append(FoundGoods(code, title, zh, en, hit.score, hit.tier, currency, tiers[0][1], moq, shop, category))
    return found
