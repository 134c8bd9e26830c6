"""Reading the market index: the versions to show, and the unit values they rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum

from bolanggu.analytics.market_index.computing import Cell
from bolanggu.analytics.market_index.models import IndexPoint, Observation, Series

Key = tuple[str, str, str]


def current(*, market: int = 1) -> QuerySet[IndexPoint]:
    """The highest version of every point."""
    newest = IndexPoint.objects.filter(market=market, number=OuterRef("number")).order_by("-version")
    return IndexPoint.objects.filter(market=market, version=Subquery(newest.values("version")[:1]))


def current_points(numbers: Sequence[str], *, market: int = 1) -> list[IndexPoint]:
    """The highest version of each numbered point, by number."""
    found: list[IndexPoint] = []
    for start in range(0, len(numbers), 500):
        found += current(market=market).filter(number__in=numbers[start : start + 500])
    return sorted(found, key=lambda point: point.number)


def series_of(goods_class: str, currency: str, frequency: str = "month", *, market: int = 1) -> list[IndexPoint]:
    """All points of one series in the order of time, as they stand."""
    series = Series.objects.filter(
        market=market, goods_class=goods_class, currency=currency, frequency=frequency
    ).first()
    return [] if series is None else [point for _, point in sorted(published(series).items())]


def versions(number: str, *, market: int = 1) -> list[IndexPoint]:
    """Every version of one point, the first one first."""
    return list(IndexPoint.objects.filter(market=market, number=number).order_by("version"))


def published(series: Series) -> dict[str, IndexPoint]:
    """Period → point as it stands, of one series."""
    from bolanggu.analytics.market_index.lines import frequency_of

    points = current(market=series.market).filter(goods_class=series.goods_class, currency=series.currency)
    return {point.period: point for point in points if frequency_of(point.period) == series.frequency}


def cells_of(series: Sequence[Series]) -> dict[int, list[Cell]]:
    """Unit values of each series, summed in the database."""
    found: dict[int, list[Cell]] = defaultdict(list)
    ids = [one.pk for one in series]
    for start in range(0, len(ids), 500):
        rows = (
            Observation.objects.filter(series__in=ids[start : start + 500], unit_price_minor__gt=0)
            .values("series_id", "period", "product")
            .annotate(n=Count("pk"), all_pieces=Sum("pieces"), amount=Sum(F("unit_price_minor") * F("pieces")))
            .order_by("series_id", "period", "product")
        )
        for row in rows:
            cell = Cell(row["period"], row["product"], row["n"], int(row["all_pieces"]), int(row["amount"]))
            found[row["series_id"]].append(cell)
    return found
