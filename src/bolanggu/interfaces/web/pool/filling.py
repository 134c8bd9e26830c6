"""How full the next boxes would be: cartons that wait, trade by trade, as parts of high cubes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, Min, Sum

from bolanggu.interfaces.access import whose
from bolanggu.market.consolidation.models import LineChoice, LoadPlan, PoolEntry, Share
from bolanggu.market.transport.models import Booking
from bolanggu.market.warehousing.models import Carton
from bolanggu.platform.accounts.grants import Actor
from bolanggu.values.quantity import cubic_metres

#: inner volume of a 40' high cube that a mixed load fills, in m³ (see `data` of the loading engine for the box itself)
HIGH_CUBE_M3 = 68.0
#: shades that tell trades apart in the picture
SHADES = 8
#: decisions that are looked through for the last one on each line
MOST_CHOICES = 2000


@dataclass(frozen=True, slots=True)
class Part:
    """What one trade has in a pool: cartons, m³, kg, since when, not before which day, a shade, percent of a box."""

    trade: str
    cartons: int
    cbm: float
    kilograms: float
    since: datetime
    not_before: Any
    shade: int
    percent: float
    begins: float


@dataclass(frozen=True, slots=True)
class Waiting:
    """One pool: cartons that may share a box, and how many high cubes they would fill."""

    destination: str
    agent: str
    terms: str
    wish: str
    parts: list[Part]
    others: int

    @property
    def cartons(self) -> int:
        """Cartons of all parts."""
        return sum(part.cartons for part in self.parts)

    @property
    def cbm(self) -> float:
        """Volume in m³."""
        return sum(part.cbm for part in self.parts)

    @property
    def boxes(self) -> float:
        """High cubes that would be filled."""
        return self.cbm / HIGH_CUBE_M3


def destinations(actor: Actor) -> list[dict[str, Any]]:
    """Destinations for which cartons of the actor's trades wait, the fullest first."""
    mine = PoolEntry.objects.filter(state="waiting", trade__in=whose.trades(actor).values("number"))
    rows = mine.values("destination").annotate(n=Count("pk"), since=Min("ready_at"))
    return list(rows.order_by("-n", "destination"))


def pools(actor: Actor, destination: str) -> list[Waiting]:
    """Pools of a destination: the parts of trades that the actor may see, others only counted."""
    visible = set(whose.trades(actor).values_list("number", flat=True))
    entries = PoolEntry.objects.filter(state="waiting", destination=destination)
    keys = entries.order_by("agent", "terms", "wish").values_list("agent", "terms", "wish").distinct()
    made = []
    for agent, terms, wish in keys:
        parts = _parts(entries.filter(agent=agent, terms=terms, wish=wish))
        seen = [part for part in parts if part.trade in visible]
        hidden = sum(part.cartons for part in parts) - sum(part.cartons for part in seen)
        if seen:
            made.append(Waiting(destination, agent, terms, wish, _placed(seen), hidden))
    return made


def _parts(entries: Any) -> list[Part]:
    of_trade = entries.values("trade").annotate(n=Count("pk"), since=Min("ready_at"), not_before=Max("not_before"))
    rows = list(of_trade.order_by("since", "trade"))
    sizes = {row["trade"]: row for row in _sizes(entries)}
    found = []
    for row in rows:
        size = sizes.get(row["trade"], {"mm3": 0, "g": 0})
        cbm = cubic_metres(size["mm3"] or 0)
        found.append(
            Part(row["trade"], row["n"], cbm, (size["g"] or 0) / 1000, row["since"], row["not_before"], 0, 0.0, 0.0)
        )
    return found


def _sizes(entries: Any) -> list[dict[str, Any]]:
    cartons = Carton.objects.filter(sscc__in=entries.values("sscc"))
    volume = F("l_mm") * F("w_mm") * F("h_mm")
    return list(cartons.values("trade").annotate(mm3=Sum(volume, output_field=_big()), g=Sum("gross_g")))


def _big() -> Any:
    from django.db.models import BigIntegerField

    return BigIntegerField()


def _placed(parts: list[Part]) -> list[Part]:
    """Parts one after the other, as percent of the boxes that they would need."""
    whole = max(HIGH_CUBE_M3, sum(part.cbm for part in parts))
    begins, made = 0.0, []
    for place, part in enumerate(parts):
        percent = 100 * part.cbm / whole
        made.append(replace(part, shade=place % SHADES, percent=round(percent, 2), begins=round(begins, 2)))
        begins += percent
    return made


def planned(actor: Actor, destination: str) -> list[dict[str, Any]]:
    """Standing boxes planned for a destination, each with the cut-off of its booking."""
    mine = Share.objects.filter(trade__in=whose.trades(actor).values("number")).values("plan")
    plans = LoadPlan.objects.filter(pk__in=mine, destination=destination, superseded=False)
    plans = plans.select_related("equipment").order_by("-stated_at", "number")[:60]
    bookings = Booking.objects.filter(shipment__in=[plan.shipment for plan in plans]).exclude(state="cancelled")
    cutoffs = dict(bookings.annotate(cutoff=Min("legs__cutoff_at")).values_list("shipment", "cutoff"))
    return [
        {"plan": plan, "cutoff": cutoffs.get(plan.shipment), "sealed": hasattr(plan, "equipment")} for plan in plans
    ]


def reasons(actor: Actor, destination: str) -> list[dict[str, Any]]:
    """Why lines wait: the last decision on each line of trades that wait, by trade and reason together."""
    waiting = PoolEntry.objects.filter(state="waiting", destination=destination).values("trade")
    mine = whose.trades(actor).filter(number__in=waiting).values("number")
    decided: dict[str, LineChoice] = {}
    for choice in LineChoice.objects.filter(trade__in=mine).order_by("-pk")[:MOST_CHOICES]:
        decided.setdefault(choice.line, choice)
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for choice in decided.values():
        if not choice.ships:
            row = found.setdefault(
                (choice.trade, choice.reason),
                {"trade": choice.trade, "reason": choice.reason, "lines": 0, "cartons": 0},
            )
            row["lines"] += 1
            row["cartons"] += choice.cartons
    return sorted(found.values(), key=lambda row: -row["cartons"])


def left(actor: Actor, destination: str) -> list[PoolEntry]:
    """Cartons that no box took, with the reason."""
    mine = whose.trades(actor).values("number")
    return list(PoolEntry.objects.filter(destination=destination, state="left", trade__in=mine).order_by("sscc")[:60])
