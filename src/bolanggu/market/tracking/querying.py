"""Queries (查询) of events: parameters of the EPCIS simple event query, and a few of our own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from bolanggu.engines.following.identity import canonical
from bolanggu.market.tracking.epcis import LOCODE, STEPS, thing_of
from bolanggu.market.tracking.models import TrackingEvent
from bolanggu.values.evidence import Tense
from bolanggu.values.fault import Fault

#: What a query may ask; values are texts, or lists of texts where several may match.
KEYS = ("GE_eventTime", "LT_eventTime", "GE_recordTime", "EQ_bizStep", "MATCH_epc", "EQ_readPoint", "EQ_tense", "trade")


def check(query: Mapping[str, Any]) -> dict[str, Any]:
    """The query in one form: times as texts, all else as lists.

    Raises
    ------
    Fault
        A key or value that cannot be used.
    """
    checked: dict[str, Any] = {}
    for key, value in query.items():
        if key not in KEYS:
            raise Fault("query", f"is not known; there are {', '.join(KEYS)}", column=key)
        if key.endswith("Time"):
            checked[key] = _time(key, value).isoformat()
            continue
        values = value if isinstance(value, list) else [value]
        if not values or not all(isinstance(each, str) and 0 < len(each) <= 150 for each in values):
            raise Fault("query", "needs a text, or texts", column=key)
        if key == "EQ_tense" and not set(values) <= set(Tense):
            raise Fault("query", "is none of PLN, EST, ACT", column=key)
        checked[key] = values
    return checked


def _time(key: str, value: Any) -> datetime:
    try:
        at = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise Fault("query", "is no ISO 8601 time", column=key) from None
    if at.tzinfo is None:
        raise Fault("query", "has no zone", column=key)
    return at


def matching(query: Mapping[str, Any]) -> QuerySet[TrackingEvent]:
    """Events that a checked query asks for, in order of capture; without ``EQ_tense`` only actual ones."""
    rows = TrackingEvent.objects.filter(market=1, tense__in=query.get("EQ_tense", [Tense.ACTUAL.value]))
    for key, lookup in (("GE_eventTime", "happens_at__gte"), ("LT_eventTime", "happens_at__lt")):
        if key in query:
            rows = rows.filter(**{lookup: datetime.fromisoformat(query[key])})
    if "GE_recordTime" in query:
        rows = rows.filter(stated_at__gte=datetime.fromisoformat(query["GE_recordTime"]))
    if "EQ_bizStep" in query:
        words = [step.rpartition("BizStep-")[2].rpartition(":")[2] for step in query["EQ_bizStep"]]
        rows = rows.filter(milestone__in=[STEPS.get(word, word) for word in words])
    if "MATCH_epc" in query:
        rows = rows.filter(thing__in=[thing_of(epc)[1] for epc in query["MATCH_epc"]])
    if "EQ_readPoint" in query:
        rows = rows.filter(place__in=[canonical(place.removeprefix(LOCODE)) for place in query["EQ_readPoint"]])
    if "trade" in query:
        rows = rows.filter(trade__in=query["trade"])
    return rows.order_by("position")
