"""Every step of the ASEM example against COINr's own results."""

from __future__ import annotations

import time

import numpy as np
import pytest
from tests.engines.evaluating import asem

from bolanggu.engines.evaluating import Choices, aggregate, evaluate, explore, ranks
from bolanggu.engines.evaluating.normalising import NORMALISATIONS, normalise
from bolanggu.engines.evaluating.preparing import screen
from bolanggu.engines.evaluating.statistics import correlations, describe
from bolanggu.engines.evaluating.weighting import principal_of

pytestmark = pytest.mark.shared
EXACT = {"rtol": 1e-10, "atol": 1e-12}


@pytest.fixture(scope="module")
def folder(shared):
    return shared / "measure" / "coinr_ref"


@pytest.fixture(scope="module")
def scheme(folder):
    return asem.scheme(folder)


@pytest.fixture(scope="module")
def found(folder, scheme):
    return evaluate(scheme, asem.units(folder))


@pytest.mark.parametrize(
    ("step", "name"),
    [
        ("denominated", "Denominated"),
        ("imputed", "Imputed"),
        ("imputed", "Screened"),
        ("treated", "Treated"),
        ("normalised", "Normalised"),
    ],
)
def test_each_step_of_the_chain_is_met(found, folder, step, name):
    np.testing.assert_allclose(getattr(found, step), asem.expected(folder, f"example_{name}.csv"), **EXACT)


def test_the_raw_values_and_the_aggregated_scores_are_met(found, folder, scheme):
    np.testing.assert_array_equal(asem.units(folder).raw, asem.expected(folder, "example_Raw.csv"))
    codes = tuple(node.code for node in scheme.nodes)
    scores = np.column_stack([found.scores[code] for code in codes])
    np.testing.assert_allclose(scores, asem.expected(folder, "example_Aggregated.csv", codes), **EXACT)
    assert screen(found.imputed, 0.9).all()


@pytest.mark.parametrize("how", [name for name in NORMALISATIONS if name != "minmax 1-100"])
def test_each_normalisation_is_met(found, folder, scheme, how):
    given = NORMALISATIONS[how](found.treated * scheme.directions)
    np.testing.assert_allclose(given, asem.expected(folder, f"norm_n_{how}.csv"), **EXACT)


@pytest.mark.parametrize(("how", "name"), [("arithmetic", "amean"), ("geometric", "gmean"), ("harmonic", "hmean")])
def test_each_mean_is_met(found, folder, scheme, how, name):
    codes = tuple(node.code for node in scheme.nodes)
    scores = aggregate(scheme, normalise(found.treated, scheme.directions, "minmax 1-100"), how)
    expected = asem.expected(folder, f"agg_a_{name}.csv", codes)
    np.testing.assert_allclose(np.column_stack([scores[code] for code in codes]), expected, **EXACT)


def test_the_weights_of_principal_components_are_met(found, folder, scheme):
    weights = principal_of(scheme, found.scores, 2, negative=True)
    expected = {
        row["iCode"]: float(row["Weight"]) for row in asem.rows(folder, "pca_weights.csv") if row["Level"] == "2"
    }
    assert weights == pytest.approx(expected, rel=1e-10)


def test_the_ranked_results_are_met(found, folder):
    codes = asem.units(folder).codes
    for row in asem.rows(folder, "results_summ.csv"):
        at = codes.index(row["uCode"])
        assert found.rank[at] == int(row["Rank"])
        for code, scores in found.scores.items():
            assert scores[at] == pytest.approx(asem.number(row[code]), abs=0.005_001, nan_ok=True)


def test_the_statistics_of_each_indicator_are_met(folder):
    flags = {"available": "Flag.Avail", "nonzero": "Flag.NonZero", "unique": "Flag.Unique", "outliers": "Flag.SkewKurt"}
    columns = {"Min": "minimum", "Max": "maximum", "Mean": "mean", "Median": "median", "Std": "deviation"}
    columns |= {"Skew": "skewness", "Kurt": "kurtosis"}
    for row, values in zip(asem.rows(folder, "cronbach_stats.csv"), asem.units(folder).raw.T, strict=True):
        given = describe(values)
        for name, ours in columns.items():
            assert getattr(given, ours) == pytest.approx(float(row[name]), rel=6e-3, abs=1e-6), (row["iCode"], name)
        counts = (given.available, given.nonzero, given.unique, given.same)
        assert counts == tuple(int(row[f"N.{name}"]) for name in ("Avail", "NonZero", "Unique", "Same"))
        assert set(given.flags) == {ours for ours, name in flags.items() if row[name] != "ok"}


def test_a_thousand_runs_take_two_seconds_and_name_what_they_skipped(folder, scheme):
    start = time.process_time()
    report = explore(scheme, asem.units(folder), seed=1)
    assert time.process_time() - start <= 2
    assert report.runs == 1000
    assert any("zscore with geometric" in text for text in report.skipped)
    assert (report.low <= report.median).all()
    assert (report.median <= report.high).all()
    assert all(len(three) <= 3 for three in report.movers)
    assert report.explained["aggregation"] > report.explained["imputation"]


def test_choices_that_are_switched_off_are_named(folder, scheme):
    from bolanggu.engines.evaluating import Doubts

    doubts = Doubts(spread=0, treatments=(True,), drop_one=False)
    report = explore(scheme, asem.units(folder), Choices(), doubts, runs=50, seed=2)
    said = " ".join(report.skipped)
    assert all(word in said for word in ("weights: not varied", "treatment: not varied", "drop one: not varied"))


def test_the_audit_finds_what_counts_double_or_pulls_apart(found, scheme):
    kinds = {(one.first, one.second): one.kind for one in correlations(scheme, found.scores)}
    assert kinds
    for (first, second), kind in kinds.items():
        r = np.corrcoef(found.scores[first], found.scores[second])[0, 1]
        assert (r > 0.92) if kind == "double" else (r < -0.4)
    assert ranks(found.scores["Index"]).min() == 1
