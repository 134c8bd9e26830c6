"""Days and times (日期) as papers write them: days by the market's clock, times in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

MARKET = ZoneInfo("Asia/Shanghai")


def day(at: datetime) -> str:
    """The day by the market's clock.

    >>> day(datetime(2026, 3, 1, 23, tzinfo=UTC))
    '2026-03-02'
    """
    return at.astimezone(MARKET).date().isoformat()


def instant(at: datetime) -> str:
    """A time in UTC.

    >>> instant(datetime(2026, 3, 1, 23, tzinfo=UTC))
    '2026-03-01T23:00:00+00:00'
    """
    return at.astimezone(UTC).isoformat()


def minute(at: datetime) -> str:
    """A time to the minute by the market's clock, with its offset.

    >>> minute(datetime(2026, 3, 1, 23, tzinfo=UTC))
    '2026-03-02 07:00 +0800'
    """
    return f"{at.astimezone(MARKET):%Y-%m-%d %H:%M %z}"
