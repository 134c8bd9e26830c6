"""What goes with an index: coverage, intervals, contributions, classes, cleaning, imputation."""

from __future__ import annotations

import csv

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.price_index.strategies import panel_of, sales

from bolanggu.engines.price_index import (
    NoCommonProduct,
    Rows,
    aggregate,
    bootstrap,
    by_class,
    carry,
    clean,
    contributions,
    coverage,
    dispersion,
    extremes,
    index,
)


def fisher(panel):
    return index(panel, "geks-fisher")


@given(sales())
@settings(deadline=None)
def test_contributions_add_up_to_the_logarithm_of_the_index(rows):
    panel = panel_of(rows)
    np.testing.assert_allclose(contributions(panel).sum(axis=1), np.log(index(panel, "geks-tornqvist")), atol=1e-10)


def test_contributions_name_periods_that_share_nothing():
    with pytest.raises(NoCommonProduct, match="1 and 2"):
        contributions(panel_of([("1", "a", 1.0, 1.0), ("2", "b", 1.0, 1.0)]))


@given(sales(), st.integers(0, 1000))
@settings(max_examples=20, deadline=None)
def test_an_interval_is_repeatable_and_begins_at_one(rows, seed):
    panel = panel_of(rows)
    try:
        found = bootstrap(panel, fisher, draws=20, seed=seed)
    except NoCommonProduct:
        return
    again = bootstrap(panel, fisher, draws=20, seed=seed)
    np.testing.assert_array_equal(found.lower, again.lower)
    assert found.lower[0] == found.upper[0] == 1
    assert (found.lower <= found.upper).all()
    assert found.draws + found.failed == 20


def test_drawing_a_product_twice_is_drawing_one_of_double_quantity():
    rows = [("1", "a", 1.0, 2.0), ("2", "a", 1.3, 2.0), ("1", "b", 2.0, 3.0), ("2", "b", 1.9, 1.0)]
    twice = panel_of(rows).only(np.array([0, 0, 1]))
    double = panel_of([(t, g, p, q * (2 if g == "a" else 1)) for t, g, p, q in rows])
    for method in ("fixed-fisher", "geks-tornqvist", "gk", "wtpd", "fixed-satovartia"):
        np.testing.assert_allclose(index(twice, method), index(double, method), rtol=1e-13)


def test_a_bootstrap_covers_the_mean_of_a_population_about_as_often_as_it_says():
    random = np.random.default_rng(3)
    hits = 0
    for trial in range(60):
        logs = random.normal(0.1, 0.3, 40)
        rows = [("1", f"g{i}", 1.0, 1.0) for i in range(40)]
        rows += [("2", f"g{i}", float(np.exp(x)), 1.0) for i, x in enumerate(logs)]
        found = bootstrap(panel_of(rows), lambda p: index(p, "fixed-jevons"), draws=200, seed=trial, level=0.9)
        hits += found.lower[1] <= np.exp(0.1) <= found.upper[1]
    assert 44 <= hits <= 60


@given(sales())
@settings(max_examples=30, deadline=None)
def test_classes_add_up_to_the_aggregate(rows):
    panel = panel_of(rows)
    classes = by_class(panel, {"g0": "always", "g1": "sometimes"}, fisher)
    assert sum(one.products for one in classes) == len(panel.products)
    parts = [one.contribution for one in classes if one.contribution is not None]
    assert sum(one.weight for one in classes) == pytest.approx(1)
    np.testing.assert_allclose(aggregate(classes), 1 + sum(parts), rtol=1e-12)
    assert all((one.value is None) != (one.why is None) for one in classes)


def test_a_class_without_a_sale_in_some_period_says_so():
    rows = [("1", "a", 1.0, 1.0), ("2", "a", 1.0, 1.0), ("2", "b", 1.0, 1.0)]
    without = next(one for one in by_class(panel_of(rows), {"b": "new"}, fisher) if one.name == "new")
    assert without.why == "nothing sold in 1"
    assert without.weight == 0


