"""Observing lines and publishing index points."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from bolanggu.analytics.market_index import selectors
from bolanggu.analytics.market_index.computing import Cell, compute
from bolanggu.analytics.market_index.lines import LineChanged, NotObservable, ObservedLine, frequency_of
from bolanggu.analytics.market_index.models import IndexPoint, Observation, Series
from bolanggu.analytics.market_index.services import observe
from bolanggu.platform.accounts.grants import Actor, NotGranted
from bolanggu.platform.journal.models import Entry
from bolanggu.platform.lineage.models import EdgeRow

AT = datetime(2026, 11, 24, 8, tzinfo=UTC)
WORLD = Actor("world", frozenset({"world"}), everywhere=True)


def line(number: str, period: str = "2026-10", price: int = 100, **facts: object) -> ObservedLine:
    said = {"product": "pen", "goods_class": "stationery", "currency": "CNY", "pieces": 10} | facts
    return ObservedLine(line_id=number, period=period, unit_price_minor=price, **said)


def watch(*lines: ObservedLine) -> list[IndexPoint]:
    return observe(by=WORLD, at=AT, rows=lines)


@pytest.mark.django_db
def test_a_single_trade_in_an_empty_city_gives_100_for_each_class_it_touched():
    points = watch(line("A/1"), line("A/2", product="cup", goods_class="household"))
    assert [(p.goods_class, p.value, p.n_lines, p.version) for p in points] == [
        ("household", Decimal(100), 1, 1),
        ("stationery", Decimal(100), 1, 1),
    ]


@pytest.mark.django_db
def test_the_same_lines_again_change_nothing():
    first = watch(line("A/1"), line("A/2", "2026-11", 150))
    again = watch(line("A/2", "2026-11", 150), line("A/1"))
    assert [p.pk for p in first] == [p.pk for p in again]
    assert IndexPoint.objects.count() == 2
    assert Entry.objects.filter(kind="index.published").count() == 2


@pytest.mark.django_db
def test_one_product_moves_the_index_as_its_price():
    points = watch(line("A/1", price=100), line("A/2", "2026-11", 125))
    assert [p.value for p in points] == [Decimal(100), Decimal(125)]
    assert points[1].method == "geks-tornqvist/25/mean_pub"


@pytest.mark.django_db
def test_a_further_line_makes_a_further_version_and_keeps_the_old_one():
    watch(line("A/1"), line("A/2", "2026-11", 100))
    (point,) = watch(line("B/1", "2026-11", 200))
    assert point.version == 2
    assert [v.value for v in selectors.versions(point.number)] == [Decimal(100), Decimal(150)]


@pytest.mark.django_db
def test_a_later_period_never_changes_a_published_one():
    before = watch(line("A/1"), line("A/2", "2026-11", 110), line("A/3", "2026-11", 90, product="ink"))
    watch(line("A/4", "2026-12", 130), line("A/5", "2026-12", 95, product="ink"))
    now = selectors.series_of("stationery", "CNY")
    assert [p.pk for p in now[:2]] == [p.pk for p in before]
    assert len(now) == 3


@pytest.mark.django_db
def test_an_earlier_period_is_valued_from_the_base_which_stays_100():
    watch(line("A/1", "2026-10", 100))
    (point,) = watch(line("A/2", "2026-09", 50))
    assert point.value == Decimal(50)
    assert [p.value for p in selectors.series_of("stationery", "CNY")] == [Decimal(50), Decimal(100)]


@pytest.mark.django_db
def test_periods_without_a_chain_of_products_get_no_value_and_say_why():
    _, point = watch(line("A/1"), line("A/2", "2026-11", product="ink"))
    assert point.value is None
    assert "no chain" in point.why
    assert point.coverage == 0
    assert point.thin


@pytest.mark.django_db
def test_a_chain_over_a_third_period_joins_two_that_share_nothing():
    points = watch(
        line("A/1", "2026-09", 100),
        line("A/2", "2026-10", 110),
        line("A/3", "2026-10", 50, product="ink"),
        line("A/4", "2026-11", 60, product="ink"),
    )
    assert points[2].method.startswith("wtpd")
    assert points[2].value == pytest.approx(Decimal(100 * 1.1 * 1.2), abs=Decimal("1e-7"))


@pytest.mark.django_db
def test_currencies_and_frequencies_are_series_of_their_own():
    points = watch(line("A/1"), line("A/1", "2026-W44"), line("A/2", currency="USD"))
    assert [p.number for p in points] == [
        "IX-stationery-2026-10-CNY",
        "IX-stationery-2026-10-USD",
        "IX-stationery-2026-W44-CNY",
    ]
    assert Series.objects.count() == 3
    assert {p.value for p in points} == {Decimal(100)}


@pytest.mark.django_db
def test_pieces_and_money_of_the_lines_arrive_at_the_point():
    (point,) = watch(line("A/1", price=100, pieces=7), line("A/2", price=90, pieces=3))
    edges = EdgeRow.objects.filter(aspect="index", to_kind="index_point", to_id=point.number)
    assert sum(e.pieces for e in edges) == point.pieces == 10
    assert sum(e.minor for e in edges) == point.amount_minor == 970
    assert {e.from_id for e in edges} == {"A/1", "A/2"}


@pytest.mark.django_db
def test_a_gift_is_recorded_announced_once_and_read_by_no_index():
    assert watch(line("A/1", price=0)) == []
    assert watch(line("A/1", price=0)) == []
    assert Observation.objects.count() == 1
    assert Entry.objects.filter(kind="index.left_out").count() == 1
    assert [p.value for p in watch(line("A/2", "2026-11"))] == [Decimal(100)]


@pytest.mark.django_db
def test_a_line_with_other_facts_is_refused():
    watch(line("A/1"))
    with pytest.raises(LineChanged, match="A/1"):
        watch(line("A/1", price=101))
    with pytest.raises(LineChanged, match="twice"):
        watch(line("A/9"), line("A/9", pieces=3))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"price": -1}, "pieces at -1"),
        ({"pieces": 0}, "0 pieces"),
        ({"currency": "cny"}, "ISO 4217"),
        ({"product": ""}, "lacks"),
        ({"period": "2026-13"}, "not an ISO label"),
        ({"period": "November"}, "not an ISO label"),
    ],
)
@pytest.mark.django_db
def test_a_line_that_cannot_be_read_is_refused_by_name(facts, said):
    with pytest.raises(NotObservable, match=said):
        watch(line("A/1", **facts))


@pytest.mark.django_db
def test_only_who_is_granted_may_observe():
    with pytest.raises(NotGranted):
        observe(by=Actor("guest", frozenset({"public"})), at=AT, rows=[line("A/1")])


@pytest.mark.django_db
def test_the_database_refuses_to_change_a_published_point():
    (point,) = watch(line("A/1"))
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        IndexPoint.objects.filter(pk=point.pk).update(value=1)
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        Observation.objects.all().delete()


@pytest.mark.parametrize(("field", "value"), [("value", Decimal(-1)), ("coverage", Decimal(2)), ("version", 1)])
@pytest.mark.django_db
def test_the_database_keeps_the_invariants_of_points(field, value):
    (point,) = watch(line("A/1"))
    point.pk, point.version = None, 2
    setattr(point, field, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        point.save(force_insert=True)


@pytest.mark.django_db
def test_the_database_keeps_a_valueless_point_from_giving_no_reason():
    (point,) = watch(line("A/1"))
    point.pk, point.version, point.value = None, 2, None
    with pytest.raises(IntegrityError), transaction.atomic():
        point.save(force_insert=True)


def test_frequencies_are_read_off_the_label():
    labels = ("2026-11-24", "2026-W48", "2026-11", "2026-Q4", "2026")
    assert [frequency_of(label) for label in labels] == ["day", "week", "month", "quarter", "year"]


cells = st.lists(
    st.builds(
        Cell,
        st.sampled_from(["2026-01", "2026-02", "2026-03"]),
        st.sampled_from("abcd"),
        st.just(1),
        st.integers(1, 500),
        st.integers(1, 100_000),
    ),
    min_size=1,
    unique_by=lambda cell: (cell.period, cell.product),
)


@given(cells, st.integers(2, 9))
def test_prices_times_a_factor_move_the_point_by_the_factor(found, factor):
    periods = sorted({cell.period for cell in found})
    last = periods[-1]
    published = {label: Decimal(100) for label in periods[:-1]}
    dearer = [
        Cell(c.period, c.product, c.lines, c.pieces, c.amount_minor * (factor if c.period == last else 1))
        for c in found
    ]
    before, after = (compute(table, last, published, "") for table in (found, dearer))
    assert (before.value is None) == (after.value is None)
    if before.value is not None:
        rounding = (factor + 1) * 0.5e-8  # both points are rounded to eight decimals
        assert float(after.value) == pytest.approx(factor * float(before.value), rel=1e-6, abs=rounding)


@given(cells, st.randoms())
def test_the_order_of_cells_does_not_matter(found, random):
    last = max(cell.period for cell in found)
    published = {cell.period: Decimal(100) for cell in found if cell.period != last}
    shuffled = random.sample(found, len(found))
    assert compute(found, last, published, "") == compute(shuffled, last, published, "")
