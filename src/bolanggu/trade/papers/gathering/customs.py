"""Declarations (报关单) of a trade as the papers name them: whole, with the order lines behind each item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from bolanggu.market.customs.models import Declaration as Row
from bolanggu.market.customs.models import ItemSource
from bolanggu.market.documents.facts import Declaration, Item, Source
from bolanggu.market.orders.models import OrderLine
from bolanggu.trade.papers.gathering.when import day


def declarations_of(trade: str, boxes: Collection[str]) -> tuple[Declaration, ...]:
    """Standing declarations of some boxes in which the trade has goods."""
    lines = set(OrderLine.objects.filter(order__group__number=trade).values_list("line", flat=True))
    rows = Row.objects.filter(container__in=list(boxes), superseded=False).defer("document").order_by("number")
    made = [_declaration(row, lines) for row in rows]
    return tuple(one for one, own in made if own)


def _declaration(row: Row, lines: set[str]) -> tuple[Declaration, bool]:
    sources: dict[int, list[Source]] = defaultdict(list)
    names = ("item_id", "line", "pieces", "net_g", "value_cents", "minor", "currency")
    for item, *given in ItemSource.objects.filter(item__declaration=row).order_by("line").values_list(*names):
        sources[item].append(Source(*given))
    items = tuple(
        Item(
            position=item.position,
            hs10=item.hs10,
            hs_status=item.hs_status,
            name_zh=item.name_zh,
            name_en=item.name_en,
            brand_type=item.brand_type,
            kinds=item.kinds,
            pieces=item.pieces,
            net_g=item.net_g,
            value_cents=item.value_cents,
            sources=tuple(sources[item.pk]),
        )
        for item in row.items.order_by("position")
    )
    named = {source.line for found in sources.values() for source in found}
    made = Declaration(
        number=row.number,
        version=row.version,
        mode=row.mode,
        state=row.state,
        verdict=row.verdict,
        box=row.container,
        packages=row.packages,
        pieces=row.pieces,
        net_g=row.net_g,
        gross_g=row.gross_g,
        value_cents=row.value_cents,
        simplified=row.simplified,
        custom_master=row.custom_master,
        exit_port=row.exit_port,
        destination=row.destination,
        bl_no=row.bl_no,
        vessel=row.vessel,
        declared_on=day(row.declared_at),
        items=items,
        rates=row.rates["per_usd"],
        rates_source=row.rates["source"],
        shared=not named <= lines,
    )
    return made, bool(named & lines)
