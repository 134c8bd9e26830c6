"""Endpoints of goods: search, and one kind of goods. Search answers are encoded by msgspec, not by validation."""

from typing import Any, Literal

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from bolanggu.interfaces.access.needs import NotYours, needs
from bolanggu.interfaces.api.problems import ALWAYS
from bolanggu.interfaces.api.shapes import GoodsShape, HitsShape

router = Router(tags=["goods"])


class Wanted(Schema):
    """What to look for."""

    q: str = Field(min_length=1, max_length=200, description="words in any of six languages, or a code")
    lang: Literal["zh", "en", "es", "fr", "ru", "ar"] | None = Field(
        None, description="told from the text when left out"
    )
    limit: int = Field(20, ge=1, le=100)


@router.get("", response={200: HitsShape, **ALWAYS}, summary="Find goods")
@needs("goods", "find")
def search(request: HttpRequest, wanted: Query[Wanted]) -> Any:  # noqa: ARG001
    """Goods by words, parts of words, or code; the best first."""
    from bolanggu.market.goods.searching import search_goods

    hits = search_goods(wanted.q.replace("\0", " "), lang=wanted.lang, limit=wanted.limit)
    body = msgspec.json.encode({"hits": [hit.as_dict() for hit in hits]})
    return HttpResponse(body, content_type="application/json; charset=utf-8")


@router.get("/{code}", response={200: GoodsShape, **ALWAYS}, summary="One kind of goods")
@needs("goods", "find")
def one(request: HttpRequest, code: str) -> Any:  # noqa: ARG001
    """Price ladder, packs, sizes and masses, and what of it is assumed."""
    from bolanggu.market.goods.models import Product

    found = Product.objects.filter(code=code.replace("\0", " "), state="listed").select_related("shop").first()
    if found is None:
        raise NotYours(f"there are no goods {code} on offer")
    names = [name for name in GoodsShape.model_fields if name not in {"carton_mm", "shop", "assumed"}]
    return {name: getattr(found, name) for name in names} | {
        "carton_mm": [found.carton_l_mm, found.carton_w_mm, found.carton_h_mm],
        "shop": found.shop.number,
        "assumed": found.assumed.split(),
    }
