"""Declared (已申报): what the lines of one trade have in declarations, which other trades of the buyer may share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum

from bolanggu.market.customs import selectors as customs
from bolanggu.market.customs.consignment import usd_text
from bolanggu.market.customs.models import Declaration, ItemSource
from bolanggu.market.orders.models import OrderLine
from bolanggu.market.settlement.inputs import TradeRecord
from bolanggu.trade.marks import shipping_marks

_BATCH = 900


@dataclass(frozen=True, slots=True)
class Part:
    """What a trade has in one standing declaration: pieces, net g, USD cents, and the cents of the whole."""

    number: str
    mode: str
    pieces: int
    net_g: int
    value_cents: int
    whole_cents: int


def parts_of(trade: str) -> list[Part]:
    """The parts of a trade in standing declarations, by number."""
    lines = list(OrderLine.objects.filter(order__group__number=trade).values_list("line", flat=True))
    sums: dict[tuple[str, str, int], Counter[str]] = defaultdict(Counter)
    for row in _sources(lines, "pieces", "net_g", "value_cents"):
        key = row["item__declaration__number"], row["item__declaration__mode"], row["item__declaration__value_cents"]
        sums[key].update({name: row[name] for name in ("pieces", "net_g", "value_cents")})
    return [
        Part(number, mode, of["pieces"], of["net_g"], of["value_cents"], whole)
        for (number, mode, whole), of in sorted(sums.items())
    ]


def records_of(trade: str) -> list[TradeRecord]:
    """Trade records (交易记录) of a trade: what it has in declarations by market procurement, in USD cents.

    Goods of other modes are settled on their own declarations, not on records of market procurement. A record of a
    declaration that several trades share is a part of it and says so.
    """
    return [
        TradeRecord(
            part.number if part.value_cents == part.whole_cents else f"{part.number}/{trade}", "USD", part.value_cents
        )
        for part in parts_of(trade)
        if part.mode == "1039"
    ]


def recorded(lines: Collection[str]) -> dict[str, int]:
    """What of each order line stands on trade records, minor units of the line's own currency."""
    found: Counter[str] = Counter()
    for start in range(0, len(lines), _BATCH):
        part = list(lines)[start : start + _BATCH]
        rows = ItemSource.objects.filter(
            line__in=part, item__declaration__mode="1039", item__declaration__superseded=False
        )
        found.update(dict(rows.values_list("line").annotate(total=Sum("minor"))))
    return dict(found)


def declarations_of(trade: str) -> list[dict[str, Any]]:
    """Standing declarations in which a trade has goods, each whole, with the trade's share beside it."""
    shares = {part.number: part for part in parts_of(trade)}
    return [
        one | {"share": _share(shares[one["id"]])}
        for reference in references_of(trade)
        for one in customs.declarations(reference)
        if one["id"] in shares
    ]


def references_of(trade: str) -> list[str]:
    """References under which customs knows the shipments of a trade: one for each buyer and operator in them."""
    marks = shipping_marks(trade, ["declare"])
    return [one["ref"] for mark in marks for one in mark.facts.get("references", []) if trade in one["trades"]]


def trades_in(declaration: str) -> list[str]:
    """Trades that have goods in the standing version of a declaration."""
    lines = ItemSource.objects.filter(
        item__declaration__number=declaration, item__declaration__superseded=False
    ).values_list("line", flat=True)
    orders = OrderLine.objects.filter(line__in=list(lines)).values_list("order__group__number", flat=True)
    return sorted(set(orders))


def cents_by_trade(reference: str) -> dict[str, Counter[str]]:
    """USD cents of each trade in each standing declaration of a reference."""
    found: dict[str, Counter[str]] = {
        number: Counter()
        for number in Declaration.objects.filter(trade=reference, superseded=False)
        .order_by("number")
        .values_list("number", flat=True)
    }
    rows = ItemSource.objects.filter(item__declaration__trade=reference, item__declaration__superseded=False)
    trade_of = dict(OrderLine.objects.filter(line__in=rows.values("line")).values_list("line", "order__group__number"))
    for number, line, cents in rows.values_list("item__declaration__number", "line", "value_cents"):
        found[number][trade_of[line]] += cents
    return found


def _sources(lines: list[str], *amounts: str) -> list[dict[str, Any]]:
    names = ("item__declaration__number", "item__declaration__mode", "item__declaration__value_cents")
    found: list[dict[str, Any]] = []
    for start in range(0, len(lines), _BATCH):
        rows = ItemSource.objects.filter(line__in=lines[start : start + _BATCH], item__declaration__superseded=False)
        found += rows.values(*names, *amounts)
    return found


def _share(part: Part) -> dict[str, Any]:
    return {"pieces": part.pieces, "net_g": part.net_g, "value_usd": usd_text(part.value_cents)}
