"""Boxes (箱): loaded containers that have not left are opened when what is in them has to change."""

from __future__ import annotations

from collections.abc import Collection

from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.market.consolidation.services import withdraw_plans
from bolanggu.market.warehousing import selectors as warehousing
from bolanggu.market.warehousing.services import take_back
from bolanggu.trade.changes.scene import NotPossible, Stand


def open_boxes(stand: Stand, reason: str, *, lines: Collection[str] = ()) -> list[str]:
    """Withdraw the plans of the trade's shipments that have not left; loaded cartons go back to the warehouse.

    ``lines`` narrows to shipments that took cartons of these lines. Returns the shipments that were opened.

    Raises
    ------
    NotPossible
        Cartons of the lines have left already.
    """
    wanted = set(lines)
    cartons = {
        carton["sscc"]: carton
        for carton in warehousing.cartons(stand.number)
        if not wanted or wanted & {content["line"] for content in carton["contents"]}
    }
    opened = []
    for shipment in stand.shipments:
        inside = consolidation.taken(shipment) & set(cartons)
        if not inside:
            continue
        if "depart" in stand.shipments[shipment]:
            raise NotPossible(
                f"{len(inside)} cartons left with shipment {shipment}; claim for them once they have arrived"
            )
        loaded = withdraw_plans(by=stand.hand, at=stand.at, shipment=shipment, reason=reason)
        take_back(by=stand.hand, at=stand.at, ssccs=loaded, reason=reason)
        opened.append(shipment)
    return opened
