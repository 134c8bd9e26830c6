"""Reading goods: plain rows, one query for many."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from bolanggu.market.goods.models import Catalogue, Product

_PAGE = 900
OFFER = (
    "code",
    "title_zh",
    "title_en",
    "currency",
    "tiers",
    "moq",
    "order_multiple",
    "lead_days",
    "stock",
    "assumed",
    "shop_id",
    "shop__number",
    "shop__merchant_id",
    "shop__merchant__number",
    "shop__name_en",
    "shop__minimum_minor",
    "shop__mixed_batch_pieces",
    "shop__mixed_batch_minor",
)


def offers(codes: Collection[str]) -> dict[str, dict[str, Any]]:
    """What quoting needs of each good, by code: ladder, MOQ, packs, lead time, and the shop's terms."""
    wanted = sorted(codes)
    found: dict[str, dict[str, Any]] = {}
    for start in range(0, len(wanted), _PAGE):
        rows = Product.objects.filter(code__in=wanted[start : start + _PAGE], state="listed").values(*OFFER)
        found |= {row["code"]: row for row in rows}
    return found


def titles(codes: Collection[str]) -> dict[str, tuple[str, str]]:
    """Chinese and English title of each good, by code."""
    wanted = sorted(codes)
    found: dict[str, tuple[str, str]] = {}
    for start in range(0, len(wanted), _PAGE):
        rows = Product.objects.filter(code__in=wanted[start : start + _PAGE]).values_list(
            "code", "title_zh", "title_en"
        )
        found |= {code: (zh, en) for code, zh, en in rows}
    return found


def standing() -> dict[str, Any]:
    """Which catalogue stands: identity, generation, number of goods, origin; empty when nothing was ever put in."""
    return Catalogue.objects.values("identity", "generation", "goods", "origin").first() or {}