def test_coverage_names_thin_and_partial_periods():
    rows = [("1", "a", 1.0, 10.0), ("2", "a", 1.0, 1.0), ("2", "b", 1.0, 9.0)]
    found = coverage(panel_of(rows), partial={"2"})
    assert found[1].matched_share == pytest.approx(0.1)
    assert found[1].flags == ("thin", "partial")


def test_a_moved_decimal_point_is_listed_and_stays():
    rows = [
        ("1", "a", 1.0, 1.0),
        ("2", "a", 10.0, 1.0),
        ("3", "a", 1.1, 1.0),
        ("1", "b", 1.0, 1.0),
        ("3", "b", 4.9, 1.0),
    ]
    found = extremes(panel_of(rows))
    assert [(one.product, one.earlier, one.later) for one in found] == [("a", "1", "2"), ("a", "2", "3")]
    assert extremes(panel_of(rows), limit=1) == found[:1]


def test_dispersion_measures_what_the_unit_value_hides():
    found = dispersion(["1", "1", "1", "2"], ["a", "a", "b", "a"], np.array([1.0, 3.0, 5.0, 2.0]))
    assert found.many == pytest.approx(1 / 3)
    assert found.median_spread == 3


def test_carried_prices_pull_towards_no_change():
    rows = [
        ("1", "a", 1.0, 1.0),
        ("1", "b", 1.0, 1.0),
        ("2", "a", 2.0, 1.0),
        ("3", "a", 2.0, 1.0),
        ("3", "b", 2.0, 1.0),
    ]
    panel = panel_of(rows)
    assert index(carry(panel), "chained-jevons")[1] == pytest.approx(np.sqrt(2))
    assert index(panel, "chained-jevons")[1] == pytest.approx(2)
    np.testing.assert_allclose(index(carry(panel), "geks-satovartia"), index(panel, "geks-satovartia"), rtol=1e-12)


def test_every_dropped_row_is_counted_under_one_reason():
    raw = Rows(
        ["1"] * 9,
        ["a", "a", "a", "a", "POST", "a", "a", "a", "a"],
        np.array([1.0, 1.0, 0.0, -1.0, 2.0, 1.0, np.nan, 1.0, 0.0]),
        np.array([1.0, 1.0, 1.0, 1.0, 1.0, -2.0, 1.0, 1.0, 1.0]),
        ["1", "C2", "3", "A4", "5", "6", "7", "1", "C9"],
    )
    found = clean(raw, not_goods={"POST"})
    assert found.dropped == {
        "cancelled": 2,
        "adjustment": 1,
        "not a number": 1,
        "zero price": 1,
        "negative price": 0,
        "quantity not positive": 1,
        "repeated row": 1,
        "not goods": 1,
    }
    assert len(found.rows) == 1
    assert len(found.rows) + sum(found.dropped.values()) == len(raw)


def test_equal_sales_without_document_numbers_are_two_sales():
    rows = Rows(["1", "1"], ["a", "a"], np.ones(2), np.ones(2))
    assert len(clean(rows).rows) == 2


@pytest.mark.shared
def test_a_raw_month_of_the_uci_shop_is_cleaned_with_every_row_accounted_for(shared):
    with (shared / "marketplace" / "transactions_2011-05.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    raw = Rows(
        [row["InvoiceDate"][:10] for row in rows],
        [row["StockCode"] for row in rows],
        np.array([float(row["UnitPrice"] or "nan") for row in rows]),
        np.array([float(row["Quantity"] or "nan") for row in rows]),
        [row["InvoiceNo"] for row in rows],
    )
    found = clean(raw, not_goods={"POST", "DOT", "M", "D", "BANK CHARGES"})
    assert len(found.rows) + sum(found.dropped.values()) == len(rows) == 37_030
    assert found.dropped["cancelled"] == sum(row["InvoiceNo"].startswith("C") for row in rows) > 0
    assert found.dropped["zero price"] > 0
    assert found.dropped["repeated row"] > 0
    assert (found.rows.price > 0).all()
    assert (found.rows.quantity > 0).all()
