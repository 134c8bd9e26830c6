"""UBL 2.3 (OASIS): elements in the schema's order, and the parts that several documents share.

Only elements that UBL 2.1 had already are used. Minor versions of UBL 2 keep every earlier document valid, so that the
files are valid against the schemas of 2.1, 2.2 and 2.3 alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from lxml.etree import _Element as Element  # type: ignore[import-untyped]

from bolanggu.market.documents.facts import Box, Facts, Leg, Party
from bolanggu.values.money import Money

VERSION = "2.3"
_ROOT = "urn:oasis:names:specification:ubl:schema:xsd:{}-2"
CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
#: UN/ECE recommendation 19 modes of transport
_MODES = {"sea": "1", "rail": "2", "road": "3", "air": "4"}
#: ISO 6346 size and type codes of the dry containers of this trade
_SIZES = {"20GP": "22G1", "40GP": "42G1", "40HC": "45G1", "45HC": "L5G1"}


def document(name: str, number: str, day: str, **first: str) -> Element:
    """The root of a document with version, number and day; ``first`` are elements that follow the day."""
    space = _ROOT.format(name)
    root = etree.Element(f"{{{space}}}{name}", nsmap={None: space, "cac": CAC, "cbc": CBC})
    put(root, "UBLVersionID", VERSION)
    put(root, "ID", number)
    put(root, "IssueDate", day)
    for name_, text in first.items():
        put(root, name_, text)
    return root


def written(root: Element) -> bytes:
    """The document as a file."""
    made: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return made


def put(parent: Element, name: str, value: Any, **attributes: str) -> Element:
    """Add a basic element."""
    made = etree.SubElement(parent, f"{{{CBC}}}{name}", attributes)
    made.text = clean(str(value))
    return made


def part(parent: Element, name: str) -> Element:
    """Add an aggregate element."""
    return etree.SubElement(parent, f"{{{CAC}}}{name}")


def clean(text: str) -> str:
    """Text without the control characters that XML 1.0 cannot hold."""
    return "".join(c for c in text if c in "\t\n" or (ord(c) >= 0x20 and ord(c) not in {0xFFFE, 0xFFFF}))


def amount(parent: Element, name: str, minor: int, currency: str) -> None:
    """Add an amount of money."""
    put(parent, name, f"{Money(currency, minor).decimal():f}", currencyID=currency)


def mass(parent: Element, name: str, grams: int) -> None:
    """Add a mass in kg to the gram."""
    put(parent, name, f"{grams // 1000}.{grams % 1000:03d}", unitCode="KGM")


def volume(parent: Element, name: str, cubic_mm: int) -> None:
    """Add a volume in m³ to the mm³."""
    put(parent, name, f"{cubic_mm // 10**9}.{cubic_mm % 10**9:09d}", unitCode="MTQ")


def count(parent: Element, name: str, pieces: int, unit: str = "C62") -> None:
    """Add a quantity: pieces (C62), cartons (CT) or packages (PK) of UN/ECE recommendations 20 and 21."""
    put(parent, name, pieces, unitCode=unit)


def party(parent: Element, name: str, of: Party, *, wrapped: bool = False) -> None:
    """Add a party; ``wrapped`` where the role holds a party inside."""
    made = part(parent, name)
    inner = part(made, "Party") if wrapped else made
    put(part(inner, "PartyIdentification"), "ID", of.number)
    put(part(inner, "PartyName"), "Name", of.name_en or of.name_zh)
    address = part(part(inner, "PostalAddress"), "Country")
    put(address, "IdentificationCode", of.country)
    if of.uscc or of.name_zh:
        legal = part(inner, "PartyLegalEntity")
        put(legal, "RegistrationName", of.name_zh or of.name_en)
        if of.uscc:
            put(legal, "CompanyID", of.uscc, schemeName="USCC")


def item(parent: Element, name_en: str, name_zh: str, code: str, hs10: str) -> None:
    """Add an item with its names, article code, origin and commodity code."""
    made = part(parent, "Item")
    if name_zh and name_en:
        put(made, "Description", name_zh, languageID="zh")
    put(made, "Name", name_en or name_zh)
    if code:
        put(part(made, "SellersItemIdentification"), "ID", code)
    put(part(made, "OriginCountry"), "IdentificationCode", "CN")
    put(part(made, "CommodityClassification"), "ItemClassificationCode", hs10, listID="HS")


def equipment(parent: Element, name: str, box: Box) -> None:
    """Add a container with its size, this trade's mass in it, tare and seal."""
    made = part(parent, name)
    put(made, "ID", box.number)
    put(made, "SizeTypeCode", _SIZES[box.type])
    put(made, "FullnessIndicationCode", "5" if box.service == "FCL" else "4")
    mass(made, "GrossWeightMeasure", box.gross_g)
    mass(made, "TareWeightMeasure", box.tare_g)
    put(part(made, "TransportEquipmentSeal"), "ID", box.seal)


def handling_units(parent: Element, boxes: Iterable[Box], mark: str) -> None:
    """Add the packages of a trade in each container as a transport handling unit."""
    for box in boxes:
        unit = part(parent, "TransportHandlingUnit")
        put(unit, "ID", box.plan)
        count(unit, "TotalPackageQuantity", box.cartons, "CT")
        put(unit, "ShippingMarks", mark)
        equipment(unit, "TransportEquipment", box)


def stage(parent: Element, name: str, leg: Leg, number: int, vessel: str = "") -> None:
    """Add a ride: mode, voyage, places and planned days."""
    made = part(parent, name)
    put(made, "ID", number)
    put(made, "TransportModeCode", _MODES[leg.mode])
    if vessel:
        put(part(made, "TransportMeans"), "JourneyID", vessel)
    for end, code, place in (
        ("LoadingPortLocation", leg.origin, leg.origin_name),
        ("UnloadingPortLocation", leg.destination, leg.destination_name),
    ):
        location = part(made, end)
        put(location, "ID", code)
        put(location, "Name", place)


def shipment(parent: Element, facts: Facts, *, value_cents: int | None) -> Element:
    """Add a shipment with the figures that all papers agree on; its inner parts follow."""
    made = part(parent, "Shipment")
    loaded = facts.loaded
    put(made, "ID", facts.shipment or facts.trade)
    mass(made, "GrossWeightMeasure", sum(carton.gross_g for carton in loaded))
    mass(made, "NetWeightMeasure", sum(carton.net_g for carton in loaded))
    volume(made, "GrossVolumeMeasure", sum(carton.cubic_mm for carton in loaded))
    count(made, "TotalGoodsItemQuantity", sum(c.pieces for carton in loaded for c in carton.contents))
    count(made, "TotalTransportHandlingUnitQuantity", len(loaded), "CT")
    if value_cents is not None:
        amount(made, "FreeOnBoardValueAmount", value_cents, "USD")
    return made


def value_of(facts: Facts) -> int | None:
    """Declared USD cents of the trade's part; None before it is declared."""
    return sum(source.value_cents for source in facts.sources) if facts.declarations else None
