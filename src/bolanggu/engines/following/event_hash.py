"""Event hash (事件哈希): the EPCIS event's name made of its own facts, after CBV 2.0, section 8.9.2.

Two systems that state the same event give it the same name, whatever the order of fields, the form of identifiers,
the zone of times, or when it was recorded. `eventID`, `recordTime` and `errorDeclaration` do not take part.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bolanggu.engines.following.identity import canonical

CBV = "https://ref.gs1.org/cbv/"
_LISTS = {"epcList": "epc", "childEPCs": "epc", "inputEPCList": "epc", "outputEPCList": "epc"}
_QUANTITIES = ("epcClass", "quantity", "uom")
_QUANTITY_LISTS = ("quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList")
_PAIRS = {"bizTransactionList": "bizTransaction", "sourceList": "source", "destinationList": "destination"}
#: Fields in the order in which they are written; lists of pairs and extensions follow, in order of their text.
ORDER = (
    "eventTime", "eventTimeZoneOffset", "certificationInfo", "parentID", "epcList", "inputEPCList", "childEPCs",
    "quantityList", "childQuantityList", "inputQuantityList", "outputEPCList", "outputQuantityList", "action",
    "transformationID", "bizStep", "disposition", "persistentDisposition", "readPoint", "bizLocation",
    "sensorElementList",
)  # fmt: skip
_SENSOR = (
    "time", "startTime", "endTime", "type", "exception", "deviceID", "deviceMetadata", "rawData",
    "dataProcessingMethod", "bizRules", "microorganism", "chemicalSubstance", "value", "component", "stringValue",
    "booleanValue", "hexBinaryValue", "uriValue", "minValue", "maxValue", "meanValue", "sDev", "percRank", "percValue",
    "uom", "coordinateReferenceSystem",
)  # fmt: skip
_REPORT = ("type", "exception", "deviceID", "deviceMetadata", "rawData", "dataProcessingMethod", "time", *_SENSOR[10:])
_LEFT_OUT = {"type", "eventID", "recordTime", "errorDeclaration", "@context", "isA"}
_WORDS = {
    "bizStep": ("BizStep", "bizstep"),
    "disposition": ("Disp", "disp"),
    "set": ("Disp", "disp"),
    "unset": ("Disp", "disp"),
    "bizTransactionList": ("BTT", "btt"),
    "sourceList": ("SDT", "sdt"),
    "destinationList": ("SDT", "sdt"),
}


def event_hash(event: Mapping[str, Any]) -> str:
    """The name of an EPCIS 2.0 event in JSON form (RFC 6920).

    >>> event_hash({"type": "ObjectEvent", "eventTime": "2026-03-20T14:30:00+08:00", "eventTimeZoneOffset": "+08:00",
    ...     "action": "OBSERVE", "epcList": ["urn:epc:id:sscc:4012345.0111111111"], "bizStep": "departing"})[:24]
    'ni:///sha-256;396c8f634c'
    """
    return f"ni:///sha-256;{hashlib.sha256(pre_hash(event).encode()).hexdigest()}?ver=CBV2.0"


def pre_hash(event: Mapping[str, Any]) -> str:
    """The text that is hashed."""
    parts = [f"eventType={event['type']}", *(_field(key, event[key]) for key in ORDER if key in event)]
    others = {key: value for key, value in event.items() if key not in {*ORDER, *_LEFT_OUT}}
    more = sorted(_field(key, value) if key in _PAIRS else _free(key, value) for key, value in others.items())
    return "".join([*parts, *more])


def _field(key: str, value: Any) -> str:  # noqa: PLR0911 -- one for each kind of field
    if key in _LISTS:
        return _listed(key, [f"{_LISTS[key]}={_plain(item)}" for item in value])
    if key in _QUANTITY_LISTS:
        return _listed(key, ["quantityElement" + _ordered(item, _QUANTITIES) for item in value])
    if key in _PAIRS:
        return _listed(key, [_pair(key, item) for item in value])
    if key in {"readPoint", "bizLocation"}:
        return key + _ordered(value, ("id",))
    if key == "persistentDisposition":
        return key + "".join(
            "".join(sorted(f"{part}={_word(part, each)}" for each in _many(value[part])))
            for part in ("set", "unset")
            if part in value
        )
    if key == "sensorElementList":
        return _listed(key, [_sensor(item) for item in value])
    if "ime" in key and "Offset" not in key:
        return f"{key}={moment(str(value))}"
    return f"{key}={_word(key, value)}" if value != "" else ""


def _pair(key: str, item: Mapping[str, Any]) -> str:
    name = _PAIRS[key]
    kind = f"type={_word(key, item['type'])}" if "type" in item else ""
    return f"{kind}{name}={_plain(item[name])}"


def _sensor(item: Mapping[str, Any]) -> str:
    meta = _ordered(item["sensorMetadata"], _SENSOR) if "sensorMetadata" in item else ""
    reports = sorted("sensorReport" + _ordered(report, _REPORT) for report in item.get("sensorReport", ()))
    return "sensorElement" + (f"sensorMetadata{meta}" if meta else "") + "".join(reports)


def _ordered(item: Mapping[str, Any], order: Sequence[str]) -> str:
    """Known fields in order, then extensions."""
    known = [_field_of(name, item[name]) for name in order if name in item]
    return "".join([*known, *sorted(_free(name, item[name]) for name in item if name not in order)])


def _field_of(name: str, value: Any) -> str:
    return f"{name}={moment(str(value)) if name in {'time', 'startTime', 'endTime'} else _plain(value)}"


def _free(key: str, value: Any) -> str:
    """An extension: name and value, or name and what is inside, in order of the text."""
    if isinstance(value, Mapping):
        return key + "".join(sorted(_free(name, inner) for name, inner in value.items()))
    if isinstance(value, list):
        return "".join(sorted(_free(key, item) for item in value))
    return f"{key}={_plain(value)}"


def _listed(key: str, texts: list[str]) -> str:
    return key + "".join(sorted(texts)) if texts else ""


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _word(key: str, value: Any) -> str:
    """A word of the Core Business Vocabulary in its web form, whether bare, URN or web."""
    text = str(value)
    if key in _WORDS:
        web, urn = _WORDS[key]
        text = text.removeprefix(f"urn:epcglobal:cbv:{urn}:").removeprefix(f"{CBV}{web}-")
        return f"{CBV}{web}-{text}" if ":" not in text else text
    return _plain(value)


def _plain(value: Any) -> str:
    """A value: numbers without needless signs, identifiers in canonical form."""
    text = str(value).strip()
    try:
        number = float(text)
    except ValueError:
        return canonical(text)
    return str(int(number)) if number == int(number) else str(number)


def moment(text: str) -> str:
    """A time in UTC to the millisecond; no zone means UTC.

    >>> moment("2026-03-20T14:30:00+08:00")
    '2026-03-20T06:30:00.000Z'
    """
    at = datetime.fromisoformat(text)
    at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"
