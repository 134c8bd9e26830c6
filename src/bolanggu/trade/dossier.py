"""The dossier (交易档案): everything about one trade, read from the links. A projection, never a carrier."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.market.documents import selectors as documents
from bolanggu.market.inquiries import selectors as inquiries
from bolanggu.market.orders import selectors as orders
from bolanggu.market.settlement import selectors as settlement
from bolanggu.market.tracking import selectors as tracking
from bolanggu.market.transport import selectors as transport
from bolanggu.market.warehousing import selectors as warehousing
from bolanggu.platform.journal import selectors as journal
from bolanggu.trade.changes import selectors as changes
from bolanggu.trade.changes.claims_read import claims_of
from bolanggu.trade.declared import declarations_of
from bolanggu.trade.marks import marks_of
from bolanggu.trade.models import Mark, ShipmentStep, Trade
from bolanggu.values.money import Money
from bolanggu.values.quantity import cubic_metres

FORMAT = "bolanggu-dossier/1"


def dossier(trade: Trade, *, as_of: datetime | None = None) -> dict[str, Any]:
    """The dossier as JSON data, in the form of the command-line contract and more.

    ``as_of`` leaves out what was done later, by the time of the story: steps with boxes, declarations and ways that
    hang on them, transfers, and milestones. Facts that keep no time, such as sums due, are those of today.
    """
    marks = marks_of(trade, as_of=as_of)
    done = {mark.name: mark for mark in marks}
    number = trade.number
    paid = settlement.summary(number) if "deposit" in done and done["order"].facts["orders"] else None
    sequence, head = journal.last_of(number)
    asked, bought = inquiries.lines(number), orders.lines(number)
    left = consolidation.left(number)
    return {
        "format": FORMAT,
        "trade_id": number,
        "key": trade.key,
        "source": trade.source,
        "destination": trade.destination,
        "currency": trade.currency,
        "buyer": trade.buyer.number,
        "opened_at": trade.stated_at.isoformat(),
        "steps": [{"name": mark.name, **_shipment_of(mark, number), **mark.facts} for mark in marks],
        "lines": _lines(asked, bought, orders.closed(number), warehousing.cartons_by_line(number)),
        "orders": _orders(number, asked, bought),
        "agreement": _agreement(number) if bought else None,
        "containers": [_container(box) for box in consolidation.boxes(number)] if "book" in done else [],
        "leftover_cartons": len(left),
        "leftovers": left,
        "waiting_cartons": consolidation.still_waiting([number]).get(number, 0),
        "choices": [
            choice | {"stated_at": choice["stated_at"].isoformat()} for choice in consolidation.choices(number)
        ],
        "declarations": declarations_of(number) if "declare" in done else [],
        "routes": [route for mark in marks if mark.name == "book" for route in _routes(mark, marks)],
        "money": paid,
        "transfers": [each for each in settlement.transfers(number) if _then(each["at"], as_of)] if paid else [],
        "ledger": paid["ledger"] if paid else {"entries": 0, "sums": {}},
        "milestones": _milestones(number, as_of),
        "documents": documents.of_trade(number),
        "changes": changes.changes(number),
        "stale": changes.stale(number),
        "claims": claims_of(number),
        "faults": inquiries.inquiry(number)["faults"] if "read" in done else [],
        "journal": {"sequence": sequence, "head": head},
        "timings_ms": _timings(marks),
    }


def _shipment_of(mark: Mark, trade: str) -> dict[str, str]:
    """The shipment that took a step, where it is not the trade's own."""
    number = mark.shipment.number if isinstance(mark, ShipmentStep) else trade
    return {"shipment": number} if number != trade else {}


def _timings(marks: list[Mark]) -> dict[str, float]:
    spent: dict[str, float] = {}
    for mark in marks:
        spent[mark.name] = round(spent.get(mark.name, 0.0) + mark.milliseconds, 1)
    return spent


def _lines(
    asked: list[dict[str, Any]],
    bought: list[dict[str, Any]],
    closed: dict[str, str],
    cartons: dict[str, list[str]],
) -> list[dict[str, Any]]:
    """All rows of the list; a line whose order was refused or cancelled is unmatched again, with that reason."""
    ordered = {line["line"]: line for line in bought}
    rows = [
        row | {"state": "unmatched", "reason": closed[row["number"]]} if row["number"] in closed else row
        for row in asked
    ]
    return [_line(row, ordered.get(row["number"]), cartons) for row in rows]


def _line(row: dict[str, Any], bought: dict[str, Any] | None, cartons: dict[str, list[str]]) -> dict[str, Any]:
    line: dict[str, Any] = {
        "row": row["row"],
        "id": row["number"],
        "text": row["text"],
        "asked": row["quantity"],
        "status": "unmatched" if row["state"] in {"unmatched", "unreadable"} else row["state"],
        "reason": row["reason"],
        "score": row["score"],
        "candidates": row["candidates"],
    }
    if row["product"]:
        line["code"] = row["product"]
    if bought:
        money = {"currency": bought["order__currency"]}
        line |= {
            "status": "ordered",
            "code": bought["product"],
            "order": bought["order__number"],
            "merchant": bought["order__merchant__number"],
            "quantity": bought["quantity"],
            "cartons": len(cartons.get(row["number"], [])),
            "ssccs": cartons.get(row["number"], []),
            "unit_price": money | {"minor": bought["unit_minor"]},
            "amount": money | {"minor": bought["amount_minor"]},
            "reason": "; ".join(part for part in (row["reason"], bought["remarks"]) if part),
        }
    return line


