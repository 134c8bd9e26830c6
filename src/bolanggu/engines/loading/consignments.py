"""Consignments as JSON (托运货物文件): the engine's own form, and the plans written back.

```json
{"format": "bolanggu-load/1",
 "container": "40HC",
 "offers": [{"container": "40HC", "cost_minor": 180000, "available": 3}],
 "profile": "sea",
 "cartons": [{"key": "A1", "length": 500, "width": 400, "height": 300, "quantity": 120, "grams": 12500,
              "upright": [false, false, true], "group": "booth 1024", "drop": 1, "value": 1.0,
              "max_load_above_g": 60000, "max_layers": 6, "top_only": false, "floor_only": false, "apart": "food"}]}
```
``container`` asks for one plan: a name, or ``{"length", "width", "height"}`` in mm with optional ``name``,
``door_width``, ``door_height``, ``payload_g``, ``tare_g``. ``reserved`` lists room that stays empty in every container:
``{"x", "y", "z", "dx", "dy", "dz"}`` with optional ``reason``. ``standing`` lists what is in already, in the order in
which it was loaded, as placements are written back: ``{"type", "x", "y", "z", "dx", "dy", "dz"}``; the rest is planned
round it, and ``cartons`` are those of the whole container as they are now. ``offers`` asks for the cheapest mix. Of a
carton only key, length, width, height and quantity are needed. ``margin_mm`` replaces the planning margin of named
containers.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from bolanggu.values.fault import Fault

from .containers import Profile, UnknownContainerError, container, profile
from .model import CartonType, ContainerType, Offer, Placement, Reserved

_WHOLE = ("length", "width", "height", "quantity", "grams", "drop", "max_load_above_g", "max_layers")
_NEEDED = ("key", "length", "width", "height", "quantity")
_FLAGS = ("top_only", "floor_only")
_TEXTS = ("key", "group", "apart")
_BOX = ("x", "y", "z", "dx", "dy", "dz")


@dataclass(frozen=True, slots=True)
class Consignment:
    """What a file asks for: cartons, one container or several offers, the route's profile, what stands already."""

    cartons: tuple[CartonType, ...]
    container: ContainerType | None
    offers: tuple[Offer, ...]
    profile: Profile
    standing: tuple[Placement, ...] = ()


