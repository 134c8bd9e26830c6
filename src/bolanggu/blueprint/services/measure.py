"""Measure (计量): take the declared indicators from the city's records. A value that changed is a further version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bolanggu.blueprint import records
from bolanggu.blueprint.models import Indicator, Observation
from bolanggu.blueprint.time_periods import last_day
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.values.evidence import Source


@requires("blueprint", "measure")
@transaction.atomic
def measure(*, by: Actor, at: datetime, periods: Sequence[str] = (), city: str = "yiwu") -> list[Observation]:
    """Measure every declared indicator for ``periods``, or for every month that has records, and that month's year.

    A period whose value stands as it was is left alone. A value that rests on a simulated record is marked
    ``simulated``; one of a period that is not over is provisional (P).
    """
    indicators = {indicator.code: indicator for indicator in Indicator.objects.all()}
    made = []
    for code, one in records.declared(city).items():
        if code in indicators:
            for period in periods or _with_years(list(records.months(one))):
                fresh = _observe(indicators[code], one, period, at)
                made += [fresh] if fresh else []
    if made:
        facts = {"values": len(made), "indicators": sorted({o.indicator.code for o in made})}
        outbox.write(kind="blueprint.measured", subject=city, at=at, by=by, payload=facts)
    return made


def _with_years(months: list[str]) -> list[str]:
    return [*months, *sorted({month[:4] for month in months})]


def _observe(indicator: Indicator, one: records.Declared, period: str, at: datetime) -> Observation | None:
    found = records.measured(one, period)
    if found is None:
        return None
    standing = Observation.objects.filter(
        indicator=indicator, period=period, origin__startswith=f"records:{indicator.code}:"
    ).order_by("-pk")
    latest, versions = standing.first(), standing.count()
    status = "A" if at.astimezone(records.ZONE).date() > last_day(period) else "P"
    if latest and (latest.value, latest.records, latest.status) == (found.value, found.records, status):
        return None
    return Observation.objects.create(
        indicator=indicator,
        period=period,
        value=found.value,
        status=status,
        vintage=at.date().isoformat(),
        origin=f"records:{indicator.code}:{versions + 1}",
        reader="records",
        records=found.records,
        source=Source.SIMULATED if found.simulated else Source.DEVICE,
        stated_at=at,
    )
