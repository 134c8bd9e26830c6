"""The steps of an evaluation: properties, slow plain twins, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import exp, log, prod, sqrt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bolanggu.engines.evaluating import (
    BadScheme,
    Choices,
    Doubts,
    Node,
    NotApplicable,
    Scheme,
    Units,
    aggregate,
    evaluate,
    explore,
    ranks,
)
from bolanggu.engines.evaluating import weighting as w
from bolanggu.engines.evaluating.aggregating import MEANS, copeland
from bolanggu.engines.evaluating.normalising import NORMALISATIONS, normalise, rank
from bolanggu.engines.evaluating.preparing import denominate, impute, screen
from bolanggu.engines.evaluating.statistics import correlations, cronbach
from bolanggu.engines.evaluating.treating import kurtosis, passes, skewness, treat

TREE = Scheme(
    (
        Node("a", 1, "P", 2.0),
        Node("b", 1, "P"),
        Node("c", 1, "Q", direction=-1),
        Node("P", 2, "I"),
        Node("Q", 2, "I", 3.0),
        Node("I", 3, None),
    )
)
POSITIVE = st.floats(0.5, 100)


def matrices(least=3, most=8, elements=POSITIVE):
    return st.integers(least, most).flatmap(lambda rows: arrays(np.float64, (rows, 3), elements=elements))


def varied(values):
    assume((np.ptp(values, axis=0) > 0.1).all())
    return values


@pytest.mark.parametrize(
    ("nodes", "said"),
    [
        ((Node("a", 1, "I"), Node("a", 1, "I"), Node("I", 2, None)), "twice"),
        ((Node("a", 1, "X"), Node("I", 2, None)), "not in the scheme"),
        ((Node("a", 1, None), Node("b", 1, None)), "one top"),
        ((Node("a", 1, "b"), Node("b", 1, "I"), Node("I", 2, None)), "not higher"),
        ((Node("a", 1, "I"), Node("P", 2, "I"), Node("I", 3, None)), "no parts"),
        ((Node("a", 1, "I", direction=0), Node("I", 2, None)), "direction"),
        ((Node("a", 1, "I", weight=float("nan")), Node("I", 2, None)), "not finite"),
    ],
)
def test_a_tree_that_contradicts_itself_is_refused(nodes, said):
    with pytest.raises(BadScheme, match=said):
        Scheme(nodes)


@given(matrices())
def test_scores_of_a_tree_are_its_plain_recursion(values):
    def plain(code, unit):
        if code in TREE.indicators:
            return values[unit, TREE.indicators.index(code)]
        parts = TREE.parts(code)
        return sum(p.weight * plain(p.code, unit) for p in parts) / sum(p.weight for p in parts)

    expected = [plain("I", unit) for unit in range(len(values))]
    np.testing.assert_allclose(aggregate(TREE, values)["I"], expected, rtol=1e-12)


@given(st.lists(POSITIVE, min_size=2, max_size=5), st.data())
def test_the_three_means_are_their_definitions_and_stand_in_order(values, data):
    weights = data.draw(st.lists(st.floats(0.1, 5), min_size=len(values), max_size=len(values)))
    row, total = np.array([values]), sum(weights)
    pairs = list(zip(values, weights, strict=True))
    arithmetic = sum(x * a for x, a in pairs) / total
    geometric = prod(x ** (a / total) for x, a in pairs)
    harmonic = total / sum(a / x for x, a in pairs)
    found = [MEANS[name](row, np.array(weights))[0] for name in ("arithmetic", "geometric", "harmonic")]
    assert found == pytest.approx([arithmetic, geometric, harmonic], rel=1e-12)
    assert found[0] >= found[1] * (1 - 1e-12)
    assert found[1] >= found[2] * (1 - 1e-12)


@pytest.mark.parametrize("mean", ["arithmetic", "geometric", "harmonic"])
def test_a_missing_part_drops_out_with_its_weight(mean):
    row = np.array([[4.0, np.nan, 9.0], [np.nan] * 3])
    found = MEANS[mean](row, np.array([1.0, 5.0, 2.0]))
    assert found[0] == pytest.approx(MEANS[mean](row[:1, [0, 2]], np.array([1.0, 2.0]))[0])
    assert np.isnan(found[1])


@pytest.mark.parametrize("mean", ["geometric", "harmonic"])
def test_a_mean_that_needs_positive_values_says_so(mean):
    with pytest.raises(NotApplicable, match="1-100"):
        aggregate(TREE, np.zeros((2, 3)), mean)


def test_each_level_may_have_its_own_mean():
    scores = aggregate(TREE, np.array([[4.0, 9.0, 2.0]]), {2: "geometric", 3: "harmonic"})
    assert scores["P"][0] == pytest.approx((16 * 9) ** (1 / 3))
    assert scores["I"][0] == pytest.approx(4 / (1 / scores["P"][0] + 3 / 2))


@given(matrices())
def test_copeland_counts_majorities(values):
    weights = np.array([2.0, 1.0, 1.5])
    expected = []
    for one in values:
        score = 0
        for other in values:
            support = sum(a for a, x, y in zip(weights, one, other, strict=True) if x > y)
            against = sum(a for a, x, y in zip(weights, one, other, strict=True) if x < y)
            score += int(support > against) - int(support < against)
        expected.append(score)
    assert copeland(values, weights).tolist() == expected


@pytest.mark.parametrize("how", ["minmax", "zscore", "rank", "borda", "prank", "dist2max", "scaled"])
@given(values=matrices())
def test_normalising_keeps_the_order_of_units(how, values):
    given_values = np.round(varied(values), 3)
    assume((np.ptp(given_values, axis=0) > 0.1).all())
    found = NORMALISATIONS[how](given_values)
    for column, scores in zip(given_values.T, found.T, strict=True):
        for i, j in product(range(len(column)), repeat=2):
            if column[i] < column[j]:
                assert scores[i] < scores[j]


@given(matrices())
def test_direction_turns_the_order_round(values):
    varied(values)
    up, down = (normalise(values, np.full(3, sign), "minmax") for sign in (1.0, -1.0))
    np.testing.assert_allclose(up + down, 100, rtol=1e-9)


@given(matrices(elements=st.integers(0, 3).map(float)))
def test_equal_values_share_the_lowest_rank(values):
    for column, found in zip(values.T, rank(values).T, strict=True):
        assert found.tolist() == [1.0 + sum(other < x for other in column) for x in column]


def test_normalisations_that_mislead_are_refused():
    with pytest.raises(NotApplicable, match="round"):
        normalise(np.ones((2, 1)), np.array([-1.0]), "fracmax")
    with pytest.raises(NotApplicable, match="same for all"):
        normalise(np.ones((2, 1)), np.array([1.0]), "minmax")
    with pytest.raises(NotApplicable, match="choose"):
        normalise(np.ones((2, 1)), np.array([1.0]), "magic")


@given(st.lists(st.floats(-100, 100), min_size=4, max_size=12))
def test_skewness_and_kurtosis_are_their_definitions(values):
    x = np.round(values, 2)
    assume(np.ptp(x) > 1)
    n, mean = len(x), Fraction(sum(map(Fraction, x.tolist()))) / len(x)
    m2, m3, m4 = (float(sum((Fraction(v) - mean) ** k for v in x.tolist()) / n) for k in (2, 3, 4))
    assert skewness(x) == pytest.approx(m3 / m2**1.5 * sqrt(n * (n - 1)) / (n - 2), rel=1e-9, abs=1e-9)
    assert kurtosis(x) == pytest.approx(
        ((n + 1) * (m4 / m2**2 - 3) + 6) * (n - 1) / ((n - 2) * (n - 3)), rel=1e-9, abs=1e-9
    )


@given(st.lists(st.floats(0, 1000), min_size=5, max_size=30), st.lists(st.floats(0, 1e6), max_size=7))
def test_treating_keeps_order_and_moves_few_points(ordinary, wild):
    values = np.array(ordinary + wild)
    found, what = treat(values)
    order = np.argsort(values, kind="stable")
    assert (np.diff(found[order]) >= -1e-9).all()
    if what.done == "none":
        np.testing.assert_array_equal(found, values)
    if what.done == "winsorised":
        assert (found != values).sum() <= what.points <= 5
        assert passes(found)


def test_a_low_outlier_is_raised_and_missing_values_stay():
    values = np.array([-500.0, 1, 2, 3, 4, 5, 6, 7, np.nan])
    found, what = treat(values)
    assert what == type(what)("winsorised", 1, passes=True)
    assert found[0] == 1
    assert np.isnan(found[-1])


def test_an_indicator_that_would_become_flat_is_left_alone():
    values = np.array([1.0] * 9 + [50.0])
    found, what = treat(values)
    np.testing.assert_array_equal(found, values)
    assert what == type(what)("none", 0, passes=False)


def test_too_many_outliers_become_logarithms_of_the_original():
    values = np.array([*range(200), *(5000.0 + 10 * i for i in range(3)), *(5e5 + i for i in range(4))], dtype=float)
    found, what = treat(values)
    assert what.done == "logarithm"
    low, high = values.min(), values.max()
    np.testing.assert_allclose(found, np.log(values - low + 0.01 * (high - low)))


def test_imputation_by_group_reads_the_group_alone():
    values = np.array([[1.0], [np.nan], [5.0], [9.0]])
    assert impute(values, "group mean", ["x", "x", "y", "y"])[0][1, 0] == 1
    assert impute(values, "median")[0][1, 0] == 5
    filled, made_up = impute(values, "none")
    assert np.isnan(filled[1, 0])
    assert not made_up.any()
    assert impute(values, "mean")[1].ravel().tolist() == [False, True, False, False]
    with pytest.raises(NotApplicable, match="'z'"):
        impute(values, "group mean", ["x", "z", "y", "y"])
    with pytest.raises(NotApplicable, match="choose"):
        impute(values, "guess")
    with pytest.raises(NotApplicable, match="group of each unit"):
        impute(values, "group mean")


def test_denominators_must_be_there_and_not_zero():
    tree = Scheme((Node("a", 1, "I", denominator="people"), Node("I", 2, None)))
    assert denominate(tree, np.array([[6.0]]), {"people": np.array([3.0])}).tolist() == [[2.0]]
    with pytest.raises(NotApplicable, match="do not have"):
        denominate(tree, np.array([[6.0]]), {})
    with pytest.raises(NotApplicable, match="is 0"):
        denominate(tree, np.array([[6.0]]), {"people": np.array([0.0])})


@given(matrices())
def test_entropy_weights_are_their_definition(values):
    assume(np.ptp(values, axis=0).max() > 1)
    spread = []
    for column in values.T.tolist():
        share = [x / sum(column) for x in column]
        spread.append(max(0.0, 1 + sum(p * log(p) for p in share) / log(len(column))))
    np.testing.assert_allclose(w.entropy(values), np.array(spread) / sum(spread), rtol=1e-6, atol=1e-9)


@given(matrices(4, 9))
def test_principal_loadings_are_the_first_eigenvector_of_the_correlations(values):
    varied(values)
    correlation = np.corrcoef(values.T)
    level, vectors = np.linalg.eigh(correlation)
    assume(level[-1] - level[-2] > 0.05)
    expected = vectors[:, -1] * np.sign(vectors[:, -1].sum())
    assume(abs(vectors[:, -1].sum()) > 0.01)
    np.testing.assert_allclose(w.principal(values, negative=True), expected, atol=1e-8)


def test_weights_that_make_no_sense_are_refused():
    conflict = np.array([[1.0, 9.0, 1.0], [2.0, 5.0, 2.0], [3.0, 1.0, 3.1]])
    with pytest.raises(NotApplicable, match="negative loading"):
        w.principal(conflict)
    assert (w.principal(conflict, negative=True) < 0).any()
    for values, match in (([[-1.0]], "not negative"), ([[0.0], [0.0]], "0 everywhere"), ([[1.0], [1.0]], "varies")):
        with pytest.raises(NotApplicable, match=match):
            w.entropy(np.array(values))
    with pytest.raises(NotApplicable, match="vary"):
        w.principal(np.ones((3, 2)))
    with pytest.raises(NotApplicable, match="expert number 2"):
        w.budget(np.array([[50.0, 50.0], [50.0, 40.0]]))
    with pytest.raises(NotApplicable, match="missing or negative"):
        w.budget(np.array([[50.0, -50.0]]))
    assert w.equal(4).sum() == 1


def test_a_screen_counts_what_was_there_before_imputation():
    raw = np.array([[1.0, 2.0, 3.0], [np.nan, np.nan, 1.0], [2.0, 1.0, 1.0], [3.0, 4.0, 0.5]])
    found = evaluate(TREE, Units(tuple("wxyz"), raw), Choices(imputation="mean"))
    assert found.kept.tolist() == [True, False, True, True]
    assert len(found.rank) == 3
    assert found.share_imputed.tolist() == [0, 0, 0]
    assert screen(raw, 0.3).all()


@given(matrices(4, 7))
def test_units_in_another_order_get_the_same_ranks(values):
    varied(values)
    codes = tuple(str(i) for i in range(len(values)))
    order = np.arange(len(values))[::-1]
    there = evaluate(TREE, Units(codes, values), Choices(imputation="none"))
    back = evaluate(TREE, Units(codes[::-1], values[order]), Choices(imputation="none"))
    np.testing.assert_allclose(back.scores["I"][order], there.scores["I"], rtol=1e-9)


def test_sensitivity_is_repeatable_and_collapses_without_doubts():
    random = np.random.default_rng(5)
    units = Units(tuple("abcdef"), random.lognormal(size=(6, 3)))
    same = [explore(TREE, units, Choices(imputation="none"), runs=60, seed=4) for _ in range(2)]
    np.testing.assert_array_equal(same[0].low, same[1].low)
    sure = Doubts(0.0, ("none",), (True,), ("minmax",), ("arithmetic",), drop_one=False)
    found = explore(TREE, units, Choices(imputation="none"), sure, runs=10, seed=1)
    np.testing.assert_array_equal(found.low, found.nominal)
    np.testing.assert_array_equal(found.high, found.nominal)
    assert len(found.skipped) == 6


def test_movers_are_what_leaving_an_indicator_out_does():
    units = Units(("x", "y", "z"), np.array([[9.0, 1.0, 5.0], [5.0, 5.0, 5.1], [1.0, 9.0, 4.9]]))
    found = explore(TREE, units, Choices(imputation="none"), runs=5, seed=1)
    for unit, moves in enumerate(found.movers):
        for code, move in moves:
            scheme = TREE.reweighted({code: 0.0, **({"Q": 0.0} if code == "c" else {})})
            alone = evaluate(scheme, units, Choices(imputation="none")).rank
            assert move == alone[unit] - found.nominal[unit]


def test_an_evaluation_that_no_draw_allows_is_refused():
    units = Units(("x", "y", "z"), np.array([[9.0, 1.0, 5.0], [5.0, 5.0, 5.1], [1.0, 9.0, 4.9]]))
    impossible = Doubts(normalisations=("zscore", "minmax"), aggregations=("geometric",))
    with pytest.raises(NotApplicable, match="no draw"):
        explore(TREE, units, Choices(imputation="none"), impossible, runs=5, seed=1)


def test_the_audit_names_double_counting_and_conflict():
    x = np.arange(6.0)
    scores = {"a": x, "b": x * 2 + 1, "c": -x, "P": x, "Q": -x, "I": x}
    assert [(one.pillar, one.kind) for one in correlations(TREE, scores)] == [("P", "double"), ("I", "conflict")]
    assert cronbach(np.column_stack([x, 2 * x])) == pytest.approx(8 / 9)


@given(st.lists(st.one_of(st.integers(0, 4).map(float), st.just(float("nan"))), min_size=1, max_size=9))
def test_ranks_share_the_better_place(scores):
    known = [-np.inf if np.isnan(x) else x for x in scores]
    assert ranks(np.array(scores)).tolist() == [1.0 + sum(other > x for other in known) for x in known]


def test_exponentials_of_shares_stay_finite():
    assert np.isfinite(MEANS["geometric"](np.array([[exp(300), exp(-300)]]), np.ones(2))).all()
