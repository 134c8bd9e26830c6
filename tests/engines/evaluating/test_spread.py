"""Coupling coordination, Gini and Theil."""

from __future__ import annotations

from math import log, prod

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bolanggu.engines.evaluating import NotApplicable, coordinate, decompose, gini, log_deviation, theil
from bolanggu.engines.evaluating.coupling import GRADES

AMOUNTS = st.lists(st.floats(0.1, 1000), min_size=2, max_size=9)


@given(st.lists(st.one_of(st.just(0.0), st.floats(0.001, 1)), min_size=2, max_size=5))
def test_coupling_is_its_definition_and_stays_in_bounds(levels):
    found = coordinate(np.array([levels]))
    n, total = len(levels), sum(levels)
    coupling = n * prod(levels) ** (1 / n) / total if total else 0.0
    assert found.coupling[0] == pytest.approx(coupling, rel=1e-9, abs=1e-9)
    assert found.degree[0] == pytest.approx((coupling * total / n) ** 0.5, rel=1e-6, abs=1e-9)
    assert 0 <= found.degree[0] <= 1 + 1e-12
    assert found.grades[0] in GRADES


def test_grades_run_by_tenths_and_systems_may_weigh_differently():
    levels = np.array([[x, x] for x in (0.05, 0.5, 0.95, 1.0)])
    assert coordinate(levels).grades == [GRADES[2], GRADES[7], GRADES[9], GRADES[9]]
    assert coordinate(np.array([[0.2, 0.8]]), np.array([3.0, 1.0])).development[0] == pytest.approx(0.35)


@pytest.mark.parametrize("levels", [[[0.5]], [[0.5, 1.1]], [[0.5, -0.1]], [[0.5, float("nan")]]])
def test_levels_outside_their_bounds_are_refused(levels):
    with pytest.raises(NotApplicable):
        coordinate(np.array(levels))


@given(AMOUNTS)
def test_gini_is_half_the_relative_mean_difference(amounts):
    n, total = len(amounts), sum(amounts)
    plain = sum(abs(a - b) for a in amounts for b in amounts) / (2 * n * total)
    assert gini(np.array(amounts)) == pytest.approx(plain, abs=1e-12)


@given(AMOUNTS)
def test_theil_measures_are_their_definitions(amounts):
    mean = sum(amounts) / len(amounts)
    t = sum(x / mean * log(x / mean) for x in amounts) / len(amounts)
    deviation = sum(log(mean / x) for x in amounts) / len(amounts)
    assert theil(np.array(amounts)) == pytest.approx(t, abs=1e-12)
    assert log_deviation(np.array(amounts)) == pytest.approx(deviation, abs=1e-12)


@pytest.mark.parametrize("measure", [gini, theil, log_deviation])
@given(amounts=AMOUNTS, factor=st.floats(0.1, 50), times=st.integers(1, 4))
def test_scale_and_copies_of_the_people_change_nothing(measure, amounts, factor, times):
    values = np.array(amounts)
    one = measure(values)
    assert measure(values * factor) == pytest.approx(one, abs=1e-10)
    assert measure(values, np.full(len(values), float(times))) == pytest.approx(one, abs=1e-12)
    assert measure(np.repeat(values, times)) == pytest.approx(one, abs=1e-12)
    assert measure(np.full(3, factor)) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("measure", ["theil", "log deviation", "gini"])
@given(amounts=AMOUNTS, data=st.data())
def test_within_and_between_add_up_to_the_total(measure, amounts, data):
    groups = data.draw(st.lists(st.sampled_from("xyz"), min_size=len(amounts), max_size=len(amounts)))
    people = np.array(data.draw(st.lists(st.floats(0.5, 9), min_size=len(amounts), max_size=len(amounts))))
    found = decompose(np.array(amounts), groups, people, measure)
    assert found.between + sum(found.within.values()) + found.overlap == pytest.approx(found.total, abs=1e-10)
    assert found.between >= -1e-12
    assert all(part >= -1e-12 for part in found.within.values())
    assert found.overlap >= -1e-10


@given(AMOUNTS)
def test_groups_that_do_not_overlap_leave_no_overlap_of_gini(amounts):
    values = np.sort(amounts)
    assume(len(values) > 3)
    half = len(values) // 2
    found = decompose(values, ["low"] * half + ["high"] * (len(values) - half), measure="gini")
    assert found.overlap == pytest.approx(0, abs=1e-10)


def test_a_group_that_has_nothing_adds_nothing():
    found = decompose(np.array([0.0, 0.0, 2.0, 4.0]), ["a", "a", "b", "b"])
    assert found.within["a"] == 0
    assert found.between + sum(found.within.values()) == pytest.approx(found.total)


@pytest.mark.parametrize(
    ("values", "weights"),
    [([-1.0, 2.0], None), ([], None), ([0.0, 0.0], None), ([1.0, 2.0], [-1.0, 2.0]), ([np.nan], None)],
)
def test_what_cannot_be_shared_is_refused(values, weights):
    with pytest.raises(NotApplicable):
        gini(np.array(values), None if weights is None else np.array(weights))


def test_measures_and_groups_must_exist():
    with pytest.raises(NotApplicable, match="choose"):
        decompose(np.ones(2), ["a", "b"], measure="luck")
    with pytest.raises(NotApplicable, match="no weight"):
        decompose(np.ones(2), ["a", "b"], np.array([1.0, 0.0]))
    with pytest.raises(NotApplicable, match="above 0"):
        log_deviation(np.array([0.0, 1.0]))
