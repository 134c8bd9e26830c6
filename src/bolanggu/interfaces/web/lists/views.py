"""A purchase list as it was matched."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.access.needs import NotYours, actor_of, needs
from bolanggu.market.goods import selectors as goods
from bolanggu.market.inquiries.models import Inquiry
from bolanggu.platform.accounts.grants import may

A_PAGE = 100
CANDIDATES = 3


@require_safe
@needs("inquiry", "read")
def one(request: HttpRequest, number: str) -> HttpResponse:
    """The list of a trade: all lines, or those without goods."""
    actor = actor_of(request)
    trade = whose.trade(actor, number)
    inquiry = Inquiry.objects.filter(number=number).first()
    if inquiry is None:
        raise NotYours(f"trade {number} has no list yet")
    lines = inquiry.lines.order_by("row")
    missing = lines.filter(state__in=["unmatched", "unreadable"])
    only = request.GET.get("show") == "missing"
    page = Paginator(missing if only else lines, A_PAGE).get_page(request.GET.get("page"))
    facts = {
        "number": number,
        "trade": trade,
        "inquiry": inquiry,
        "page": page,
        "rows": _rows(list(page.object_list)),
        "only": only,
        "count": lines.count(),
        "missing": missing.count(),
        "may_trace": may(actor, "trace", "walk"),
    }
    return render(request, "lists/one.html", facts)


def _rows(lines: list[Any]) -> list[dict[str, Any]]:
    """Lines with the goods chosen for them and the next best, each with its fit in percent."""
    titles = goods.titles([one["code"] for line in lines for one in line.candidates[:CANDIDATES]])
    rows = []
    for line in lines:
        found = [_candidate(one, titles) for one in line.candidates[:CANDIDATES]]
        chosen = next((one for one in found if one["code"] == line.product), None)
        rows.append({"line": line, "chosen": chosen, "others": [one for one in found if one is not chosen]})
    return rows


def _candidate(one: dict[str, Any], titles: dict[str, tuple[str, str]]) -> dict[str, Any]:
    zh, en = titles.get(one["code"], ("", one.get("title", "")))
    return {"code": one["code"], "title_zh": zh, "title_en": en, "percent": round(100 * float(one["score"]), 1)}
