"""Orders, goods and cartons (订单、货物、箱) as the papers list them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bolanggu.market.customs.models import ItemSource
from bolanggu.market.documents.facts import Carton, Content, Goods, Order
from bolanggu.market.inquiries import selectors as inquiries
from bolanggu.market.orders import selectors as orders
from bolanggu.market.orders.models import Order as OrderRow
from bolanggu.market.settlement.models import PlanOrder
from bolanggu.market.warehousing import selectors as warehousing
from bolanggu.platform.lineage.models import EdgeRow
from bolanggu.trade.goods_facts import facts_of
from bolanggu.trade.papers.gathering.parties import party
from bolanggu.trade.papers.gathering.when import day
from bolanggu.trade.world.broker import broker_choice
from bolanggu.values.money import split


def orders_of(trade: str, goods: Sequence[Goods]) -> tuple[Order, ...]:
    """One a merchant, in the order of their numbers; one that was refused or cancelled has no goods, and no paper."""
    standing = {one.order for one in goods}
    deposits = dict(PlanOrder.objects.filter(plan__group=trade).values_list("order", "deposit_minor"))
    rows = (
        OrderRow.objects.filter(group__number=trade, number__in=standing).select_related("merchant").order_by("number")
    )
    return tuple(
        Order(
            number=row.number,
            merchant=party(row.merchant),
            currency=row.currency,
            amount_minor=row.amount_minor,
            deposit_minor=deposits.get(row.number, 0),
            placed_on=day(row.placed_at),
        )
        for row in rows
    )


def goods_of(trade: str) -> tuple[Goods, ...]:
    """Order lines in the order of the buyer's list."""
    lines = orders.lines(trade)
    facts = facts_of({line["product"] for line in lines})
    row_of = {row["number"]: row["row"] for row in inquiries.lines(trade)}
    declared = _declared([line["line"] for line in lines])
    made = []
    for index, line in enumerate(lines, 1):
        of = facts[line["product"]]
        made.append(
            Goods(
                line=line["line"],
                row=row_of.get(line["line"], index),
                order=line["order__number"],
                merchant=line["order__merchant__number"],
                code=line["product"],
                name_en=of.title_en,
                name_zh=of.title_zh,
                hs10=declared.get(line["line"]) or f"{of.hs6 or broker_choice(of.category)}0000",
                pieces=line["quantity"],
                unit_minor=line["unit_minor"],
                amount_minor=line["amount_minor"],
                currency=line["order__currency"],
                lead_days=of.lead_days,
                remarks=line["remarks"],
            )
        )
    return tuple(sorted(made, key=lambda goods: (goods.row, goods.line)))


def _declared(lines: list[str]) -> dict[str, str]:
    """Code under which each line is declared, for those that are."""
    rows = ItemSource.objects.filter(item__declaration__superseded=False)
    found: dict[str, str] = {}
    for start in range(0, len(lines), 900):
        found.update(rows.filter(line__in=lines[start : start + 900]).values_list("line", "hs10"))
    return found


def cartons_of(trade: str) -> tuple[Carton, ...]:
    """Cartons in the order of their numbers, each with what of each line lies in it and what that is worth."""
    rows = warehousing.cartons(trade)
    worth = _worth([row["sscc"] for row in rows])
    return tuple(sorted((_carton(row, worth) for row in rows), key=lambda one: (one.order, one.position, one.sscc)))


def _worth(ssccs: list[str]) -> dict[tuple[str, str], tuple[int, str]]:
    """(line, carton) → minor units and currency, from the edges that carried the value."""
    found: dict[tuple[str, str], tuple[int, str]] = {}
    for start in range(0, len(ssccs), 900):
        edges = EdgeRow.objects.filter(
            aspect="goods", from_kind="line", to_kind="carton", to_id__in=ssccs[start : start + 900]
        )
        for line, carton, minor, currency in edges.values_list("from_id", "to_id", "minor", "currency"):
            found[line, carton] = (found.get((line, carton), (0, currency))[0] + minor, currency)
    return found


def _carton(row: dict[str, Any], worth: dict[tuple[str, str], tuple[int, str]]) -> Carton:
    contents = row["contents"]
    gross = split(row["gross_g"], [content["net_g"] for content in contents])
    return Carton(
        sscc=row["sscc"],
        mark=row["mark"],
        article=row["article"],
        position=row["position"],
        of=row["of"],
        order=row["order"],
        box="",
        l_mm=row["l_mm"],
        w_mm=row["w_mm"],
        h_mm=row["h_mm"],
        gross_g=row["gross_g"],
        net_g=row["net_g"],
        contents=tuple(
            Content(
                content["line"],
                content["pieces"],
                content["net_g"],
                gross_g,
                *worth.get((content["line"], row["sscc"]), (0, "CNY")),
            )
            for content, gross_g in zip(contents, gross, strict=True)
        ),
        this_side_up=row["this_side_up"],
        fragile=row["fragile"],
        apart=row["apart"],
    )
