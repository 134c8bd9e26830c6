"""The index as table expressions on DuckDB equals the engine's, and is NULL where nothing leads to a value."""

from __future__ import annotations

import random

import ibis
import numpy as np
import pyarrow as pa
import pytest

from bolanggu.analytics.market_index.expressions import FORMULAS, index
from bolanggu.engines.price_index import NoCommonProduct, build
from bolanggu.engines.price_index import index as measured

COLUMNS = ("goods_class", "period", "product", "price", "quantity")
METHODS = [f"{family}-{formula}" for family in ("fixed", "chained", "geks") for formula in FORMULAS]


def drawn(seed):
    """Sales of two classes in four periods, thin enough that products come and go."""
    draw = random.Random(seed)
    return [
        (
            draw.choice("AB"),
            f"2026-{draw.randint(1, 4):02d}",
            draw.choice("pqrst"),
            draw.uniform(0.01, 1000),
            float(draw.randint(1, 500)),
        )
        for _ in range(draw.randint(2, 60))
    ]


def answers(rows, method):
    return [tuple(row.values()) for row in index(table(rows), method).to_pyarrow().to_pylist()]


def table(rows):
    columns = {name: list(column) for name, column in zip(COLUMNS, zip(*rows, strict=True), strict=True)}
    return ibis.memtable(pa.table(columns))


def of_engine(rows, method):
    """Class and period → value of the engine; None for all periods that it refuses to answer."""
    found = {}
    for name in sorted({row[0] for row in rows}):
        _, periods, products, prices, quantities = zip(*(row for row in rows if row[0] == name), strict=True)
        panel = build(list(periods), list(products), np.array(prices), np.array(quantities))
        try:
            values = measured(panel, method).tolist()
        except NoCommonProduct:
            values = None
        for position, period in enumerate(sorted(set(periods))):
            found[name, period] = values and values[position]
    return found


@pytest.mark.parametrize("method", METHODS)
def test_table_expressions_equal_the_engine(method):
    compared = 0
    for seed in range(8):
        rows = drawn(seed)
        answered, expected = answers(rows, method), of_engine(rows, method)
        assert [row[:2] for row in answered] == sorted(expected)
        for name, period, value in answered:
            wanted = expected[name, period]
            if wanted is not None:
                assert value == pytest.approx(wanted, rel=1e-9)
                compared += 1
    assert compared > 20


def test_a_period_that_shares_nothing_has_no_value():
    rows = [("A", "2026-01", "p", 2.0, 1.0), ("A", "2026-02", "q", 3.0, 1.0), ("A", "2026-03", "q", 6.0, 1.0)]
    for method, expected in (("chained-jevons", [1, None, None]), ("geks-fisher", [1, None, None])):
        assert [value for _, _, value in answers(rows, method)] == expected


def test_rows_without_price_or_pieces_are_no_sales():
    rows = [("A", "2026-01", "p", 2.0, 1.0), ("A", "2026-02", "p", 3.0, 1.0)]
    noise = [("A", "2026-02", "p", 0.0, 5.0), ("A", "2026-02", "p", 9.0, -5.0), ("B", "2026-01", "z", -1.0, 1.0)]
    assert answers(rows + noise, "fixed-laspeyres") == [("A", "2026-01", 1.0), ("A", "2026-02", 1.5)]


def test_a_method_that_is_not_there_is_told_with_those_that_are():
    with pytest.raises(ValueError, match=r"'gk' is not a method here; choose fixed-X.*tornqvist"):
        index(table([("A", "2026-01", "p", 2.0, 1.0)]), "gk")
