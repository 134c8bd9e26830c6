"""Sketch (方案存档): a planned journey as plain data, for rows, papers and maps."""

from __future__ import annotations

from typing import Any

from bolanggu.engines.routing.carbon import Line, Sheet
from bolanggu.market.transport.itinerary import Leg, Stage
from bolanggu.values.place import Position


def leg_data(leg: Leg) -> dict[str, Any]:
    """One leg; times ISO 8601 in UTC, figures per TEU, positions [lat, lon] in degrees."""
    return {
        "mode": leg.mode,
        "service": leg.service,
        **_end("from", leg.origin),
        **_end("to", leg.destination),
        "depart": leg.depart.isoformat(),
        "cutoff": leg.cutoff.isoformat(),
        "arrive": leg.arrive.isoformat(),
        "km": leg.km,
        "cost_minor": leg.cost.minor,
        "currency": leg.cost.currency,
        "co2e_g": leg.co2e_g,
        "basis": leg.basis.value,
        "way": [_point(at) for at in leg.way],
    }


def sheet_data(sheet: Sheet) -> dict[str, Any]:
    """The carbon sheet with each line's factor, so that it can be done again by hand."""
    return {"co2e_g": sheet.grams, "unknown": list(sheet.unknown), "lines": [_line(line) for line in sheet.lines]}


def _line(line: Line) -> dict[str, Any]:
    factor = line.factor
    return {
        "leg": line.leg,
        "grams": line.grams,
        "arithmetic": line.arithmetic,
        "factor": factor.id,
        "version": factor.version,
        "boundary": factor.boundary,
        "distance_basis": factor.distance_basis,
        "source": f"{factor.source}; {factor.place}" if factor.place else factor.source,
        "confidence": factor.confidence,
    }


def _end(name: str, at: Stage) -> dict[str, Any]:
    return {name: at.code, f"{name}_name": at.name, f"{name}_at": _point(at.position)}


def _point(at: Position) -> list[float]:
    return [round(at.lat, 4), round(at.lon, 4)]
