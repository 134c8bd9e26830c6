"""DCSA Track & Trace 3.0 in and out: transport and equipment events with classifier PLN, EST or ACT.

Version 3.0 parts an event in ``metadata`` and ``payload``; events of 2.2, which has both in one object, are read too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bolanggu.market.tracking.happening import Happening
from bolanggu.market.tracking.models import TrackingEvent
from bolanggu.platform.journal.chain import canonical
from bolanggu.values.evidence import Tense
from bolanggu.values.fault import Fault

#: Codes of transport and equipment events, and the milestones that they are here.
CODES = {
    "DEPA": "departed",
    "ARRI": "arrived",
    "LOAD": "loaded",
    "DISC": "unloaded",
    "GTIN": "gate_in",
    "GTOT": "gate_out",
    "STUF": "stuffed",
    "STRP": "stripped",
    "PICK": "picked_up",
    "DROP": "dropped_off",
}
_CODES = {milestone: code for code, milestone in CODES.items()}
_TYPE_FIELDS = {"TRANSPORT": "transportEventTypeCode", "EQUIPMENT": "equipmentEventTypeCode"}


def happening_of(event: Any, *, row: int | None = None) -> Happening:
    """One event.

    Raises
    ------
    Fault
        A field that is missing or cannot be read.
    """
    facts, kept = _facts(event, row)
    kind = facts.get("eventType")
    if kind not in _TYPE_FIELDS:
        raise Fault("event", f"is none of {', '.join(_TYPE_FIELDS)}", row=row, column="eventType")
    code = facts.get(_TYPE_FIELDS[kind])
    if code not in CODES:
        raise Fault("event", f"is none of {', '.join(CODES)}", row=row, column=_TYPE_FIELDS[kind])
    if facts.get("eventClassifierCode") not in set(Tense):
        raise Fault("event", "is none of PLN, EST, ACT", row=row, column="eventClassifierCode")
    thing = facts.get("equipmentReference") or _reference(facts, "BKG")
    if not isinstance(thing, str) or not 0 < len(thing) <= 100:
        raise Fault("event", "is missing, and so is a booking (BKG)", row=row, column="equipmentReference")
    call = facts.get("transportCall")
    place = _place(facts, call if isinstance(call, Mapping) else {}, row)
    return Happening(
        _reference(facts, "CR", "FF", "SI")[:32],
        "equipment" if facts.get("equipmentReference") else "booking",
        thing,
        Tense(facts["eventClassifierCode"]),
        CODES[code],
        place,
        _time(facts, row),
        named=f"ni:///sha-256;{hashlib.sha256(canonical(facts).encode()).hexdigest()}",
        form=TrackingEvent.Form.DCSA,
        body=kept,
    )


def _facts(event: Any, row: int | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """The facts of an event without its name and record, and the event as it came."""
    if not isinstance(event, dict):
        raise Fault("event", "is not an object", row=row)
    payload = event.get("payload", event)
    if not isinstance(payload, dict):
        raise Fault("event", "is not an object", row=row, column="payload")
    left_out = {"eventID", "eventCreatedDateTime", "metadata"}
    return {key: value for key, value in payload.items() if key not in left_out}, event


def _time(facts: Mapping[str, Any], row: int | None) -> datetime:
    try:
        at = datetime.fromisoformat(facts["eventDateTime"])
    except (KeyError, TypeError, ValueError):
        raise Fault("event", "is no ISO 8601 time", row=row, column="eventDateTime") from None
    if at.tzinfo is None or not 1970 <= at.year < 3000:
        raise Fault("event", "has no zone, or a year that cannot be meant", row=row, column="eventDateTime")
    return at


def _place(facts: Mapping[str, Any], call: Mapping[str, Any], row: int | None) -> str:
    location = facts.get("eventLocation") or call.get("location") or call
    code = location.get("UNLocationCode", "") if isinstance(location, Mapping) else ""
    if not isinstance(code, str) or len(code) > 100:
        raise Fault("event", "is no code", row=row, column="UNLocationCode")
    return code


def _reference(facts: Mapping[str, Any], *kinds: str) -> str:
    """The first reference of one of these kinds (booking, customer's own), or an empty text."""
    for field, kind, value in (
        ("documentReferences", "documentReferenceType", "documentReferenceValue"),
        ("references", "referenceType", "referenceValue"),
    ):
        pairs = facts.get(field)
        for pair in pairs if isinstance(pairs, list) else ():
            if isinstance(pair, Mapping) and pair.get(kind) in kinds:
                return str(pair.get(value, ""))
    return ""


def event_of(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """A stored row in the form of 3.0, as it came or made from its facts; None for milestones that DCSA has not."""
    if row["body"] is not None and row["form"] == TrackingEvent.Form.DCSA:
        return dict(row["body"])
    code = _CODES.get(row["milestone"])
    if code is None:
        return None
    kind = "TRANSPORT" if code in {"DEPA", "ARRI"} else "EQUIPMENT"
    payload = {
        "eventType": kind,
        _TYPE_FIELDS[kind]: code,
        "eventClassifierCode": row["tense"],
        "eventDateTime": row["happens_at"].isoformat(),
        "transportCall": {"UNLocationCode": row["place"]},
        "equipmentReference": row["thing"],
    }
    if row["trade"]:
        payload["references"] = [{"referenceType": "CR", "referenceValue": row["trade"]}]
    return {"metadata": {"eventID": row["event_id"], "eventCreatedDateTime": row["stated_at"].isoformat()}} | {
        "payload": payload
    }
