"""Writing a consignment (写出) as a document ``bolanggu-1039/1``: what `reading` reads back to the same consignment."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from bolanggu.engines.rules.facts import plain
from bolanggu.market.customs.consignment import (
    Application,
    Consignment,
    Filing,
    Line,
    ListEntry,
    Recognition,
    Supplier,
    usd_text,
)
from bolanggu.market.customs.reading import FORMAT


def write_consignment(consignment: Consignment) -> dict[str, Any]:
    """Write a document; amounts are in USD, so that no rate is needed to read it."""
    operator = consignment.operator
    day = consignment.heading.day
    return {
        "format": FORMAT,
        "declaration": _plain(asdict(consignment.heading)),
        "cluster": _plain(asdict(consignment.cluster)) if consignment.cluster else None,
        "operator": operator
        and {
            "name": operator.name,
            "uscc": operator.uscc,
            "mp_filing": _filing(operator.mp_filing),
            "customs_filing": _filing(operator.customs_filing),
        },
        "buyer": asdict(consignment.buyer) if consignment.buyer else None,
        "fx": {"month": f"{day:%Y-%m}", "per_usd": {}},
        "lines": [_line(line) for line in consignment.lines],
        "lists": {
            **{
                name: [_entry(entry) for entry in getattr(consignment.lists, name)]
                for name in ("prohibited", "restricted", "negative", "ciq", "export_duty")
            },
            "denied_parties": [{"name": name} for name in consignment.lists.denied_parties],
            "brand_words": list(consignment.lists.brand_words),
        },
        "history": [
            _plain({key: value for key, value in asdict(past).items() if key != "value_cents"})
            | {"value_usd": usd_text(past.value_cents)}
            for past in consignment.history
        ],
    }


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Decimals as strings, times in ISO form; tuples as lists."""
    return {name: _value(value) for name, value in values.items()}


def _value(value: Any) -> Any:
    if isinstance(value, Fraction):
        return plain(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _filing(filing: Filing | None) -> dict[str, Any] | None:
    return None if filing is None else {"no": filing.no, "from": _value(filing.start), "to": _value(filing.end)}


def _entry(entry: ListEntry) -> dict[str, Any]:
    row = {"hs": entry.prefix, "from": _value(entry.start), "to": _value(entry.end)}
    return row if entry.rate is None else row | {"rate": plain(entry.rate)}


def _line(line: Line) -> dict[str, Any]:
    return {
        "row": line.row,
        "hs10": line.hs10,
        "name_zh": line.name_zh,
        "name_en": line.name_en,
        "brand_type": line.brand_type,
        "category": line.category,
        "qty": plain(line.qty),
        "unit": line.unit,
        "net_kg": None if line.net_kg is None else plain(line.net_kg),
        "amount": usd_text(line.value_cents),
        "currency": "USD",
        "supplier": _supplier(line.supplier),
        "recognition": _recognition(line.recognition),
        "ciq_application": _application(line.ciq_application),
    }


def _supplier(supplier: Supplier | None) -> dict[str, Any] | None:
    if supplier is None:
        return None
    signed = {"no": supplier.agreement_no, "signed_at": _value(supplier.agreement_signed_on)}
    return {
        "id": supplier.id,
        "name": supplier.name,
        "cluster": supplier.cluster,
        "agreement": signed if supplier.agreement_no else None,
    }


def _recognition(recognition: Recognition | None) -> dict[str, Any] | None:
    if recognition is None:
        return None
    return {
        "status": recognition.status,
        "qty_left": _value(recognition.qty_left),
        "synced_at": _value(recognition.synced_at),
    }


def _application(application: Application | None) -> dict[str, Any] | None:
    return None if application is None else _plain(asdict(application))
