"""Charges (费用) of a shipment by trade: freight and origin charges, each shared so that the parts add up to the whole.

What a box costs is shared by the larger of volume and weight share (`consolidation.sharing`); a bill of lading over
the trades it covers, and a declaration by the value that each trade declares in it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.market.consolidation.sharing import weights
from bolanggu.market.settlement.assumptions import local_charges, origin_payer
from bolanggu.market.settlement.inputs import ChargeDue, GroupDue
from bolanggu.trade.declared import cents_by_trade
from bolanggu.trade.stages import ShippingStage
from bolanggu.values.money import split


@dataclass(frozen=True, slots=True)
class Borne:
    """What trades bear of a shipment: freight, and fen of each kind of origin charge, with whom it is owed to."""

    currency: str
    freight: Counter[str] = field(default_factory=Counter)
    local: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    payees: dict[str, str] = field(default_factory=dict)


def borne(stage: ShippingStage) -> Borne:
    """Share all charges of a loaded and declared shipment over its trades."""
    boxes = consolidation.boxes_of_shipment(stage.number)
    found = Borne(stage.facts["load"]["freight"]["currency"])
    tariff = partial(local_charges, prefix="", incoterm="FOB", payers={}, payees=_payees(stage))
    for box in boxes:
        for share in box["shares"]:
            found.freight[share["trade"]] += share["cost_minor"]
        if box["service"] == "FCL":
            due = tariff(boxes=[box["type"]], wm_milli=0, bills=0, declarations=0)
            _add(found, due, _measures([box]))
    groupage = [box for box in boxes if box["service"] == "LCL"]
    if groupage:
        _add(found, tariff(boxes=[], wm_milli=_wm_milli(groupage), bills=0, declarations=0), _measures(groupage))
    measures = _measures(boxes)
    for reference in stage.facts["declare"].get("references", []):
        covered = {trade: measures[trade] for trade in reference["trades"] if trade in measures}
        _add(found, tariff(boxes=[], wm_milli=0, bills=1, declarations=0), covered)
        for cents in cents_by_trade(reference["ref"]).values():
            _add_by(found, tariff(boxes=[], wm_milli=0, bills=0, declarations=1), dict(cents))
    return found


def charges_of(trade: str, group: GroupDue, stage: ShippingStage, found: Borne) -> list[ChargeDue]:
    """The charges of one trade in a shipment, to the side that bears them by the trade's terms."""
    prefix = trade if trade == stage.number else f"{trade}-{stage.number}"
    made = []
    if freight := found.freight[trade]:
        carrier = stage.cast.carrier.number
        made.append(ChargeDue(f"{prefix}-freight", "freight", "buyer", carrier, found.currency, freight))
    for kind, parts in found.local.items():
        if fen := parts[trade]:
            payer = origin_payer(group.terms.incoterm, kind, group.terms.charge_payers)
            made.append(ChargeDue(f"{prefix}-{kind}", kind, payer, found.payees[kind], "CNY", fen))
    return made


def _payees(stage: ShippingStage) -> dict[str, str]:
    roles = ("carrier", "forwarder", "broker")
    return {role: getattr(stage.cast, role).number for role in roles}


def _measures(boxes: Sequence[Mapping[str, Any]]) -> dict[str, tuple[int, int]]:
    """Volume and mass of each trade in boxes."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for box in boxes:
        for share in box["shares"]:
            sums[share["trade"]][0] += share["cubic_mm"]
            sums[share["trade"]][1] += share["grams"]
    return {trade: (volume, mass) for trade, (volume, mass) in sorted(sums.items())}


def _wm_milli(boxes: Sequence[Mapping[str, Any]]) -> int:
    """Thousandths of a weight-or-measure ton of what lies in groupage boxes."""
    return sum(
        max(sum(s["cubic_mm"] for s in box["shares"]) // 1_000_000, sum(s["grams"] for s in box["shares"]) // 1000)
        for box in boxes
    )


def _add(found: Borne, charges: Sequence[ChargeDue], measures: Mapping[str, tuple[int, int]]) -> None:
    _add_by(found, charges, dict(zip(measures, weights(list(measures.values())), strict=True)))


def _add_by(found: Borne, charges: Sequence[ChargeDue], by: Mapping[str, int]) -> None:
    for due in charges:
        found.payees[due.kind] = due.payee
        for trade, minor in zip(by, split(due.minor, list(by.values())), strict=True):
            found.local[due.kind][trade] += minor
