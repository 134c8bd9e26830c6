"""Reading fields (读取字段) of a JSON document: each fault names the file and the path of the field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from bolanggu.values.fault import Fault

_DIGITS = 40
_DECIMAL = re.compile(r"[-+]?\d{1,40}(\.\d{1,40})?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Fields:
    """An object of the document with its path; an absent field is None, a field of the wrong type is a fault."""

    file: str
    path: str
    data: Mapping[str, Any]
    row: int | None = None

    def fault(self, name: str, message: str) -> Fault:
        """Make the fault of one field."""
        return Fault(self.file, message, row=self.row, column=f"{self.path}.{name}" if self.path else name)

    def sub(self, name: str) -> Fields | None:
        """Read an object, or None."""
        value = self.data.get(name)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            raise self.fault(name, "is not an object")
        return Fields(self.file, f"{self.path}.{name}" if self.path else name, value, self.row)

    def many(self, name: str) -> list[Fields]:
        """Read a list of objects; absent is empty."""
        value = self.data.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.fault(name, "is not a list")
        path = f"{self.path}.{name}" if self.path else name
        for i, entry in enumerate(value):
            if not isinstance(entry, Mapping):
                raise self.fault(f"{name}[{i}]", "is not an object")
        return [Fields(self.file, f"{path}[{i}]", entry, self.row) for i, entry in enumerate(value)]

    def text(self, name: str) -> str | None:
        """Read text without outer blanks; an empty one counts as absent."""
        value = self.data.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise self.fault(name, f"{value!r} is not text")
        return str(value).strip() or None

    def texts(self, name: str) -> tuple[str, ...]:
        """Read a list of texts; absent is empty."""
        value = self.data.get(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(type(part) in (str, int) for part in value):
            raise self.fault(name, "is not a list of texts")
        return tuple(str(part).strip() for part in value)

    def flag(self, name: str) -> bool | None:
        """Read true or false."""
        value = self.data.get(name)
        if value is None or isinstance(value, bool):
            return value
        raise self.fault(name, f"{value!r} is not true or false")

    def number(self, name: str) -> Fraction | None:
        """Read a decimal string, or a JSON number."""
        value = self.data.get(name)
        if value is None:
            return None
        if isinstance(value, str) and _DECIMAL.fullmatch(value.strip()):
            return Fraction(value.strip())
        if type(value) in (int, Decimal) and Decimal(value).is_finite() and abs(Decimal(value).adjusted()) <= _DIGITS:
            return Fraction(value)
        raise self.fault(name, f"{value!r} is not a decimal; write digits and a point, such as 12.50")

    def whole(self, name: str) -> int | None:
        """Read a whole number."""
        value = self.number(name)
        if value is not None and value.denominator != 1:
            raise self.fault(name, f"{self.data[name]!r} is not a whole number")
        return None if value is None else int(value)

    def day(self, name: str) -> date | None:
        """Read a date; of an instant the local date that is written in it."""
        text = self.text(name)
        if text is None:
            return None
        if _DATE.fullmatch(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                raise self.fault(name, f'"{text}" is not a day of the calendar') from None
        if "T" in text:
            found = self.instant(name)
            return found.date() if found else None
        raise self.fault(name, f'"{text}" is not a date; write YYYY-MM-DD')

    def instant(self, name: str) -> datetime | None:
        """Read an ISO 8601 instant with its offset."""
        text = self.text(name)
        if text is None:
            return None
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            raise self.fault(name, f'"{text}" is not an instant with offset, such as 2026-05-31T10:00:00+08:00')
        return found
