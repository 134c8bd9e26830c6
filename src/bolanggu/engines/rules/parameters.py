"""Parameters (参数): figures of a rule with their dates and sources. A rule is judged on its day, never on today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from bolanggu.engines.rules.facts import RuleFault, Value, plain, read


class NoValueOnDay(LookupError):
    """The parameter has no value on the day that was asked."""

    code = "no_value_on_day"


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One value of a parameter, both ends of its period included, with the text that sets it.

    ``status`` says how far the source was read: verified, partly, recalled, assumed.
    """

    name: str
    value: Value
    valid_from: date
    valid_to: date | None
    source: str
    article: str
    status: str = "verified"

    def as_dict(self) -> dict[str, str | None]:
        """The value with its provenance as JSON data."""
        return {
            "name": self.name,
            "value": plain(self.value),
            "valid_from": self.valid_from.isoformat(),
            "valid_to": self.valid_to.isoformat() if self.valid_to else None,
            "source": self.source,
            "article": self.article,
            "status": self.status,
        }


@dataclass(frozen=True, slots=True)
class Parameters:
    """All parameters of a rule book by name, each with its values in order of ``valid_from``."""

    values: Mapping[str, tuple[DatedValue, ...]]
    types: Mapping[str, str]

    def at(self, name: str, day: date) -> DatedValue:
        """The value of ``name`` in force on ``day``.

        Raises
        ------
        NoValueOnDay
            No value covers the day.
        """
        for dated in reversed(self.values[name]):
            if dated.valid_from <= day and (dated.valid_to is None or day <= dated.valid_to):
                return dated
        raise NoValueOnDay(f"parameter {name} has no value on {day.isoformat()}")


NONE = Parameters({}, {})


def read_parameters(document: Any, place: str = "parameters") -> Parameters:
    """Read name → {type, label, values: [{valid_from, valid_to?, value, source, article, status?}]}.

    Raises
    ------
    RuleFault
        A value without source or article, of the wrong type, or two values for one day.
    """
    values: dict[str, tuple[DatedValue, ...]] = {}
    types: dict[str, str] = {}
    for name, entry in document.items():
        types[name] = entry.get("type", "number")
        dated = [_read_dated(name, types[name], row, f"{place}.{name}[{i}]") for i, row in enumerate(entry["values"])]
        values[name] = tuple(sorted(dated, key=lambda value: value.valid_from))
        _refuse_overlap(values[name], f"{place}.{name}")
    return Parameters(values, types)


def _read_dated(name: str, kind: str, row: Mapping[str, Any], place: str) -> DatedValue:
    for key in ("value", "valid_from", "source", "article"):
        if row.get(key) in (None, ""):
            raise RuleFault(place, f"{key} is missing; every figure carries its date and source")
    value = read(kind, row["value"], place)
    start, end = read("date", row["valid_from"], place), read("date", row.get("valid_to"), place)
    assert value is not None
    assert isinstance(start, date)
    assert end is None or isinstance(end, date)
    return DatedValue(name, value, start, end, row["source"], row["article"], row.get("status", "verified"))


def _refuse_overlap(values: tuple[DatedValue, ...], place: str) -> None:
    for earlier, later in pairwise(values):
        if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
            raise RuleFault(place, f"two values on {later.valid_from.isoformat()}; close the earlier one")
