"""The methods against their slow plain twin, and the properties that an index must have."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.engines.price_index import plain
from tests.engines.price_index.strategies import panel_of, sales

from bolanggu.engines.price_index import (
    Method,
    NoCommonProduct,
    UnknownMethod,
    WindowRefused,
    index,
)
from bolanggu.engines.price_index.pairs import FORMULAS
from bolanggu.engines.price_index.splice import SPLICES

REVERSIBLE = (
    "jevons",
    "dutot",
    "cswd",
    "fisher",
    "tornqvist",
    "walsh",
    "marshalledgeworth",
    "satovartia",
    "stuvel",
    "gk",
)
MULTILATERAL = ("geks-jevons", "geks-fisher", "geks-tornqvist", "geks-walsh", "gk", "wtpd")
HOMOGENEOUS = (*(f"fixed-{f}" for f in FORMULAS if f != "stuvel"), *MULTILATERAL, "chained-fisher", "chained-walsh")
LINKED = [f"{family}-{formula}" for family in ("fixed", "chained") for formula in FORMULAS]
ALL = (*LINKED, *(f"geks-{formula}" for formula in FORMULAS), "gk", "wtpd")


@pytest.mark.parametrize("method", ALL)
@given(rows=sales())
@settings(max_examples=15, deadline=None)
def test_a_method_is_its_plain_twin(method, rows):
    np.testing.assert_allclose(index(panel_of(rows), method), plain.index(rows, method), rtol=1e-8)


@given(rows=sales())
@settings(max_examples=40, deadline=None)
def test_geary_khamis_meets_its_two_equations(rows):
    window = list(plain.table(rows).values())
    assert plain.gk_residual(window, index(panel_of(rows), "gk").tolist()) < 1e-9


@pytest.mark.parametrize("splice", SPLICES)
@pytest.mark.parametrize("method", ["geks-tornqvist", "geks-laspeyres", "gk", "wtpd"])
@given(rows=sales(periods=9, products=4), width=st.sampled_from([3, 5]))
@settings(max_examples=8, deadline=None)
def test_a_splice_is_its_plain_twin(method, splice, rows, width):
    found = index(panel_of(rows), method, window=width, splice=splice)
    np.testing.assert_allclose(found, plain.index(rows, method, width, splice), rtol=1e-8)


@pytest.mark.parametrize("method", [*LINKED, *MULTILATERAL])
@given(rows=sales(), random=st.randoms())
@settings(max_examples=8, deadline=None)
def test_row_order_and_product_names_change_nothing(method, rows, random):
    renamed = [(period, f"x{product[::-1]}", price, quantity) for period, product, price, quantity in rows]
    random.shuffle(renamed)
    np.testing.assert_allclose(index(panel_of(renamed), method), index(panel_of(rows), method), rtol=1e-11)


@pytest.mark.parametrize("method", [m for m in ALL if m != "geks-young"])
@given(rows=sales())
@settings(max_examples=8, deadline=None)
def test_unchanged_prices_give_one(method, rows):
    price = {product: 1.0 + number for number, product in enumerate(sorted({row[1] for row in rows}))}
    still = [(period, product, price[product], quantity) for period, product, _, quantity in rows]
    np.testing.assert_allclose(index(panel_of(still), method), 1.0, rtol=1e-9)


@pytest.mark.parametrize("method", HOMOGENEOUS)
@given(rows=sales(), factor=st.floats(0.1, 10), which=st.integers(1, 5))
@settings(max_examples=8, deadline=None)
def test_all_prices_of_a_period_times_a_factor_move_that_value_alone(method, rows, factor, which):
    label = f"2026-{which + 1:02d}"
    assume(any(row[0] == label for row in rows))
    dearer = [(t, g, price * (factor if t == label else 1), quantity) for t, g, price, quantity in rows]
    before, after = index(panel_of(rows), method), index(panel_of(dearer), method)
    expected = before.copy()
    expected[which] *= factor
    np.testing.assert_allclose(after, expected, rtol=1e-8)


@pytest.mark.parametrize("method", [m for m in [*LINKED, *MULTILATERAL] if "dutot" not in m])
@given(rows=sales())
@settings(max_examples=8, deadline=None)
def test_dozens_instead_of_pieces_change_nothing(method, rows):
    dozens = [(t, g, p * 12, q / 12) if g == "g0" else (t, g, p, q) for t, g, p, q in rows]
    np.testing.assert_allclose(index(panel_of(dozens), method), index(panel_of(rows), method), rtol=1e-9)


@pytest.mark.parametrize("formula", REVERSIBLE)
@given(rows=sales(periods=2))
@settings(max_examples=20, deadline=None)
def test_formulas_that_reverse_in_time_do(formula, rows):
    swapped = [({"2026-01": "2026-02"}.get(t, "2026-01"), g, p, q) for t, g, p, q in rows]
    there, back = index(panel_of(rows), f"fixed-{formula}"), index(panel_of(swapped), f"fixed-{formula}")
    assert there[1] * back[1] == pytest.approx(1, rel=1e-9)


@pytest.mark.parametrize("method", MULTILATERAL)
@given(rows=sales())
@settings(max_examples=15, deadline=None)
def test_a_multilateral_method_reverses_in_time(method, rows):
    labels = sorted({row[0] for row in rows})
    mirror = dict(zip(labels, reversed(labels), strict=True))
    forward = index(panel_of(rows), method)
    backward = index(panel_of([(mirror[t], g, p, q) for t, g, p, q in rows]), method)[::-1]
    np.testing.assert_allclose(backward / backward[0], forward, rtol=1e-9)


@pytest.mark.parametrize("method", MULTILATERAL)
@given(rows=sales())
@settings(max_examples=15, deadline=None)
def test_equal_periods_get_equal_values(method, rows):
    last = max(row[0] for row in rows)
    again = [("2026-09", g, p, q) for t, g, p, q in rows if t == last]
    found = index(panel_of(rows + again), method)
    assert found[-1] == pytest.approx(found[-2], rel=1e-10)


@pytest.mark.parametrize("method", ["geks-fisher", "geks-tornqvist", "gk"])
@given(rows=sales())
@settings(max_examples=15, deadline=None)
def test_a_product_seen_once_changes_nothing_where_shares_are_matched(method, rows):
    lone = [*rows, ("2026-02", "only once", 7.0, 1000.0)]
    np.testing.assert_allclose(index(panel_of(lone), method), index(panel_of(rows), method), rtol=1e-9)


@pytest.mark.parametrize("splice", SPLICES)
@given(rows=sales(periods=5), more=st.integers(0, 3))
@settings(max_examples=8, deadline=None)
def test_a_window_over_everything_is_no_window(splice, rows, more):
    count = len({row[0] for row in rows})
    width = max(3, count) + more
    assume(splice not in ("half", "hasp") or width % 2)
    whole = index(panel_of(rows), "geks-fisher")
    np.testing.assert_array_equal(index(panel_of(rows), "geks-fisher", window=width, splice=splice), whole)


@given(st.lists(st.floats(0.1, 100), min_size=2, max_size=8), st.sampled_from([m for m in ALL if "ces" not in m]))
@settings(deadline=None)
def test_one_product_is_its_plain_price_ratio(prices, method):
    rows = [(f"2026-{t + 1:02d}", "pen", price, 1.0 + t) for t, price in enumerate(prices)]
    np.testing.assert_allclose(index(panel_of(rows), method), np.array(prices) / prices[0], rtol=1e-9)


def test_ces_with_elasticity_one_is_the_geometric_laspeyres():
    rows = [("1", "a", 1.0, 2.0), ("1", "b", 2.0, 3.0), ("2", "a", 1.5, 1.0), ("2", "b", 1.8, 4.0)]
    np.testing.assert_allclose(
        index(panel_of(rows), "fixed-ces", sigma=1.0), index(panel_of(rows), "fixed-geomlaspeyres"), rtol=1e-14
    )


def test_ces_with_the_true_elasticity_is_the_cost_of_living():
    share, spent = np.array([0.2, 0.2, 0.2, 0.4]), (10.0, 13.0, 11.0)
    prices = np.array([[2.0, 1.0, 1.0, 0.5], [1.75, 0.5, 0.95, 0.55], [1.6, 1.05, 0.9, 0.6]])
    cost = (prices**-1 @ share) ** -1
    quantity = np.array(spent)[:, None] * share * prices**-2 / (prices**-1 @ share)[:, None]
    rows = [(str(t), str(g), prices[t, g], quantity[t, g]) for t in range(3) for g in range(4)]
    np.testing.assert_allclose(index(panel_of(rows), "fixed-ces"), cost / cost[0], rtol=1e-13)
    np.testing.assert_allclose(index(panel_of(rows), "fixed-satovartia"), cost / cost[0], rtol=1e-13)


@pytest.mark.parametrize(
    "method", ["fixed-fisher", "chained-satovartia", "geks-tornqvist", "geks-gk", "gk", "wtpd", "intgeks"]
)
def test_periods_without_a_common_product_are_named(method):
    rows = [("2026-01", "a", 1.0, 1.0), ("2026-02", "b", 1.0, 1.0)]
    with pytest.raises(NoCommonProduct, match="2026-01 and 2026-02"):
        index(panel_of(rows), method)


def test_only_pairs_inside_a_window_must_share_a_product():
    rows = [("1", "a", 1.0, 1.0), ("2", "a", 2.0, 1.0), ("2", "b", 1.0, 1.0), ("3", "b", 3.0, 1.0)]
    found = index(panel_of(rows), "geks-fisher", window=2, splice="movement")
    np.testing.assert_allclose(found, [1, 2, 6], rtol=1e-14)
    with pytest.raises(NoCommonProduct, match="1 and 3"):
        index(panel_of(rows), "geks-fisher")
    np.testing.assert_allclose(index(panel_of(rows), "wtpd"), [1, 2, 6], rtol=1e-14)


@pytest.mark.parametrize("name", ["", "fisher", "fixed", "fixed-", "fixed-fish", "geks_fisher", "GK", "chained-wtpd"])
def test_a_name_that_is_no_method_is_refused(name):
    with pytest.raises(UnknownMethod, match="choose"):
        Method.parse(name)


@pytest.mark.parametrize(
    ("method", "window", "splice"),
    [("gk", 4, "half"), ("gk", 4, "hasp"), ("gk", 1, "mean"), ("gk", None, "mean"), ("fixed-fisher", 3, None)],
)
def test_a_window_that_makes_no_sense_is_refused(method, window, splice):
    with pytest.raises(WindowRefused):
        index(panel_of([("1", "a", 1.0, 1.0)]), method, window=window, splice=splice)


def test_an_unknown_splice_is_refused():
    with pytest.raises(UnknownMethod, match="mean_pub"):
        index(panel_of([("1", "a", 1.0, 1.0)]), "gk", window=3, splice="glue")


@pytest.mark.parametrize("method", ALL)
def test_a_single_period_is_one(method):
    assert index(panel_of([("1", "a", 3.0, 2.0)]), method).tolist() == [1.0]
