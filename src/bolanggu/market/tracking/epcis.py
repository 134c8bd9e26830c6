"""EPCIS 2.0 in and out (GS1 EPCIS 2.0, JSON-LD): an event as happenings of its things, and a row as an event.

EPCIS tells what happened: its events are actual ones. A UN/LOCODE is written as a URI of the UN/CEFACT vocabulary, a
carton as its SSCC; what has no GS1 name gets a URN of this system.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bolanggu.engines.following.event_hash import CBV, event_hash
from bolanggu.engines.following.identity import HOME, canonical
from bolanggu.market.tracking.happening import Happening
from bolanggu.market.tracking.models import TrackingEvent
from bolanggu.values.code import is_sscc
from bolanggu.values.evidence import Tense
from bolanggu.values.fault import Fault

CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
TYPES = ("ObjectEvent", "AggregationEvent", "TransactionEvent", "TransformationEvent", "AssociationEvent")
ACTIONS = ("ADD", "OBSERVE", "DELETE")
LOCODE = "https://vocabulary.uncefact.org/unlocode#"
OWN = "urn:bolanggu:"
#: Business steps (CBV 2.0) and the milestones that they are here.
STEPS = {
    "departing": "departed",
    "arriving": "arrived",
    "loading": "loaded",
    "unloading": "unloaded",
    "receiving": "received",
    "shipping": "shipped",
    "staging_outbound": "staged",
    "entering_exiting": "gate_in",
}
_WORDS = {milestone: step for step, milestone in STEPS.items()}


def happenings_of(event: Any, *, name: str = "event", row: int | None = None) -> list[Happening]:
    """One event as happenings, one a thing.

    Raises
    ------
    Fault
        A field that is missing or cannot be read, or an `eventID` that is a hash of other facts.
    """
    if not isinstance(event, dict):
        raise Fault(name, "is not an object", row=row)
    try:
        return _read(event)
    except _Wrong as wrong:
        raise Fault(name, wrong.message, row=row, column=wrong.field) from None


class _Wrong(ValueError):
    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


def _read(event: dict[str, Any]) -> list[Happening]:
    if event.get("type") not in TYPES:
        raise _Wrong("type", f"is none of {', '.join(TYPES)}")
    if event["type"] != "TransformationEvent" and event.get("action") not in ACTIONS:
        raise _Wrong("action", f"is none of {', '.join(ACTIONS)}")
    at = _time(event, "eventTime")
    things, place, trade = _things(event), _place(event), _trade(event)
    try:
        hashed = event_hash(event)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _Wrong("eventID", f"the event has no hash: {error!r}") from None
    stated = event.get("eventID", hashed)
    if not isinstance(stated, str) or len(stated) > 100:
        raise _Wrong("eventID", "is no name of at most 100 signs")
    if stated.startswith("ni:///sha-256;") and stated != hashed:
        raise _Wrong("eventID", f"is the hash of other facts; these give {hashed}")
    step = str(event.get("bizStep", "observed")).rpartition("BizStep-")[2].rpartition(":")[2]
    facts = (STEPS.get(step, step)[:40], place, at)
    return [
        Happening(trade, kind, thing, Tense.ACTUAL, *facts, named=hashed, form=TrackingEvent.Form.EPCIS, body=event)
        for kind, thing in things
    ]


def _time(event: dict[str, Any], field: str) -> datetime:
    try:
        at = datetime.fromisoformat(event[field])
    except (KeyError, TypeError, ValueError):
        raise _Wrong(field, "is no ISO 8601 time") from None
    if at.tzinfo is None or not 1970 <= at.year < 3000:
        raise _Wrong(field, "has no zone, or a year that cannot be meant")
    return at


def _things(event: dict[str, Any]) -> list[tuple[str, str]]:
    names: list[Any] = []
    for field in ("epcList", "childEPCs", "inputEPCList", "outputEPCList"):
        found = event.get(field, [])
        if not isinstance(found, list):
            raise _Wrong(field, "is no list")
        names += found
    if "parentID" in event:
        names.append(event["parentID"])
    for field in ("quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList"):
        elements = event.get(field, [])
        if not isinstance(elements, list) or not all(isinstance(each, dict) for each in elements):
            raise _Wrong(field, "is no list of objects")
        names += [each.get("epcClass") for each in elements]
    if not names or not all(isinstance(each, str) and 0 < len(each) <= 100 for each in names):
        raise _Wrong("epcList", "the event names nothing, or something by more than 100 signs")
    return list(dict.fromkeys(thing_of(each) for each in names))


def thing_of(epc: str) -> tuple[str, str]:
    """Kind and name of a thing: an SSCC is a carton, a URN of ours what it says, all else ``epc``.

    >>> thing_of("urn:bolanggu:container:T1-B01")
    ('container', 'T1-B01')
    """
    link = canonical(epc)
    if link.startswith(f"{HOME}/00/"):
        return "carton", link.removeprefix(f"{HOME}/00/")
    if epc.startswith(OWN) and epc.count(":") >= 3:
        _, _, kind, thing = epc.split(":", 3)
        return kind[:16], thing
    return "epc", link


def epc_of(kind: str, thing: str) -> str:
    """The name of a thing in an event that goes out."""
    if is_sscc(thing):
        return f"{HOME}/00/{thing}"
    return thing if kind == "epc" else f"{OWN}{kind}:{thing}"


def _place(event: dict[str, Any]) -> str:
    place = event.get("readPoint") or event.get("bizLocation") or {}
    name = place.get("id", "") if isinstance(place, Mapping) else None
    if not isinstance(name, str) or len(name) > 100:
        raise _Wrong("readPoint", "has no id of at most 100 signs")
    return canonical(name.removeprefix(LOCODE))


def _trade(event: dict[str, Any]) -> str:
    pairs = event.get("bizTransactionList", [])
    if not isinstance(pairs, list) or not all(isinstance(pair, dict) for pair in pairs):
        raise _Wrong("bizTransactionList", "is no list of objects")
    names = [str(pair.get("bizTransaction", "")) for pair in pairs]
    return next((name.removeprefix(f"{OWN}trade:")[:32] for name in names if name.startswith(f"{OWN}trade:")), "")


def event_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """A stored row as an EPCIS event: as it came, or made from its facts."""
    if row["body"] is not None and row["form"] == TrackingEvent.Form.EPCIS:
        made = dict(row["body"])
    else:
        made = {
            "type": "ObjectEvent",
            "eventTime": row["happens_at"].isoformat(),
            "eventTimeZoneOffset": "+00:00",
            "action": "OBSERVE",
            "epcList": [epc_of(row["thing_kind"], row["thing"])],
            "bizStep": f"{CBV}BizStep-{_WORDS[row['milestone']]}"
            if row["milestone"] in _WORDS
            else f"{OWN}step:{row['milestone']}",
            "readPoint": {"id": f"{LOCODE}{row['place']}" if ":" not in row["place"] else row["place"]},
        }
        if row["trade"]:
            pair = {"type": f"{OWN}shipment", "bizTransaction": f"{OWN}trade:{row['trade']}"}
            made["bizTransactionList"] = [pair]
    return made | {"eventID": made.get("eventID") or event_hash(made), "recordTime": row["stated_at"].isoformat()}


def document_of(events: list[dict[str, Any]], at: datetime) -> dict[str, Any]:
    """An EPCIS query document."""
    return {
        "@context": [CONTEXT],
        "type": "EPCISQueryDocument",
        "schemaVersion": "2.0",
        "creationDate": at.isoformat(),
        "epcisBody": {"queryResults": {"queryName": "SimpleEventQuery", "resultsBody": {"eventList": events}}},
    }
