"""UBL BillOfLading (提单): the draft of the house bill of lading."""

from __future__ import annotations

from bolanggu.market.documents.exchange import ubl
from bolanggu.market.documents.papers import Paper
from bolanggu.market.documents.papers.booking_request import general_goods
from bolanggu.market.documents.setting import Issue


def bill_of_lading(paper: Paper, issue: Issue) -> bytes:
    """The bill as a draft: one consignment, its rides, its containers."""
    facts, sheet = paper.facts, paper.sheet
    roles, booking = facts.roles, facts.booking
    assert booking is not None
    number = facts.declarations[0].bl_no if facts.declarations else f"BL-{facts.shipment}"
    root = ubl.document("BillOfLading", number, sheet.day, Name=sheet.title.en, Note=f"version {issue.version}")
    ubl.put(root, "DocumentStatusCode", "draft")
    ubl.put(root, "ShippingOrderID", booking.number)
    ubl.put(root, "ToOrderIndicator", "false")
    ubl.party(root, "ConsignorParty", roles.operator)
    ubl.party(root, "CarrierParty", roles.carrier)
    ubl.party(root, "FreightForwarderParty", roles.forwarder)
    shipment = ubl.shipment(root, facts, value_cents=None)
    consignment = ubl.part(shipment, "Consignment")
    ubl.put(consignment, "ID", facts.trade)
    ubl.put(consignment, "SummaryDescription", general_goods(facts).en)
    ubl.mass(consignment, "GrossWeightMeasure", sum(box.gross_g for box in facts.boxes))
    ubl.volume(consignment, "GrossVolumeMeasure", sum(box.cubic_mm for box in facts.boxes))
    ubl.count(consignment, "TotalPackagesQuantity", sum(box.cartons for box in facts.boxes), "CT")
    ubl.party(consignment, "ConsigneeParty", roles.consignee)
    ubl.party(consignment, "NotifyParty", roles.notify)
    main = booking.main
    at = booking.legs.index(main)
    ubl.stage(consignment, "MainCarriageShipmentStage", main, at + 1, booking.vessel)
    for index, leg in enumerate(booking.legs[:at], 1):
        ubl.stage(consignment, "PreCarriageShipmentStage", leg, index)
    for index, leg in enumerate(booking.legs[at + 1 :], at + 2):
        ubl.stage(consignment, "OnCarriageShipmentStage", leg, index)
    ubl.handling_units(consignment, facts.boxes, facts.mark)
    return ubl.written(root)
