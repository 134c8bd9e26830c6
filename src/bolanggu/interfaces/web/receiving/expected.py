"""Deliveries that are still to come in: orders in production of which lines are not counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Sum

from bolanggu.interfaces.access import whose
from bolanggu.market.production.models import ProductionTask
from bolanggu.market.warehousing.models import Receipt
from bolanggu.platform.accounts.grants import Actor

MOST = 300


@dataclass(frozen=True, slots=True)
class Delivery:
    """An order with lines to come: how many, how many pieces, promised for when at the earliest."""

    order: str
    lines: int
    pieces: int
    promised_at: datetime


def expected(actor: Actor) -> list[Delivery]:
    """Deliveries to the warehouses an actor acts for, the earliest promised first."""
    orders = whose.deliveries(actor).values("number")
    open_tasks = ProductionTask.objects.filter(order__in=orders).exclude(line__in=Receipt.objects.values("line"))
    rows = open_tasks.values("order").annotate(lines=Count("pk"), sum=Sum("pieces"), promised=Min("promised_at"))
    found = rows.order_by("promised", "order")[:MOST]
    return [Delivery(row["order"], row["lines"], row["sum"], row["promised"]) for row in found]
