"""The draft declaration (报关单草单): the fields of the filling specification, from a checked consignment.

The same draft comes from a file in the form ``bolanggu-1039/1`` and from a stored declaration. What the consignment
does not know (voyage, ports, declarant, marks) comes in as `Particulars`; what nobody knows stays blank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from bolanggu.lexicon.tariff_units import tariff_unit
from bolanggu.market.customs.code_lists import LEGAL_UNITS
from bolanggu.market.customs.consignment import Buyer, Consignment, usd_text
from bolanggu.market.customs.filling_spec import FORMAT
from bolanggu.market.customs.merging import Item

_FOB, _CARTON, _GENERAL_LEVY, _TAXED, _SEA = "3", "22", "101", "1", "2"
_UNKNOWN_BENEFIT = "2"
_KG = "035"


@dataclass(frozen=True, slots=True)
class Box:
    """A real container: its ISO 6346 number, the code of its type in the customs table, whether it is shared."""

    number: str
    type: str
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the consignment does not say. Codes are those of the customs tables; blank where unknown.

    ``specifications`` gives the declaration elements (申报要素) by ten-digit code, after brand type and benefit.
    """

    consignee_name: str = ""
    transport_mode: str = _SEA
    seller_name: str = ""
    contract_no: str = ""
    trade_country: str = ""
    destination_port: str = ""
    departure_port: str = ""
    package_kind: str = _CARTON
    terms: str = _FOB
    freight: str = ""
    insurance: str = ""
    marks: str = "N/M"
    agent_uscc: str = ""
    agent_name: str = ""
    source_district: str = ""
    platform: str = ""
    overseas_warehouse: str = ""
    documents: str = ""
    boxes: Sequence[Box] = ()
    specifications: Mapping[str, str] | None = None


def draft_declaration(consignment: Consignment, items: Sequence[Item], particulars: Particulars) -> dict[str, Any]:
    """Fill in a draft: format, mode, header, items, containers; every value text, unknown ones left out.

    Values are USD; a weight is rounded half up to two decimals, a price to four. The total of the items is the value of
    the consignment to the cent.
    """
    return {
        "format": FORMAT,
        "mode": consignment.heading.trade_mode or "",
        "header": _stated(_header(consignment, particulars)),
        "items": [_stated(_item(place, item, consignment, particulars)) for place, item in enumerate(items, 1)],
        "containers": [_stated(_box(box, items, consignment, len(particulars.boxes))) for box in particulars.boxes],
    }


def _stated(fields: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}


def _header(consignment: Consignment, more: Particulars) -> dict[str, str | None]:
    heading, operator = consignment.heading, consignment.operator
    nets = [line.net_kg for line in consignment.lines]
    net = None if None in nets else sum((kg for kg in nets if kg is not None), Fraction(0))
    buyer = consignment.buyer
    return {
        "consignor_uscc": heading.consignor_uscc,
        "consignor_name": operator.name if operator else None,
        "custom_master": heading.custom_master,
        "exit_port": heading.exit_port,
        "declared_on": heading.day.isoformat(),
        "consignee_name": more.consignee_name or (buyer.name if buyer else None),
        "vessel": heading.vessel,
        "bl_no": heading.bl_no,
        "trade_mode": heading.trade_mode,
        "levy_nature": _GENERAL_LEVY,
        "seller_name": more.seller_name or (operator.name if operator else None),
        "trade_country": more.trade_country or heading.destination,
        "arrival_country": heading.destination,
        "packages": None if heading.packages is None else str(heading.packages),
        "gross_kg": decimal(heading.gross_kg, 2),
        "net_kg": decimal(net, 2),
        "remarks": remarks(buyer) if heading.trade_mode == "1039" else None,
        **{name: getattr(more, name) for name in _OWN},
    }


_OWN = (
    "transport_mode",
    "contract_no",
    "destination_port",
    "departure_port",
    "package_kind",
    "terms",
    "freight",
    "insurance",
    "marks",
    "agent_uscc",
    "agent_name",
    "platform",
    "overseas_warehouse",
    "documents",
)


def remarks(buyer: Buyer | None) -> str | None:
    """Word the buyer's identity for the remarks (GACC Announcement No. 54 of 2014, article 5).

    >>> remarks(Buyer("Sample Buyer", "ESP", "PASSPORT", "P1", verified=True))
    '采购商:Sample Buyer;国籍:ESP;护照号:P1'
    """
    if buyer is None or not (buyer.name and buyer.nationality and buyer.id_no):
        return None
    paper = "护照号" if buyer.id_type == "PASSPORT" else "身份证件号"
    return f"采购商:{buyer.name};国籍:{buyer.nationality};{paper}:{buyer.id_no}"


def _item(place: int, item: Item, consignment: Consignment, more: Particulars) -> dict[str, str | None]:
    leading = max((line for line in item.lines if line.hs10 == item.hs), key=lambda line: line.value_cents)
    qty, unit = (item.qty, item.unit) if item.qty is not None else (item.net_kg, _KG)
    first_qty, first_unit = _legal(item)
    elements = (more.specifications or {}).get(item.hs, leading.name_zh or "")
    return {
        "position": str(place),
        "hs10": item.hs,
        "name_zh": leading.name_zh,
        "specification": f"{leading.brand_type or 0}|{_UNKNOWN_BENEFIT}|{elements}",
        "qty": decimal(qty, 5),
        "unit": unit,
        "first_qty": decimal(first_qty, 5),
        "first_unit": first_unit,
        "second_qty": decimal(item.net_kg, 5) if first_unit != _KG else None,
        "second_unit": _KG if first_unit != _KG and item.net_kg is not None else None,
        "price": decimal(Fraction(item.value_cents, 100) / qty, 4) if qty else None,
        "total": usd_text(item.value_cents),
        "currency": "USD",
        "origin": "CHN",
        "destination": consignment.heading.destination,
        "source_district": more.source_district,
        "duty_mode": _TAXED,
    }


def _legal(item: Item) -> tuple[Fraction | None, str]:
    """First legal quantity and unit: pieces where the tariff counts them and the deal does too, else kilograms."""
    unit = LEGAL_UNITS[tariff_unit(item.hs[:6])]
    if unit == item.unit and item.qty is not None:
        return item.qty, unit
    return item.net_kg, _KG


def _box(box: Box, items: Sequence[Item], consignment: Consignment, boxes: int) -> dict[str, str | None]:
    """A container of the draft; with one container it holds all items and the whole weight."""
    return {
        "number": box.number,
        "type": box.type,
        "items": ",".join(str(place) for place in range(1, len(items) + 1)),
        "lcl": "1" if box.shared else "0",
        "gross_kg": decimal(consignment.heading.gross_kg, 2) if boxes == 1 else None,
    }


def decimal(value: Fraction | None, places: int) -> str | None:
    """Write a value half up with at most so many decimals; one below the last place keeps the last place.

    >>> decimal(Fraction(2, 3), 2), decimal(Fraction(5), 2), decimal(Fraction(1, 1000), 2)
    ('0.67', '5', '0.01')
    """
    if value is None:
        return None
    scale = 10**places
    units = max((2 * value.numerator * scale + value.denominator) // (2 * value.denominator), int(value > 0))
    whole, part = divmod(units, scale)
    return f"{whole}.{part:0{places}d}".rstrip("0").rstrip(".")
