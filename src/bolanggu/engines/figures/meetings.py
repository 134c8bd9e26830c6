"""Meetings (会议日期): the year of a text that gives month and day only, from the dated meetings it names."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bolanggu.data import read_yaml


def year_after(text: str, month: int, day: int) -> int | None:
    """Year of the first ``month``-``day`` on or after the latest known meeting that ``text`` names.

    None if it names none, or if that day lies more than eleven months later: then another meeting would have been
    named. A text cannot quote a meeting before it was held.

    >>> year_after("学习党的二十届三中全会精神", 8, 15), year_after("", 8, 15)
    (2024, None)
    """
    listed: list[dict[str, Any]] = read_yaml("figures/meetings.yaml")
    held: list[date] = [row["day"] for row in listed if row["name"] in text and row.get("place", "") in text]
    if not held:
        return None
    latest = max(held)
    for year in (latest.year, latest.year + 1):
        try:
            said = date(year, month, day)
        except ValueError:
            continue
        if latest <= said:
            return year if said - latest <= timedelta(days=335) else None
    return None
