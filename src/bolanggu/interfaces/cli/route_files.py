"""What `route` reads beside the network: a journey that a user names, and what services were late before."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bolanggu.values.fault import Fault

if TYPE_CHECKING:
    from bolanggu.engines.routing.naming import NamedLeg
    from bolanggu.engines.routing.reliability import Delays


def read_named(file: Path) -> list[NamedLeg]:
    """Legs of a document ``{"legs": [{"from", "to"[, "service_id", "run", "depart"]}, …]}``; a printed journey fits.

    Raises
    ------
    Fault
        The leg and key that cannot be used.
    """
    from bolanggu.engines.routing.cells import minutes
    from bolanggu.engines.routing.naming import NamedLeg

    legs = []
    for row, leg in enumerate(_legs(file), 1):
        texts = {key: leg.get(key) for key in ("from", "to", "service_id", "run", "depart")}
        for key, value in texts.items():
            if not (isinstance(value, str) or (value is None and key not in {"from", "to"})):
                raise Fault(file.name, "is missing or no text", row=row, column=key)
        service = texts["service_id"]
        try:
            depart = minutes(str(texts["depart"])) if service and texts["depart"] else None
        except ValueError as why:
            raise Fault(file.name, str(why), row=row, column="depart") from None
        legs.append(NamedLeg(str(texts["from"]), str(texts["to"]), service, str(texts["run"] or ""), depart))
    return legs


def _legs(file: Path) -> list[dict[str, Any]]:
    try:
        document = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as why:
        raise Fault(file.name, f"is not readable as JSON: {why}") from None
    legs = document.get("legs") if isinstance(document, dict) else None
    if not isinstance(legs, list) or not all(isinstance(leg, dict) for leg in legs):
        raise Fault(file.name, 'needs a list of objects, "legs"')
    return legs


def read_delays(file: Path) -> Delays:
    """Lateness of services: CSV ``service_id,delay_h,count``; ``*`` is every other service, ``road`` the road legs.

    Raises
    ------
    Fault
        A missing column, or a delay or count that is no number; early ones are negative.
    """
    from bolanggu.engines.routing.reliability import ON_TIME, Delays, histogram
    from bolanggu.engines.routing.table import Table

    table = Table(file, ("service_id", "delay_h", "count"))
    delays, counts = table.read("delay_h", _number), table.read("count", _number)
    drawn: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row, (name, delay, count) in enumerate(zip(table.column("service_id"), delays, counts, strict=True)):
        if count <= 0:
            raise table.fault(row, "count", f'"{count:g}" is not a number above 0')
        drawn[name].append((delay * 60, count))
    shares = {name: histogram(*zip(*pairs, strict=True)) for name, pairs in drawn.items()}
    return Delays(shares, shares.pop("*", ON_TIME), shares.pop("road", ON_TIME))


def _number(text: str) -> float:
    value = float(text)
    if not abs(value) < 10_000:
        raise ValueError(f'"{text}" is not a number below 10000')
    return value