def _orders(number: str, asked: list[dict[str, Any]], bought: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows: dict[str, list[int]] = {}
    row_of = {row["number"]: row["row"] for row in asked}
    for line in bought:
        rows.setdefault(line["order__number"], []).append(row_of[line["line"]])
    return [
        {
            "id": order["number"],
            "merchant": order["merchant__number"],
            "merchant_name": order["merchant__name_en"],
            "merchant_name_zh": order["merchant__name_zh"],
            "currency": order["currency"],
            "amount_minor": order["amount_minor"],
            "state": order["state"],
            "line_rows": sorted(rows[order["number"]]),
        }
        for order in orders.orders(number)
    ]


def _agreement(number: str) -> dict[str, Any]:
    """Terms and engagement as frozen on the order group."""
    group = orders.group(number)
    terms = {name.removeprefix("terms__"): value for name, value in group.items() if name.startswith("terms__")}
    parties = {
        name.removeprefix("engagement__").removesuffix("__number"): value
        for name, value in group.items()
        if name.startswith("engagement__")
    }
    return {"terms": terms, "engagement": parties, "rates": group["rates"]}


def _container(box: dict[str, Any]) -> dict[str, Any]:
    equipment = box["equipment"] or {}
    whole = sum(p[4] * p[5] * p[6] for p in box["plan__placements"])
    inner = whole / (box["plan__fill_percent"] / 100)
    return {
        "id": box["plan__number"],
        "number": equipment.get("number"),
        "seal": equipment.get("seal"),
        "owner": equipment.get("owner"),
        "type": box["plan__type"],
        "service": box["plan__service"],
        "fill_percent": round(100 * box["cubic_mm"] / inner, 4),
        "gross_kg": box["grams"] / 1000,
        "payload_kg": equipment.get("payload_g", 0) / 1000,
        "cartons": box["cartons"],
        "cbm": round(cubic_metres(box["cubic_mm"]), 6),
        "box_fill_percent": round(box["plan__fill_percent"], 4),
        "box_gross_kg": box["plan__gross_g"] / 1000,
        "box_cartons": box["plan__cartons"],
        "vgm_kg": equipment.get("vgm_g", 0) / 1000,
        "tare_kg": equipment.get("tare_g", 0) / 1000,
        "shipment": box["plan__shipment"],
        "cost": {"currency": box["currency"], "minor": box["cost_minor"]},
        "box_cost": {"currency": box["plan__currency"], "minor": box["plan__cost_minor"]},
        "plan_version": box["plan__version"],
        "stale": box["plan__stale"],
        "certificate": box["plan__certificate"],
    }


def _routes(booked: Mark, marks: list[Mark]) -> list[dict[str, Any]]:
    """The Pareto set of a shipment by arrival; ``cost`` and ``co2e_kg`` are of its cargo, per TEU stands beside.

    Once the boxes are loaded, every way is priced for what was really loaded. ``quotes`` are the offers that the
    service was chosen from: groupage by W/M, and full containers.
    """
    assert isinstance(booked, ShipmentStep)
    shipment = booked.shipment
    loaded = next(
        (m for m in marks if m.name == "load" and isinstance(m, ShipmentStep) and m.shipment_id == shipment.pk), None
    )
    priced = (loaded.facts.get("priced") if loaded else None) or booked.facts["priced"]
    return [
        _route(way, of, shipment.number) for way, of in zip(transport.journeys(shipment.number), priced, strict=True)
    ]


def _route(way: dict[str, Any], of: dict[str, Any], shipment: str) -> dict[str, Any]:
    offers = {name: of.get(f"{name.lower()}_minor") for name in ("LCL", "FCL")}
    return way | {
        "cost": float(Money(of["currency"], of["freight_minor"]).decimal()),
        "currency": of["currency"],
        "co2e_kg": of["co2e_g"] / 1000,
        "service": of["service"],
        "quotes": {
            name: float(Money(of["currency"], minor).decimal()) for name, minor in offers.items() if minor is not None
        },
        "shipment": shipment,
        "per": "shipment",
        "cost_per_teu": way["cost"],
        "co2e_kg_per_teu": way["co2e_kg"],
    }


def _then(at: datetime, as_of: datetime | None) -> bool:
    return as_of is None or at <= as_of


def _milestones(number: str, as_of: datetime | None) -> list[dict[str, Any]]:
    """Milestones of the trade, and of the boxes of its shipments; what is planned stands, whatever its day."""
    numbers = dict.fromkeys([number, *consolidation.shipments_of(number)])
    events = sorted(
        (
            event
            for each in numbers
            for event in tracking.milestones(each)
            if event["tense"] == "PLN" or _then(event["happens_at"], as_of)
        ),
        key=lambda event: event["happens_at"],
    )
    return [event | {"happens_at": event["happens_at"].isoformat()} for event in events]
