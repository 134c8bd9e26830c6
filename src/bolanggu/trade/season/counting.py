"""Counting (汇总): what stands of a season: lists, cartons, boxes, declarations, papers, money, as JSON data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Count, Q, Sum

from bolanggu.market.consolidation.models import LoadPlan, PoolEntry, Shipment
from bolanggu.market.customs.consignment import usd_text
from bolanggu.market.customs.models import Declaration
from bolanggu.market.documents.models import Document
from bolanggu.market.inquiries.models import InquiryLine
from bolanggu.market.orders.models import Order
from bolanggu.market.settlement import selectors as settlement
from bolanggu.market.settlement.models import PaymentPlan
from bolanggu.market.transport.models import Booking
from bolanggu.platform.ledger import selectors as ledger
from bolanggu.trade.changes.models import Change
from bolanggu.trade.models import ShipmentStep, Trade
from bolanggu.trade.season.script import Script


def count(script: Script) -> dict[str, Any]:
    """Count what stands of a season. ``boxes`` lists every box with its fill, its share-holders and its seal."""
    trades = list(
        Trade.objects.filter(key__in=[script.key("list", listed.file.name) for listed in script.lists]).values_list(
            "number", flat=True
        )
    )
    shipments = list(Shipment.objects.filter(trades__trade__in=trades).distinct().order_by("pk"))
    numbers = [shipment.number for shipment in shipments]
    boxes = _boxes(numbers)
    return {
        "season": script.name,
        "seed": script.seed,
        "lists": len(trades),
        "lines": _by("state", InquiryLine.objects.filter(inquiry__number__in=trades)),
        "orders": _by("state", Order.objects.filter(group__number__in=trades)),
        "cartons": _by("state", PoolEntry.objects.filter(trade__in=trades)),
        "boxes": boxes,
        "shared_boxes": sum(1 for box in boxes if box["buyers"] > 1),
        "sailings": _sailings(numbers),
        "declarations": _declarations(shipments),
        "papers": Document.objects.filter(trade__in=[*trades, *numbers]).count(),
        "incidents": dict(Counter(Change.objects.filter(trade__in=trades).values_list("act", flat=True))),
        "transfers": sum(len(settlement.transfers(trade)) for trade in _paid(trades)),
        "ledger": {currency: total.posted for currency, total in sorted(ledger.sums().items())},
        "open": _open(trades, numbers),
    }


def _paid(trades: Collection[str]) -> list[str]:
    """Trades for which a payment was planned."""
    return list(PaymentPlan.objects.filter(group__in=trades).values_list("group", flat=True))


def _by(column: str, rows: Any) -> dict[str, int]:
    return dict(rows.order_by(column).values_list(column).annotate(Count("pk")))


def _boxes(shipments: Collection[str]) -> list[dict[str, Any]]:
    """Boxes that stand, sealed or not, by number."""
    plans = (
        LoadPlan.objects.filter(shipment__in=shipments, superseded=False)
        .order_by("number")
        .prefetch_related("shares")
        .select_related("equipment")
    )
    of = dict(Trade.objects.values_list("number", "buyer__number"))
    return [
        {
            "id": plan.number,
            "service": plan.service,
            "type": plan.type,
            "fill_percent": round(plan.fill_percent, 2),
            "gross_kg": plan.gross_g / 1000,
            "cartons": plan.cartons,
            "trades": len(plan.shares.all()),
            "buyers": len({of[share.trade] for share in plan.shares.all()}),
            "number": plan.equipment.number if hasattr(plan, "equipment") else None,
            "seal": plan.equipment.seal if hasattr(plan, "equipment") else None,
        }
        for plan in plans
    ]


def _sailings(shipments: Collection[str]) -> list[dict[str, Any]]:
    """Bookings that stand, with the vessel or train."""
    vessels = dict(
        ShipmentStep.objects.filter(shipment__number__in=shipments, name="book").values_list(
            "shipment__number", "facts__vessel"
        )
    )
    rows = Booking.objects.filter(shipment__in=shipments).exclude(state="cancelled").order_by("number")
    names = ("number", "shipment", "service", "state", "teu", "freight_minor", "currency")
    return [row | {"vessel": vessels.get(row["shipment"])} for row in rows.values(*names)]


def _declarations(shipments: Sequence[Shipment]) -> list[dict[str, Any]]:
    references = [
        one["ref"]
        for facts in ShipmentStep.objects.filter(shipment__in=shipments, name="declare").values_list("facts", flat=True)
        for one in facts.get("references", [])
    ]
    rows = Declaration.objects.filter(trade__in=references, superseded=False).order_by("mode", "state")
    sums = rows.values_list("mode", "state", "verdict").annotate(n=Count("pk"), cents=Sum("value_cents"))
    return [
        {"mode": mode, "state": state, "verdict": verdict, "declarations": n, "value_usd": usd_text(cents)}
        for mode, state, verdict, n, cents in sums
    ]


def _open(trades: Collection[str], shipments: Collection[str]) -> dict[str, Any]:
    """What is not finished: trades without their last step, boxes without a seal, cartons that wait or were left."""
    entries = PoolEntry.objects.filter(trade__in=trades)
    return {
        "trades": Trade.objects.filter(number__in=trades).exclude(steps__name="observe").count(),
        "unsealed_boxes": LoadPlan.objects.filter(
            shipment__in=shipments, superseded=False, equipment__isnull=True
        ).count(),
        "waiting_cartons": entries.filter(~Q(state__in=["loaded", "left", "unpacked"])).count(),
        "left": dict(entries.filter(state="left").values_list("reason").annotate(Count("pk"))),
    }
