"""Cells (单元格) of the network files: text to exact minutes, hundredths and grams, or a ValueError."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
#: Figures above this are refused, so that sums over a journey stay exact in 64 bits.
LARGEST = 10**12

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::00(?:[.,]0+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)


def minutes(text: str) -> int:
    """Minutes since 1970-01-01T00:00Z of an ISO 8601 time; no zone means UTC.

    >>> minutes("1970-01-02T08:30+08:00"), minutes("1970-01-01T00:01:00")
    (1470, 1)

    Raises
    ------
    ValueError
        Not a time to the minute.
    """
    cell = text.strip()
    if not _TIME.fullmatch(cell):
        raise ValueError(f'"{text}" is not an ISO 8601 time to the minute; write 2026-03-20T14:30Z')
    try:
        moment = datetime.fromisoformat(cell)
        return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - EPOCH) // MINUTE
    except (ValueError, OverflowError):
        raise ValueError(f'"{text}" is no day or hour of the calendar; write 2026-03-20T14:30Z') from None


def moment(minute: int) -> datetime:
    """The UTC time of a count of minutes since 1970-01-01T00:00Z.

    >>> moment(1470).isoformat()
    '1970-01-02T00:30:00+00:00'
    """
    return EPOCH + minute * MINUTE


def stamp(minute: int) -> str:
    """A count of minutes as ISO 8601 in UTC, to the minute.

    >>> stamp(1470)
    '1970-01-02T00:30Z'
    """
    return f"{moment(minute):%Y-%m-%dT%H:%M}Z"


def number(text: str) -> Decimal:
    """A plain decimal ≥ 0, or ValueError.

    >>> number("12.50")
    Decimal('12.50')
    """
    cell = text.strip()
    if not _NUMBER.fullmatch(cell):
        raise ValueError(f'"{text}" is not a number; write digits and a point, such as 12.5')
    value = Decimal(cell)
    if value < 0:
        raise ValueError(f'"{text}" is negative; write 0 or more')
    if value > LARGEST:
        raise ValueError(f'"{text}" is too large to add up exactly; the most is {LARGEST}')
    return value


def hundredths(text: str) -> int:
    """A cost with at most two decimals, in hundredths.

    >>> hundredths("960.5")
    96050
    """
    value = number(text)
    if len(text.strip().partition(".")[2]) > 2:
        raise ValueError(f'"{text}" has more than two decimals')
    return int(value * 100)


def grams(text: str) -> int:
    """A mass in whole grams.

    >>> grams("1490000")
    1490000
    """
    value = number(text)
    if value != value.to_integral_value():
        raise ValueError(f'"{text}" is not a whole number of grams')
    return int(value)


def waiting(text: str) -> int:
    """Decimal hours as whole minutes, half a minute up.

    >>> waiting("2.5"), waiting("0.025"), waiting("0.008")
    (150, 2, 0)
    """
    return int((number(text) * 60).quantize(Decimal(1), ROUND_HALF_UP))


def driving(text: str) -> int:
    """Decimal hours of a road leg as whole minutes, at least one.

    >>> driving("3.25")
    195
    """
    result = waiting(text)
    if result < 1:
        raise ValueError(f'"{text}" hours give no whole minute; a road leg lasts at least one')
    return result


def position(text: str) -> int:
    """The number of a row within its run, from 1 on.

    >>> position("2")
    2
    """
    cell = text.strip()
    if not (cell.isascii() and cell.isdigit()) or int(cell) < 1 or len(cell) > 9:
        raise ValueError(f'"{text}" is not a whole number from 1 on')
    return int(cell)


def capacity(text: str) -> float:
    """Free TEU of a row; an empty cell is no limit.

    >>> capacity("82"), capacity("")
    (82.0, inf)
    """
    return float(number(text)) if text.strip() else float("inf")


def degrees(text: str, limit: int) -> float:
    """A latitude or longitude in WGS 84 degrees within ±``limit``; an empty cell is not a number (nan).

    >>> degrees("-3.67", 180)
    -3.67
    """
    cell = text.strip()
    if not cell:
        return float("nan")
    if not _NUMBER.fullmatch(cell) or abs(float(cell)) > limit:
        raise ValueError(f'"{text}" is not a number of degrees between -{limit} and {limit}')
    return float(cell)
