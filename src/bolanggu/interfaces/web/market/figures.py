"""Figures of the public page: counted from the city's own tables, each with its time and source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max, Q, Sum
from django.utils.translation import gettext_lazy as _

from bolanggu.analytics.market_index import selectors as market_index
from bolanggu.market.consolidation.models import Equipment
from bolanggu.market.customs.models import Declaration
from bolanggu.market.goods import selectors as goods
from bolanggu.market.goods.models import Shop
from bolanggu.market.orders.models import Order, OrderLine
from bolanggu.market.tracking.models import TrackingEvent
from bolanggu.market.warehousing.models import Carton
from bolanggu.platform.journal import selectors as journal
from bolanggu.trade.models import Trade

FRESH_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the market: its word, its value, the table it was counted from, the time of its newest fact."""

    word: Any
    value: int
    source: str
    newest: datetime | None


def today(at: datetime) -> dict[str, Any]:
    """Figures, index points and the journal's head; counted at most once in `FRESH_SECONDS` a process."""
    kept: dict[str, Any] | None = cache.get("market_today")
    if kept is None:
        sequence, head = journal.head()
        kept = {"figures": _figures(at), "points": _points(), "at": at, "sequence": sequence, "head": head}
        cache.set("market_today", kept, FRESH_SECONDS)
    return kept


def _figures(at: datetime) -> list[Figure]:
    since = at - timedelta(days=7)
    trades = Trade.objects.aggregate(
        n=Count("pk"), week=Count("pk", filter=Q(stated_at__gte=since)), newest=Max("stated_at")
    )
    orders = Order.objects.aggregate(n=Count("pk"), merchants=Count("merchant", distinct=True), newest=Max("placed_at"))
    lines = OrderLine.objects.aggregate(n=Count("pk"), pieces=Sum("quantity"))
    boxes = Equipment.objects.aggregate(n=Count("pk"), newest=Max("stated_at"))
    cartons = Carton.objects.aggregate(
        n=Count("pk", filter=Q(state__in=["staged", "sealed"])),
        loaded=Count("pk", filter=Q(state="loaded")),
        newest=Max("stated_at"),
    )
    declared = Declaration.objects.filter(superseded=False).aggregate(n=Count("pk"), newest=Max("declared_at"))
    travelling = _travelling(at)
    return [
        Figure(_("Goods on offer"), goods.standing().get("goods", 0), "goods.Catalogue", None),
        Figure(_("Shops"), Shop.objects.count(), "goods.Shop", None),
        Figure(_("Trades opened"), trades["n"], "trade.Trade", trades["newest"]),
        Figure(_("Trades of seven days"), trades["week"], "trade.Trade", trades["newest"]),
        Figure(_("Orders"), orders["n"], "orders.Order", orders["newest"]),
        Figure(_("Order lines"), lines["n"], "orders.OrderLine", orders["newest"]),
        Figure(_("Pieces ordered"), lines["pieces"] or 0, "orders.OrderLine", orders["newest"]),
        Figure(_("Cartons in warehouses"), cartons["n"], "warehousing.Carton", cartons["newest"]),
        Figure(_("Boxes loaded"), boxes["n"], "consolidation.Equipment", boxes["newest"]),
        Figure(_("Trades on their way"), travelling, "tracking.TrackingEvent", at),
        Figure(_("Declarations"), declared["n"], "customs.Declaration", declared["newest"]),
    ]


def _travelling(at: datetime) -> int:
    """Trades whose goods departed and have not yet arrived at their last place."""
    gone = TrackingEvent.objects.filter(milestone="departed", happens_at__lte=at).values("trade")
    return (
        TrackingEvent.objects.filter(milestone="arrived", trade__in=gone)
        .values("trade")
        .annotate(last=Max("happens_at"))
        .filter(last__gt=at)
        .count()
    )


def _points() -> list[dict[str, Any]]:
    """The newest index point of each class of goods and currency."""
    newest: dict[tuple[str, str], Any] = {}
    for point in market_index.current().filter(value__isnull=False).order_by("period"):
        newest[point.goods_class, point.currency] = point
    names = (
        "number",
        "goods_class",
        "currency",
        "period",
        "value",
        "method",
        "coverage",
        "thin",
        "n_lines",
        "published_at",
    )
    rows = [{name: getattr(point, name) for name in names} for _, point in sorted(newest.items())]
    return [row | {"coverage_percent": row["coverage"] * 100} for row in rows]
