"""Step 3, quote (报价): each merchant prices the lines found at her shop: ladder, least order, packs, mixed batch."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bolanggu.market.goods.models import Product
from bolanggu.market.goods.shop_pricing import ShopTerms, Wanted, sell_at_shop
from bolanggu.market.inquiries import selectors as inquiries
from bolanggu.market.inquiries.services import Match, QuotedLine, note_matches, quote
from bolanggu.trade.carriage import ask_for_space, too_large
from bolanggu.trade.goods_facts import facts_of
from bolanggu.trade.stages import Stage
from bolanggu.trade.world.assumptions import world

_FIELDS = ("code", "currency", "tiers", "moq", "order_multiple", "assumed", "shop_id", "shop__merchant_id")
_SHOP = ("shop__minimum_minor", "shop__mixed_batch_pieces", "shop__mixed_batch_minor")


@dataclass(frozen=True, slots=True)
class Offered:
    """Lines with their prices, and lines that cannot be had: their goods go into no container."""

    quoted: list[QuotedLine]
    declined: list[Match]


def prepare(stage: Stage) -> Offered:
    """Price all matched lines, shop by shop; ask whether the goods can be carried before anybody orders them."""
    priced = _priced(stage)
    goods = facts_of({line.product for line in priced})
    reasons = too_large(priced, goods)
    quoted = [line for line in priced if line.line not in reasons]
    ask_for_space(stage.trade, quoted, goods, stage.clock)
    lines = {line["number"]: line for line in inquiries.lines(stage.trade.number)} if reasons else {}
    declined = [Match(lines[line]["row"], "", None, why, lines[line]["candidates"]) for line, why in reasons.items()]
    return Offered(quoted, declined)


def _priced(stage: Stage) -> list[QuotedLine]:
    lines = [line for line in inquiries.lines(stage.trade.number) if line["state"] == "matched"]
    goods = _goods({line["product"] for line in lines})
    at_shop = defaultdict(list)
    for line in lines:
        product = goods[line["product"]]
        at_shop[product["shop_id"], product["currency"], _own_terms(product)].append((line, product))
    quoted = []
    for (_, currency, own), asked in sorted(at_shop.items(), key=lambda item: item[0]):
        quoted += _at_shop(asked, currency, own=own)
    return quoted


def _own_terms(product: dict[str, Any]) -> bool:
    """Goods that were merely assigned to a shop when they were imported do not come under that shop's terms."""
    return "shop" not in product["assumed"].split()


def act(stage: Stage, offered: Offered) -> tuple[datetime, dict[str, Any]]:
    """Send the quotes; lines whose goods cannot be carried are unmatched, with the reason."""
    quoted = offered.quoted
    if offered.declined:
        note_matches(by=stage.cast.world, at=stage.clock, number=stage.trade.number, matches=offered.declined)
    if not quoted:
        return stage.clock, {"quotes": 0, "lines": 0}
    sent = quote(
        by=stage.cast.world,
        at=stage.clock,
        inquiry=stage.trade.number,
        valid_until=stage.clock + timedelta(days=world("quote_valid_days")),
        lines=quoted,
    )
    return stage.clock, {"quotes": len(sent), "lines": len(quoted)}


def _goods(codes: set[str]) -> dict[str, dict[str, Any]]:
    wanted = sorted(codes)
    found = {}
    for start in range(0, len(wanted), 500):
        for row in Product.objects.filter(code__in=wanted[start : start + 500]).values(*_FIELDS, *_SHOP):
            found[row["code"]] = row
    return found


def _at_shop(asked: list[tuple[dict[str, Any], dict[str, Any]]], currency: str, *, own: bool) -> list[QuotedLine]:
    shop = asked[0][1]
    terms = (
        ShopTerms(shop["shop__minimum_minor"], shop["shop__mixed_batch_pieces"], shop["shop__mixed_batch_minor"])
        if own
        else ShopTerms()
    )
    wanted = [Wanted(line["quantity"], p["tiers"], p["moq"], p["order_multiple"]) for line, p in asked]
    sales = sell_at_shop(wanted, terms)
    return [
        QuotedLine(
            merchant=product["shop__merchant_id"],
            currency=currency,
            line=line["number"],
            product=product["code"],
            asked=sale.asked,
            sold=sale.sold,
            rung=product["tiers"][sale.rung][0],
            unit_minor=sale.unit_minor,
            remarks="; ".join(sale.remarks),
        )
        for (line, product), sale in zip(asked, sales, strict=True)
    ]
