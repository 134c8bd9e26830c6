"""The one act of the market index: observe lines and publish the points of their classes and periods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from bolanggu.analytics.market_index.computing import Cell, compute
from bolanggu.analytics.market_index.lines import LineChanged, ObservedLine, checked
from bolanggu.analytics.market_index.models import IndexPoint, Observation, Series
from bolanggu.analytics.market_index.selectors import Key, cells_of, current_points, published
from bolanggu.platform import lineage, outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.lineage import Edge
from bolanggu.platform.outbox import Notice

__all__ = ["LineChanged", "ObservedLine", "observe"]

_BATCH = 500


@requires("index", "observe")
@transaction.atomic
def observe(*, by: Actor, at: datetime, rows: Sequence[ObservedLine], market: int = 1) -> list[IndexPoint]:
    """Append lines to the observations and publish a new version of every point that they touch.

    A line that was observed before changes nothing; the same call twice gives the same points. Earlier and later
    periods keep their published values.

    Parameters
    ----------
    by, at
        Who observes, and when.
    rows
        The lines.
    market
        The market they were sold in.

    Returns
    -------
    The current version of each point the lines belong to, by number.

    Raises
    ------
    NotObservable
        A line lacks a fact, or its price or pieces are not above 0.
    LineChanged
        A line was observed before with other facts.
    """
    lines = checked(rows)
    series = _locked_series(lines, market)
    fresh = _fresh(lines, series, market)
    Observation.objects.bulk_create(
        [_observation(line, series[_key(line)], by, at, market) for line in fresh], batch_size=_BATCH
    )
    priced = [line for line in fresh if line.unit_price_minor]
    lineage.record([_edge(line) for line in priced], market=market)
    points = _versions(priced, series, at)
    IndexPoint.objects.bulk_create(points, batch_size=_BATCH)
    left_out = [
        Notice("index.left_out", line.line_id, {"why": "price 0"}) for line in fresh if not line.unit_price_minor
    ]
    outbox.write_many([*left_out, *(_notice(point) for point in points)], at=at, by=by)
    return current_points(sorted({line.number for line in lines}), market=market)


def _key(line: ObservedLine) -> Key:
    return line.goods_class, line.currency, line.frequency


def _locked_series(lines: Iterable[ObservedLine], market: int) -> dict[Key, Series]:
    """The lines' series, made if new, and locked in one order."""
    names = ("goods_class", "currency", "frequency")
    keys = sorted({_key(line) for line in lines})
    Series.objects.bulk_create(
        [Series(market=market, **dict(zip(names, key, strict=True))) for key in keys],
        batch_size=_BATCH,
        ignore_conflicts=True,
    )
    classes = sorted({key[0] for key in keys})
    rows = (
        row
        for start in range(0, len(classes), _BATCH)
        for row in Series.objects.select_for_update()
        .filter(market=market, goods_class__in=classes[start : start + _BATCH])
        .order_by(*names)
    )
    found = {(row.goods_class, row.currency, row.frequency): row for row in rows}
    return {key: found[key] for key in keys}


def _fresh(lines: list[ObservedLine], series: dict[Key, Series], market: int) -> list[ObservedLine]:
    """The lines not yet observed; refuse one that was observed with other facts."""
    ids = sorted({line.line_id for line in lines})
    before = {
        (old.line_id, old.frequency): old
        for start in range(0, len(ids), _BATCH)
        for old in Observation.objects.filter(market=market, line_id__in=ids[start : start + _BATCH])
    }
    fresh = []
    for line in lines:
        old = before.get((line.line_id, line.frequency))
        if old is None:
            fresh.append(line)
            continue
        facts = (old.series_id, old.product, old.period, old.unit_price_minor, old.pieces)
        if facts != (series[_key(line)].pk, line.product, line.period, line.unit_price_minor, line.pieces):
            raise LineChanged(
                f"line {line.line_id} was observed with other facts; observe the correction as a new line"
            )
    return fresh


def _observation(line: ObservedLine, series: Series, by: Actor, at: datetime, market: int) -> Observation:
    return Observation(
        market=market,
        series=series,
        frequency=line.frequency,
        line_id=line.line_id,
        product=line.product,
        period=line.period,
        unit_price_minor=line.unit_price_minor,
        pieces=line.pieces,
        source=by.source.value,
        stated_at=at,
    )


def _edge(line: ObservedLine) -> Edge:
    amount = line.unit_price_minor * line.pieces
    return Edge("index", "line", line.line_id, "index_point", line.number, line.pieces, 0, amount, line.currency)


def _versions(priced: Iterable[ObservedLine], series: dict[Key, Series], at: datetime) -> list[IndexPoint]:
    """A further version of every touched point; the base period first, then in the order of time."""
    touched: dict[Key, set[str]] = defaultdict(set)
    for line in priced:
        touched[_key(line)].add(line.period)
    cells = cells_of([series[key] for key in touched])
    points = []
    for key, periods in sorted(touched.items()):
        one = series[key]
        if not one.base_period:
            one.base_period = min(periods)
            one.save(update_fields=["base_period"])
        known = published(one)
        for period in _in_order(periods, one.base_period):
            known[period] = _point(one, period, cells[one.pk], known, at)
            points.append(known[period])
    return points


def _in_order(periods: set[str], base: str) -> list[str]:
    return [*(periods & {base}), *sorted(periods - {base})]


def _point(series: Series, period: str, cells: list[Cell], known: dict[str, IndexPoint], at: datetime) -> IndexPoint:
    others = {label: point.value for label, point in known.items() if point.value is not None and label != period}
    own = [cell for cell in cells if cell.period == period]
    result = compute(cells, period, others, series.base_period)
    return IndexPoint(
        market=series.market,
        number=f"IX-{series.goods_class}-{period}-{series.currency}",
        version=known[period].version + 1 if period in known else 1,
        goods_class=series.goods_class,
        currency=series.currency,
        period=period,
        value=result.value,
        method=result.method,
        coverage=result.coverage,
        thin=result.thin,
        n_products=len(own),
        n_lines=sum(cell.lines for cell in own),
        pieces=sum(cell.pieces for cell in own),
        amount_minor=sum(cell.amount_minor for cell in own),
        why=result.why,
        published_at=at,
    )


def _notice(point: IndexPoint) -> Notice:
    facts = {
        "class": point.goods_class,
        "currency": point.currency,
        "period": point.period,
        "version": point.version,
        "value": None if point.value is None else str(point.value),
        "method": point.method,
        "coverage": str(point.coverage),
        "lines": point.n_lines,
    }
    return Notice("index.published", point.number, facts)
