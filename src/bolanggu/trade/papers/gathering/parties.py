"""Who is who on the papers (当事人), and the terms frozen on the order group."""

from __future__ import annotations

from collections.abc import Mapping

from bolanggu.market.documents.facts import Party, Roles, Terms
from bolanggu.market.orders import selectors as orders
from bolanggu.platform.parties import models
from bolanggu.trade.models import Trade
from bolanggu.trade.world.identities import passport


def party(row: models.Party, *, identity: str = "") -> Party:
    """A registered party as papers name it."""
    return Party(row.number, row.name_en, row.name_zh, row.country, row.uscc or "", identity)


def roles_of(trade: Trade, cast: Mapping[str, str]) -> Roles:
    """The parties of a trade by role; consignee and notify party as engaged.

    A simulated buyer has a simulated passport.
    """
    group = orders.group(trade.number)
    engaged = {name: group[f"engagement__{name}__number"] for name in ("consignee", "notify_party", "operator_1039")}
    wanted = {*cast.values(), *engaged.values(), trade.buyer.number}
    rows = {row.number: row for row in models.Party.objects.filter(number__in=wanted)}

    def named(number: str) -> Party:
        buyer = number == trade.buyer.number and trade.source == "simulated"
        return party(rows[number], identity=passport(number) if buyer else "")

    return Roles(
        buyer=named(trade.buyer.number),
        operator=named(engaged["operator_1039"]),
        consignee=named(engaged["consignee"]),
        notify=named(engaged["notify_party"]),
        **{role: named(cast[role]) for role in ("agent", "warehouse", "forwarder", "broker", "carrier")},
    )


def terms_of(number: str) -> Terms:
    """Terms and the buyer's commission, as frozen."""
    group = orders.group(number)
    return Terms(
        incoterm=group["terms__incoterm"],
        place=group["terms__place"],
        deposit_bp=group["terms__deposit_bp"],
        balance_trigger=group["terms__balance_trigger"],
        credit_days=group["terms__credit_days"],
        freight=group["terms__freight"],
        bill_of_lading=group["terms__bill_of_lading"],
        tax_included=group["terms__tax_included"],
        commission_buyer_bp=group["engagement__commission_buyer_bp"],
    )
