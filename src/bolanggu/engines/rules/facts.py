"""Facts (事实): typed values that rules read. Numbers are exact fractions, never floats; None is unknown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

TYPES = ("text", "number", "bool", "date", "instant", "texts")

#: A fact's value after reading; a tuple is the type ``texts``.
Value = str | Fraction | bool | date | datetime | tuple[str, ...]

_MOST_DIGITS = 60
_MILLION = 1_000_000
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class RuleFault(ValueError):
    """A rule, policy or fact that cannot be read; ``place`` is its path inside the document."""

    code = "rule_fault"

    def __init__(self, place: str, message: str) -> None:
        """Keep place and message apart, for tables of faults."""
        super().__init__(f"{place}: {message}")
        self.place = place
        self.message = message


def read(kind: str, value: Any, place: str) -> Value | None:
    """Read a JSON or YAML value as the fact type ``kind``; None stays None.

    Raises
    ------
    RuleFault
        The value is of another type.

    Examples
    --------
    >>> read("number", Decimal("0.10"), "facts.share")
    Fraction(1, 10)
    >>> read("date", "2026-02-30", "facts.day")
    Traceback (most recent call last):
    bolanggu.engines.rules.facts.RuleFault: facts.day: "2026-02-30" is not a date; write YYYY-MM-DD
    """
    if value is None:
        return None
    return _READERS[kind](value, place)


def _read_text(value: Any, place: str) -> str:
    if isinstance(value, str):
        return value
    raise RuleFault(place, f"{value!r} is not text")


def _read_bool(value: Any, place: str) -> bool:
    if isinstance(value, bool):
        return value
    raise RuleFault(place, f"{value!r} is not true or false")


def _read_number(value: Any, place: str) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | Fraction):
        raise RuleFault(place, f"{value!r} is not a number")
    if isinstance(value, int | Fraction):
        return Fraction(value)
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not exact.is_finite() or abs(exact.adjusted()) > _MOST_DIGITS:
        raise RuleFault(place, f"{value} is not a number of at most {_MOST_DIGITS} digits")
    return Fraction(exact)


def _read_date(value: Any, place: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise RuleFault(place, f'"{value}" is not a date; write YYYY-MM-DD')


def _read_instant(value: Any, place: str) -> datetime:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            value = None
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value
    raise RuleFault(place, "not an instant; write ISO 8601 with an offset, such as 2026-05-31T10:00:00+08:00")


def _read_texts(value: Any, place: str) -> tuple[str, ...]:
    if isinstance(value, list | tuple) and all(isinstance(part, str) for part in value):
        return tuple(value)
    raise RuleFault(place, f"{value!r} is not a list of texts")


_READERS: dict[str, Callable[[Any, str], Value]] = {
    "text": _read_text,
    "number": _read_number,
    "bool": _read_bool,
    "date": _read_date,
    "instant": _read_instant,
    "texts": _read_texts,
}


def read_types(declared: Any, place: str) -> dict[str, str]:
    """Read a table of fact declarations, name → type or {type, labels}, into name → type.

    >>> read_types({"revenue": {"type": "number", "zh": "营业收入"}}, "facts")
    {'revenue': 'number'}
    """
    if not isinstance(declared, Mapping):
        raise RuleFault(place, "not a table of facts, name → {type, …}")
    types = {}
    for name, entry in declared.items():
        kind = entry.get("type") if isinstance(entry, Mapping) else entry
        if kind not in TYPES:
            raise RuleFault(f"{place}.{name}", f"type {kind!r} is none of {', '.join(TYPES)}")
        types[str(name)] = str(kind)
    return types


def read_values(types: Mapping[str, str], stated: Any, place: str) -> dict[str, Value | None]:
    """Read stated facts by their declared types; an undeclared fact is refused."""
    if not isinstance(stated, Mapping):
        raise RuleFault(place, "not a table of facts, name → value")
    for name in stated:
        if name not in types:
            raise RuleFault(f"{place}.{name}", "this fact is not declared")
    return {str(name): read(types[name], value, f"{place}.{name}") for name, value in stated.items()}


def plain(value: Value | None) -> str:
    """A value as people write it: decimals where the fraction has them, dates in ISO form.

    >>> plain(Fraction(3, 20)), plain(Fraction(1, 3)), plain(None)
    ('0.15', '1/3', 'unknown')
    """
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        return _plain_number(value)
    if isinstance(value, tuple):
        return ", ".join(value)
    return value.isoformat() if isinstance(value, date) else value


def _plain_number(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    if _MILLION % value.denominator == 0:
        whole, part = divmod(abs(value.numerator) * (_MILLION // value.denominator), _MILLION)
        return f"{'-' if value < 0 else ''}{whole}.{part:06d}".rstrip("0")
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    digits = Context(prec=len(str(value.numerator)) + value.denominator.bit_length())
    return f"{digits.divide(Decimal(value.numerator), Decimal(value.denominator)):f}"
