"""Every value that IndexNumR gives, and its closed-form data."""

from __future__ import annotations

import numpy as np
import pytest
from tests.engines.price_index import vectors

from bolanggu.engines.price_index import build, carry, index

pytestmark = pytest.mark.shared
EXACT = 1e-10


@pytest.mark.parametrize("dataset", ["CES", "CES_churn"])
def test_every_vector_of_the_reference_is_met(shared, dataset):
    folder = shared / "measure" / "index_ref"
    panel = vectors.ces(folder, dataset)
    met = 0
    for key, values in vectors.expected(folder / "indexnumr_expected.csv").items():
        if key[0] != dataset:
            continue
        method, window, splice = vectors.question(key)
        given = carry(panel) if "carry" in key[-1] else panel
        np.testing.assert_allclose(
            index(given, method, window=window, splice=splice), values, rtol=EXACT, err_msg=str(key)
        )
        met += 1
    assert met == 181


def test_the_uci_panel_meets_the_reference_in_any_row_order(shared):
    folder = shared / "measure" / "index_ref"
    columns = vectors.uci(folder)
    order = np.random.default_rng(7).permutation(len(columns[0]))
    found = vectors.expected(folder / "uci_indexnumr_expected.csv")
    assert len(found) == 4
    for key, values in found.items():
        method, window, splice = vectors.question(key)
        given = index(build(*columns), method, window=window, splice=splice)
        np.testing.assert_allclose(given, values, rtol=EXACT, err_msg=str(key))
        shuffled = build(*(column[order] for column in columns))
        np.testing.assert_allclose(index(shuffled, method, window=window, splice=splice), given, rtol=1e-13)


def test_wtpd_of_a_uci_sample_is_the_dense_least_squares_solution(shared):
    period, product, price, quantity = vectors.uci(shared / "measure" / "index_ref")
    kept = np.isin(product, np.unique(product)[::25])
    panel = build(period[kept], product[kept], price[kept], quantity[kept])
    block = panel.dense()
    t, i = np.nonzero(block.present)
    weight = np.sqrt((block.expenditure / panel.totals()[:, None])[t, i])
    design = np.zeros((len(t), len(panel) - 1 + len(panel.products)))
    design[np.arange(len(t))[t > 0], t[t > 0] - 1] = weight[t > 0]
    design[np.arange(len(t)), len(panel) - 1 + i] = weight
    solution = np.linalg.lstsq(design, weight * np.log(block.price[t, i]), rcond=None)[0]
    np.testing.assert_allclose(index(panel, "wtpd")[1:], np.exp(solution[: len(panel) - 1]), rtol=1e-10)
