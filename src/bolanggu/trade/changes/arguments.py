"""Arguments of acts: from words (a form, a file) to what a deed takes, and to JSON data for the record."""

from __future__ import annotations

import inspect
import types
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal, Union, get_args, get_origin

from bolanggu.trade.changes.scene import NotPossible


class BadArgument(NotPossible):
    """An argument is missing, unknown, or not of its kind."""

    code = "bad_argument"


@dataclass(frozen=True, slots=True)
class Field:
    """One argument: its kind (``text``, ``whole``, ``date``, ``choice``, ``list``), choices, if it is required."""

    name: str
    kind: str
    required: bool
    default: Any
    choices: tuple[str, ...]
    says: str


def fields_of(signature: inspect.Signature, hints: Mapping[str, Any], words: str) -> tuple[Field, ...]:
    """The fields of a deed, its first parameter (the stand) left out; ``words`` is its docstring."""
    told = _told(words)
    made = []
    for parameter in list(signature.parameters.values())[1:]:
        kind, choices = _kind(hints[parameter.name])
        required = parameter.default is inspect.Parameter.empty
        default = None if required else parameter.default
        made.append(Field(parameter.name, kind, required, default, choices, told.get(parameter.name, "")))
    return tuple(made)


def _told(words: str) -> dict[str, str]:
    """What a numpydoc section ``Parameters`` says of each name."""
    _, _, section = words.partition("Parameters\n----------\n")
    told: dict[str, str] = {}
    names: list[str] = []
    for line in section.splitlines():
        if line.startswith(("Raises", "Returns", "---")):
            break
        if line and not line.startswith(" "):
            names = [name.strip() for name in line.split(",")]
        elif line.strip():
            for name in names:
                told[name] = f"{told.get(name, '')} {line.strip()}".strip()
    return told


def _kind(hint: Any) -> tuple[str, tuple[str, ...]]:
    if get_origin(hint) in {Union, types.UnionType}:
        hint = next(one for one in get_args(hint) if one is not type(None))
    if get_origin(hint) is Literal:
        return "choice", tuple(str(one) for one in get_args(hint))
    if get_origin(hint) is tuple:
        return "list", ()
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return "choice", tuple(hint)
    return {int: "whole", date: "date", str: "text"}[hint], ()


def read(fields: tuple[Field, ...], given: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments of a deed from a form or a file: text becomes whole numbers, days and lists where those are asked.

    Raises
    ------
    BadArgument
        One is missing, unknown or not of its kind; the message names it.
    """
    known = {field.name: field for field in fields}
    if unknown := sorted(set(given) - set(known)):
        raise BadArgument(f"{', '.join(unknown)} not known; this act takes {', '.join(known)}")
    found = {}
    for name, field in known.items():
        value = given.get(name)
        if value is None or value == "":
            if field.required:
                raise BadArgument(f"{name} is missing: {field.says or field.kind}")
            continue
        found[name] = _value(field, value)
    return found


def _value(field: Field, value: Any) -> Any:
    if field.kind == "choice":
        return _choice(field, value)
    try:
        return _READ[field.kind](value)
    except (TypeError, ValueError):
        raise BadArgument(f'{field.name}: "{value}" is not a {field.kind}; {_EXAMPLE[field.kind]}') from None


def _choice(field: Field, value: Any) -> str:
    if str(value) not in field.choices:
        raise BadArgument(f'{field.name}: "{value}" is none of {", ".join(field.choices)}')
    return str(value)


def _whole(value: Any) -> int:
    if isinstance(value, float) and not value.is_integer():
        raise ValueError(value)
    return int(value)


def _day(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _list(value: Any) -> tuple[str, ...]:
    parts = value.replace(",", " ").split() if isinstance(value, str) else value
    return tuple(str(part) for part in parts)


_READ: Mapping[str, Any] = {"text": str, "whole": _whole, "date": _day, "list": _list}
_EXAMPLE = {"text": "write words", "whole": "write 24", "date": "write 2026-03-31", "list": "write A B C"}


def as_data(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as JSON data: days and times as text, tuples as lists."""
    return {name: _datum(value) for name, value in facts.items()}


def _datum(value: Any) -> Any:
    if isinstance(value, Mapping):
        return as_data(value)
    if isinstance(value, (list, tuple)):
        return [_datum(one) for one in value]
    return value.isoformat() if isinstance(value, (date, datetime)) else value
