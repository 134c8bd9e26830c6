"""Export declaration in the words of the WCO Data Model 3 (世界海关组织数据模型): XML and JSON of the same structure.

Class and attribute names are those of the model (Declaration, GoodsShipment, Consignment, TransportEquipment,
GovernmentAgencyGoodsItem, Commodity …), as far as a Chinese export declaration has the fact; the WCO's own schemas are
sold and were not at hand, so the files are checked against a schema of ours (`data/schemas/wco_declaration.xsd`).
"""

from __future__ import annotations

import json
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from lxml.etree import _Element as Element  # type: ignore[import-untyped]

from bolanggu.market.documents.exchange.ubl import clean
from bolanggu.market.documents.facts import Declaration, Facts, Item
from bolanggu.market.documents.papers import Paper
from bolanggu.market.documents.papers.parts import numbered, part_of
from bolanggu.market.documents.setting import Issue

NAMESPACE = "urn:wco:datamodel:WCO:DEC-DMS:2"
_MODES = {"sea": "1", "rail": "2", "road": "3", "air": "4"}
_SIZES = {"20GP": "22G1", "40GP": "42G1", "40HC": "45G1", "45HC": "L5G1"}


def as_json(paper: Paper, issue: Issue) -> bytes:
    """The declaration as JSON."""
    document = {"format": "bolanggu-wco-declaration/1", "Declaration": _declaration(paper, issue)}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def as_xml(paper: Paper, issue: Issue) -> bytes:
    """The declaration as XML."""
    root = etree.Element(f"{{{NAMESPACE}}}Declaration", nsmap={None: NAMESPACE})
    _fill(root, _declaration(paper, issue))
    made: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return made


def _fill(parent: Element, content: dict[str, Any]) -> None:
    for name, value in content.items():
        for one in value if isinstance(value, list) else [value]:
            child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
            if isinstance(one, dict):
                _fill(child, one)
            else:
                child.text = clean(str(one))


def declared(paper: Paper) -> Declaration:
    """The declaration that a paper is the draft of."""
    facts = paper.facts
    numbers = {numbered(facts, "declaration_draft", part_of(facts, one.number)): one for one in facts.declarations}
    return numbers[paper.sheet.number]


def _declaration(paper: Paper, issue: Issue) -> dict[str, Any]:
    facts, one = paper.facts, declared(paper)
    roles = facts.roles
    return {
        "FunctionCode": "9",
        "FunctionalReferenceID": one.number,
        "ID": paper.sheet.number,
        "IssueDateTime": one.declared_on,
        "TypeCode": "EX",
        "VersionID": str(issue.version),
        "GoodsItemQuantity": len(one.items),
        "DeclarationOfficeID": one.custom_master,
        "TotalGrossMassMeasure": _kilograms(one.gross_g),
        "TotalPackageQuantity": one.packages,
        "InvoiceAmount": _dollars(one.value_cents),
        "Agent": {"Name": roles.broker.name_zh or roles.broker.name_en, "ID": roles.broker.number},
        "Exporter": {"Name": roles.operator.name_zh or roles.operator.name_en, "ID": roles.operator.uscc},
        "ExitOffice": {"ID": one.exit_port},
        "GoodsShipment": _shipment(facts, one),
    }


def _shipment(facts: Facts, one: Declaration) -> dict[str, Any]:
    buyer = facts.roles.buyer
    return {
        "GovernmentProcedureCode": one.mode,
        "Buyer": {
            "Name": buyer.name_en or buyer.name_zh,
            "ID": buyer.identity or buyer.number,
            "Country": one.destination,
        },
        "Consignee": {"Name": facts.roles.consignee.name_en or facts.roles.consignee.name_zh},
        "Consignment": _consignment(facts, one),
        "Destination": {"CountryCode": one.destination},
        "ExportCountry": {"ID": "CHN"},
        "TradeTerms": {"ConditionCode": facts.terms.incoterm, "LocationID": facts.terms.place},
        "GovernmentAgencyGoodsItem": [_item(item, one) for item in one.items],
    }


def _consignment(facts: Facts, one: Declaration) -> dict[str, Any]:
    main = facts.booking.main if facts.booking else None
    return {
        "TransportContractDocument": {"ID": one.bl_no, "TypeCode": "714"},
        "BorderTransportMeans": {"ID": one.vessel, "ModeCode": _MODES[main.mode] if main else ""},
        "LoadingLocation": {"ID": main.origin if main else ""},
        "UnloadingLocation": {"ID": main.destination if main else ""},
        "TransportEquipment": [
            {"ID": box.number, "CharacteristicCode": _SIZES[box.type], "Seal": {"ID": box.seal}}
            for box in facts.boxes
            if box.plan == one.box
        ],
    }


def _item(item: Item, one: Declaration) -> dict[str, Any]:
    return {
        "SequenceNumeric": item.position,
        "StatisticalValueAmount": _dollars(item.value_cents),
        "Commodity": {
            "Description": item.name_zh or item.name_en,
            "Classification": {"ID": item.hs10, "IdentificationTypeCode": "HS"},
            "GoodsMeasure": {"NetNetWeightMeasure": _kilograms(item.net_g), "TariffQuantity": item.pieces},
        },
        "Origin": {"CountryCode": "CHN"},
        "Destination": {"CountryCode": one.destination},
    }


def _kilograms(grams: int) -> str:
    return f"{grams // 1000}.{grams % 1000:03d}"


def _dollars(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"
