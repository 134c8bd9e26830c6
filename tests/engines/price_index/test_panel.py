"""Panels and labels."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.price_index import plain
from tests.engines.price_index.strategies import panel_of, sales

from bolanggu.engines.price_index import build
from bolanggu.engines.price_index import labels as labelling
from bolanggu.engines.price_index.labels import positions
from bolanggu.engines.price_index.pairs import compare

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12)


@given(st.lists(TEXT, min_size=1))
def test_labels_as_a_list_and_as_an_array_give_the_same_positions(texts):
    distinct, at = positions(np.array(texts))
    assert [distinct[i] for i in at] == texts
    expected, also = positions(texts)
    assert distinct == expected
    assert at.tolist() == also.tolist()


@given(st.lists(st.text("ABC019-", min_size=1, max_size=9), min_size=1))
def test_short_ascii_labels_keep_the_order_of_text(texts):
    distinct, at = positions(np.array(texts))
    assert list(distinct) == sorted(set(texts))
    assert [distinct[i] for i in at] == texts


def test_a_collision_of_hashes_costs_no_truth(monkeypatch):
    monkeypatch.setattr(labelling, "_hash", lambda words: np.zeros(len(words), dtype=np.uint64))
    distinct, at = positions(np.array(["价格指数", "b", "价格指数", "a"]))
    assert distinct == ("a", "b", "价格指数")
    assert at.tolist() == [2, 1, 2, 0]


@given(sales())
def test_rows_of_one_product_and_period_become_their_unit_value(rows):
    panel = panel_of(rows)
    expected = plain.table(rows)
    assert panel.periods == tuple(expected)
    for t, goods in enumerate(expected.values()):
        cells = panel.cells(t)
        names = [panel.products[i] for i in panel.product[cells]]
        assert names == sorted(goods)
        for name, price, quantity in zip(names, panel.price[cells], panel.quantity[cells], strict=True):
            assert (price, quantity) == pytest.approx(goods[name], rel=1e-12)


@given(sales())
def test_a_single_row_keeps_its_price_to_the_last_bit(rows):
    once = list({(period, product): (period, product, price, q) for period, product, price, q in rows}.values())
    panel = panel_of(once)
    assert sorted(panel.price.tolist()) == sorted(price for _, _, price, _ in once)


@given(sales(), st.integers(1, 4))
def test_blocks_together_are_the_dense_panel(rows, size):
    panel = panel_of(rows)
    for name in ("price", "quantity", "present"):
        joined = np.concatenate([getattr(block, name) for block in panel.blocks(size)], axis=1)
        np.testing.assert_array_equal(joined, getattr(panel.dense(), name))


@given(sales())
def test_sums_do_not_depend_on_keeping_the_blocks(rows):
    panel = panel_of(rows)
    pairs = [(0, t) for t in range(1, len(panel))]
    kept = compare(panel, "tornqvist", pairs)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bolanggu.engines.price_index.pairs.KEPT_CELLS", 0)
        np.testing.assert_array_equal(compare(panel, "tornqvist", pairs), kept)


@given(sales())
def test_a_window_and_a_choice_of_products_keep_the_cells(rows):
    panel = panel_of(rows)
    last = len(panel) - 1
    part = panel.window(last, last)
    np.testing.assert_array_equal(part.price, panel.price[panel.cells(last)])
    one = panel.only(np.array([0]))
    assert one.products == panel.products[:1]
    assert len(one.price) == (panel.product == 0).sum()


def test_no_rows_make_an_empty_panel():
    panel = build([], [], np.array([]), np.array([]))
    assert len(panel) == 0
    assert panel.products == ()
