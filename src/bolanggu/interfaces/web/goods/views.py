"""Goods search and one kind of goods."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from bolanggu.interfaces.access.needs import NotYours, needs
from bolanggu.market.goods import selectors
from bolanggu.market.goods.models import Product
from bolanggu.values.quantity import cubic_metres

MOST_HITS = 60
A_PAGE = 20
MOST_LETTERS = 200


@require_safe
@needs("goods", "find")
def search(request: HttpRequest) -> HttpResponse:
    """Find goods by words in six languages or by code."""
    from bolanggu.market.goods.searching import search_goods

    text = request.GET.get("q", "").replace("\0", "").strip()[:MOST_LETTERS]
    wanted = request.GET.get("show", "")
    limit = min(int(wanted), MOST_HITS) if wanted.isascii() and wanted.isdigit() and len(wanted) < 4 else A_PAGE
    hits = search_goods(text, lang=None, limit=limit + 1) if text else []
    more = min(limit + A_PAGE, MOST_HITS) if len(hits) > limit and limit < MOST_HITS else 0
    facts = {"text": text, "hits": hits[:limit], "more": more, "goods": selectors.standing().get("goods", 0)}
    return render(request, "goods/search.html", facts)


@require_safe
@needs("goods", "find")
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One kind of goods: price ladder, packs, shop."""
    found = Product.objects.filter(code=code, state="listed").select_related("shop").first()
    if found is None:
        raise NotYours(f"there are no goods {code} on offer")
    chinese = (get_language() or "").startswith("zh")
    facts = {
        "product": found,
        "cbm": cubic_metres(found.carton_l_mm * found.carton_w_mm * found.carton_h_mm),
        "booths": found.shop.booths.select_related("district").order_by("floor", "street", "number")[:5],
        "assumed": found.assumed.split(),
        "shop_name": found.shop.name_zh if chinese else found.shop.name_en,
    }
    return render(request, "goods/one.html", facts)