def read_consignment(text: str, file: str) -> Consignment:
    """Read a ``bolanggu-load/1`` document.

    Raises
    ------
    Fault
        The text is no JSON, or a value is missing or out of range; row is the carton's place from 1, column its key.
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise Fault(file, f"is not JSON: {error.msg}", row=error.lineno, column=str(error.colno)) from None
    if not isinstance(data, dict) or not isinstance(data.get("cartons"), list):
        raise Fault(file, 'needs an object with a list "cartons"')
    if not data["cartons"]:
        raise Fault(file, "has no cartons", column="cartons")
    cartons = tuple(_carton(row, file, number) for number, row in enumerate(data["cartons"], 1))
    seen: dict[str, int] = {}
    for number, carton in enumerate(cartons, 1):
        if carton.key in seen:
            raise Fault(file, f"key {carton.key} stands in row {seen[carton.key]} already", row=number, column="key")
        seen[carton.key] = number
    offers = tuple(_offer(row, data, file, number) for number, row in enumerate(data.get("offers") or [], 1))
    box = None if offers else _container(data.get("container", "40HC"), data, file, None)
    standing = tuple(
        _standing(row, set(seen), file, number) for number, row in enumerate(data.get("standing") or [], 1)
    )
    if standing and offers:
        raise Fault(file, "cartons can stand in one container only; leave out offers", column="standing")
    return Consignment(cartons, box, offers, _profile(data, file), standing)


def _standing(row: Any, keys: set[str], file: str, number: int) -> Placement:
    if not isinstance(row, dict) or not set(_BOX) <= set(row) or "type" not in row:
        raise Fault(file, "a standing carton needs type, x, y, z, dx, dy, dz", row=number, column="standing")
    if str(row["type"]) not in keys:
        raise Fault(file, f"{row['type']} is not among the cartons", row=number, column="standing")
    return Placement(str(row["type"]), *_six(row, file, number))


def _reserved(data: Mapping[str, Any], file: str) -> tuple[Reserved, ...]:
    rows = data.get("reserved") or []
    if not isinstance(rows, list):
        raise Fault(file, "is a list of objects", column="reserved")
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict) or not set(_BOX) <= set(row):
            raise Fault(file, "reserved space needs x, y, z, dx, dy, dz", row=number, column="reserved")
    boxes = [(row, _six(row, file, number)) for number, row in enumerate(rows, 1)]
    return tuple(Reserved(*box, reason=str(row.get("reason", ""))) for row, box in boxes)


def _six(row: Mapping[str, Any], file: str, number: int) -> tuple[int, int, int, int, int, int]:
    x, y, z, dx, dy, dz = (_whole(row, name, file, number, 0) for name in _BOX)
    return x, y, z, dx, dy, dz


def _profile(data: Mapping[str, Any], file: str) -> Profile:
    try:
        return profile(str(data.get("profile", "sea")))
    except UnknownContainerError as unknown:
        raise Fault(file, str(unknown.args[0]), column="profile") from None


def _whole(row: Mapping[str, Any], name: str, file: str, number: int | None, least: int) -> int:
    value = row[name]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Fault(file, f"{value!r} is not a whole number", row=number, column=name)
    if not least <= value < 2**31:
        raise Fault(file, f"{value} must be at least {least} and below {2**31}", row=number, column=name)
    return value


def _container(named: Any, data: Mapping[str, Any], file: str, number: int | None) -> ContainerType:
    return replace(_bare(named, data, file, number), reserved=_reserved(data, file))


def _bare(named: Any, data: Mapping[str, Any], file: str, number: int | None) -> ContainerType:
    margin = _whole(data, "margin_mm", file, None, 0) if data.get("margin_mm") is not None else None
    if isinstance(named, str):
        try:
            return container(named, margin_mm=margin)
        except UnknownContainerError as unknown:
            raise Fault(file, str(unknown.args[0]), row=number, column="container") from None
    if not isinstance(named, dict):
        raise Fault(
            file, "a container is a name or an object with length, width, height", row=number, column="container"
        )
    for name in ("length", "width", "height"):
        if name not in named:
            raise Fault(file, f"the container lacks {name}", row=number, column="container")
    whole = {
        f.name: _whole(named, f.name, file, number, 0)
        for f in fields(ContainerType)
        if f.name in named and f.name not in ("name", "reserved")
    }
    if min(whole["length"], whole["width"], whole["height"]) < 1:
        raise Fault(file, "the container's edges must be at least 1 mm", row=number, column="container")
    facts: dict[str, Any] = dict(whole)
    return ContainerType(name=str(named.get("name", "own")), **facts)


def _offer(row: Any, data: Mapping[str, Any], file: str, number: int) -> Offer:
    if not isinstance(row, dict) or "cost_minor" not in row:
        raise Fault(file, "an offer needs container and cost_minor", row=number, column="offers")
    box = _container(row.get("container"), data, file, number)
    available = _whole(row, "available", file, number, 0) if row.get("available") is not None else None
    return Offer(box, _whole(row, "cost_minor", file, number, 1), available)


def _carton(row: Any, file: str, number: int) -> CartonType:
    if not isinstance(row, dict):
        raise Fault(file, "a carton is an object", row=number)
    for name in _NEEDED:
        if name not in row:
            raise Fault(file, "is missing", row=number, column=name)
    strange = set(row) - {f.name for f in fields(CartonType)}
    if strange:
        raise Fault(file, "is not known in this format", row=number, column=min(strange))
    return CartonType(**_facts(row, file, number))


def _facts(row: Mapping[str, Any], file: str, number: int) -> dict[str, Any]:
    facts: dict[str, Any] = {name: str(row[name]) for name in _TEXTS if name in row}
    for name in _WHOLE:
        if row.get(name) is not None:
            facts[name] = _whole(row, name, file, number, 1 if name in _NEEDED else 0)
    for name in _FLAGS:
        if name in row:
            if not isinstance(row[name], bool):
                raise Fault(file, f"{row[name]!r} is neither true nor false", row=number, column=name)
            facts[name] = row[name]
    if row.get("value") is not None:
        facts["value"] = _value(row["value"], file, number)
    if "upright" in row:
        facts["upright"] = _upright(row["upright"], file, number)
    return facts


def _value(value: Any, file: str, number: int) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e15:
        raise Fault(file, f"{value!r} is not a value of at least 0", row=number, column="value")
    return float(value)


def _upright(value: Any, file: str, number: int) -> tuple[bool, bool, bool]:
    if not isinstance(value, list) or len(value) != 3 or not all(isinstance(flag, bool) for flag in value):
        raise Fault(file, "needs three of true or false, for length, width, height", row=number, column="upright")
    if not any(value):
        raise Fault(file, "no edge may stand vertical; set one of the three to true", row=number, column="upright")
    return value[0], value[1], value[2]
