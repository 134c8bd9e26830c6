"""Records (业务记录): how the city's own tables move an indicator, as declared in ``records.yaml``.

A declaration names a table, the time that puts a record into a period, what is counted or summed, and the number by
which a record can be found again; so every measured figure leads to its records.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import Count, QuerySet, Sum

from bolanggu.blueprint import city_facts
from bolanggu.blueprint.time_periods import span
from bolanggu.values.evidence import Source

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Declared:
    """One line of ``records.yaml``; see there for what the keys say."""

    indicator: str
    records: str
    at: str
    id: str
    source: str
    count: str = ""
    sum: str = ""
    distinct: str = ""
    currency: str = ""
    minor: int = 0
    thing: str = ""
    where: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measured:
    """What the records of a period say: the value in the indicator's unit, records counted, how many are simulated."""

    value: Decimal
    records: int
    simulated: int


def declared(city: str = "yiwu") -> dict[str, Declared]:
    """Indicator → its declaration."""
    return {code: Declared(indicator=code, **row) for code, row in city_facts.read(city, "records").items()}


def rows(one: Declared, period: str) -> QuerySet[Any]:
    """The records of a period, by the days of the city's own time zone."""
    days = span(period)
    assert days.end is not None
    first = datetime.combine(days.start, time.min, ZONE)
    last = datetime.combine(days.end, time.max, ZONE)
    table = apps.get_model(one.records)
    found: QuerySet[Any] = table._default_manager.filter(  # noqa: SLF001 - the manager of any table
        **one.where, **{f"{one.at}__gte": first, f"{one.at}__lte": last}
    )
    return found


def measured(one: Declared, period: str) -> Measured | None:
    """Measure a declared indicator; None where the period has no record at all."""
    found = rows(one, period)
    count = found.count()
    if not count:
        return None
    simulated = found.filter(**{one.source: Source.SIMULATED.value}).count()
    if one.sum:
        total = found.aggregate(total=Sum(one.sum))["total"] or 0
        return Measured(Decimal(total).scaleb(-one.minor), count, simulated)
    value = found.aggregate(n=Count(one.distinct, distinct=True))["n"] if one.distinct else count
    return Measured(Decimal(value), count, simulated)


def numbers(one: Declared, period: str, *, start: int = 0, most: int = 100) -> list[str]:
    """Numbers of the records of a period, a page of them."""
    listed = rows(one, period).order_by(one.id).values_list(one.id, flat=True)
    return [str(number) for number in (listed.distinct() if one.distinct else listed)[start : start + most]]


def months(one: Declared) -> Iterator[str]:
    """Months that have records, in order."""
    table = apps.get_model(one.records)
    found = table._default_manager.filter(**one.where).datetimes(one.at, "month", tzinfo=ZONE)  # noqa: SLF001
    yield from (f"{month:%Y-%m}" for month in found)
