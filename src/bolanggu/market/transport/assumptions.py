"""Freight assumptions (运价与时效假设): the named figures that plans are made with, read in one place."""

from __future__ import annotations

from typing import Any

from bolanggu.data import city, read_yaml


def freight() -> dict[str, Any]:
    """All assumptions on speeds, frequencies and prices."""
    return dict(read_yaml("assumptions/freight.yaml"))


def assumed(name: str) -> Any:
    """One assumption by its dotted name.

    >>> assumed("sea.knots")
    16
    """
    entry: Any = freight()
    for part in name.split("."):
        entry = entry[part]
    return entry["value"] if isinstance(entry, dict) and "value" in entry else entry


def lines() -> dict[str, Any]:
    """The city's own lines: shuttle, rail and air, each with the stated figure that plans use."""
    return dict(read_yaml(str(city("yiwu") / "network" / "lines.yaml")))
