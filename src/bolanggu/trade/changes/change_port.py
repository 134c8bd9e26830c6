"""The buyer changes the port, or the terms."""

from __future__ import annotations

from typing import Any, Literal

from bolanggu.market.consolidation.services import change_pool
from bolanggu.market.orders import selectors as orders
from bolanggu.market.orders.services import change_terms as put_under_terms
from bolanggu.market.transport.places import find
from bolanggu.market.warehousing import selectors as warehousing
from bolanggu.market.warehousing.services import redirect
from bolanggu.platform import versions
from bolanggu.trade.changes.act import act
from bolanggu.trade.changes.boxes import open_boxes
from bolanggu.trade.changes.money_again import follow_orders, is_planned
from bolanggu.trade.changes.scene import NotPossible, Stand
from bolanggu.trade.shipping import pool_of

Incoterm = Literal["EXW", "FCA", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP"]
BillOfLading = Literal["original", "telex_release", "waybill"]


@act("order", "change", title="Change the port", zh="改港", touches=("port",))
def change_port(stand: Stand, *, destination: str, reason: str) -> dict[str, Any]:
    """The goods go to another port: labels, pool, booking, declaration and papers follow.

    Parameters
    ----------
    destination
        UN/LOCODE of the new destination.
    reason
        Why.
    """
    stand.need_not_departed("another port", "change the destination with the carrier, and the bill of lading with it")
    place = find(destination).code
    before = stand.trade.destination
    if place == before:
        raise NotPossible(f"trade {stand.number} goes to {place} already")
    if stand.shipments:
        open_boxes(stand, reason)
    versions.supersede(
        kind="trade", facts=[(stand.number, {"destination": before})], at=stand.at, by=stand.hand, reason=reason
    )
    stand.trade.destination = place
    stand.trade.save(update_fields=["destination"])
    cartons = warehousing.cartons(stand.number)
    if cartons:
        mark = cartons[0]["mark"].replace(before, place)
        redirect(by=stand.hand, at=stand.at, trade=stand.number, destination=place, mark=mark, reason=reason)
    return {"from": before, "to": place, "left": _other_pool(stand, reason)}


@act("order", "change", title="Change the terms", zh="改贸易条款", touches=("terms",))
def change_terms(
    stand: Stand,
    *,
    reason: str,
    incoterm: Incoterm | None = None,
    place: str | None = None,
    bill_of_lading: BillOfLading | None = None,
    freight: Literal["prepaid", "collect"] | None = None,
) -> dict[str, Any]:
    """The two sides agree on other terms: a new version stands, who bears which charge follows it.

    Parameters
    ----------
    reason
        Why.
    incoterm
        Rule of Incoterms 2020.
    place
        Named place, a UN/LOCODE where there is one.
    bill_of_lading
        How the bill of lading is released.
    freight
        Prepaid by the seller's side or collect from the buyer.
    """
    stand.need("order", "other terms", "nothing is agreed yet")
    stand.need_not_departed("other terms", "the charges are booked; agree on a refund instead")
    wished = {"incoterm": incoterm, "place": place, "bill_of_lading": bill_of_lading, "freight": freight}
    changed = {name: value for name, value in wished.items() if value}
    standing = orders.group(stand.number)
    if not any(standing[f"terms__{name}"] != value for name, value in changed.items()):
        raise NotPossible(f"trade {stand.number} stands under these terms already; say what is to be another")
    terms = put_under_terms(by=stand.hand, at=stand.at, group=stand.number, terms=changed, reason=reason)
    paid = follow_orders(stand, money="keep", reason=reason) if is_planned(stand.number) else {}
    facts = {"terms": terms.number, "changed": changed, **paid}
    if stand.shipments and set(changed) - {"bill_of_lading"}:
        return facts | {"left": _other_pool(stand, reason), "touches": ["terms", "port"]}
    _other_pool(stand, reason)
    return facts


def _other_pool(stand: Stand, reason: str) -> list[str]:
    """Put the cartons under the pool they belong to now; shared shipments are left, and go without them."""
    if stand.shipments:
        open_boxes(stand, reason)
    pool = pool_of(stand.trade)
    return change_pool(by=stand.hand, at=stand.at, trade=stand.number, pool=pool, reason=reason)
