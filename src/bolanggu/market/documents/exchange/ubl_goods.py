"""UBL PackingList and DespatchAdvice (装箱单、发货通知): what lies in which container, by order line."""

from __future__ import annotations

from lxml.etree import _Element as Element  # type: ignore[import-untyped]

from bolanggu.market.documents.exchange import ubl
from bolanggu.market.documents.facts import Box, Facts, Goods
from bolanggu.market.documents.papers import Paper
from bolanggu.market.documents.papers.parts import Loads
from bolanggu.market.documents.setting import Issue


def packing_list(paper: Paper, issue: Issue) -> bytes:
    """The packing list: containers with their goods items."""
    facts, sheet = paper.facts, paper.sheet
    root = ubl.document("PackingList", sheet.number, sheet.day, Name=sheet.title.en, Note=f"version {issue.version}")
    ubl.party(root, "ConsignorParty", facts.roles.operator)
    ubl.party(root, "CarrierParty", facts.roles.carrier)
    ubl.party(root, "FreightForwarderParty", facts.roles.forwarder)
    shipment = ubl.shipment(root, facts, value_cents=ubl.value_of(facts))
    for box in facts.boxes:
        _goods_in(shipment, facts, box)
    if facts.booking:
        for number, leg in enumerate(facts.booking.legs, 1):
            ubl.stage(shipment, "ShipmentStage", leg, number)
    ubl.handling_units(shipment, facts.boxes, facts.mark)
    return ubl.written(root)


def _goods_in(shipment: Element, facts: Facts, box: Box) -> None:
    loads = _loads(facts, box)
    for goods in loads.goods:
        made = ubl.part(shipment, "GoodsItem")
        ubl.put(made, "ID", goods.line)
        _measures(made, goods, loads)
        ubl.item(made, goods.name_en, goods.name_zh, goods.code, goods.hs10)
        container = ubl.part(made, "GoodsItemContainer")
        ubl.put(container, "ID", box.number)
        ubl.count(container, "Quantity", loads.cartons[goods.line], "CT")


def _measures(made: Element, goods: Goods, loads: Loads) -> None:
    line = goods.line
    ubl.mass(made, "GrossWeightMeasure", loads.gross[line])
    ubl.mass(made, "NetWeightMeasure", loads.net[line])
    ubl.volume(made, "GrossVolumeMeasure", loads.volume[line])
    ubl.count(made, "Quantity", loads.pieces[line])


def _loads(facts: Facts, box: Box) -> Loads:
    return Loads(facts, [carton for carton in facts.loaded if carton.box == box.plan])


def despatch_advice(paper: Paper, issue: Issue) -> bytes:
    """The despatch advice to the buyer: pieces delivered by order line, and the containers they left in."""
    facts, sheet = paper.facts, paper.sheet
    loads = Loads(facts, facts.loaded)
    note = f"version {issue.version}"
    root = ubl.document("DespatchAdvice", f"{sheet.number}-DA", sheet.day, DespatchAdviceTypeCode="351", Note=note)
    ubl.put(root, "LineCountNumeric", len(loads.goods))
    ubl.put(ubl.part(root, "OrderReference"), "ID", facts.trade)
    ubl.party(root, "DespatchSupplierParty", facts.roles.agent, wrapped=True)
    ubl.party(root, "DeliveryCustomerParty", facts.roles.consignee, wrapped=True)
    shipment = ubl.shipment(root, facts, value_cents=ubl.value_of(facts))
    ubl.handling_units(shipment, facts.boxes, facts.mark)
    for goods in loads.goods:
        line = ubl.part(root, "DespatchLine")
        ubl.put(line, "ID", goods.row)
        ubl.count(line, "DeliveredQuantity", loads.pieces[goods.line])
        ubl.put(ubl.part(line, "OrderLineReference"), "LineID", goods.line)
        ubl.item(line, goods.name_en, goods.name_zh, goods.code, goods.hs10)
    return ubl.written(root)
