"""Random tables of sales for properties: every two periods share at least one product."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from bolanggu.engines.price_index import Panel, build

PRICE = st.floats(0.05, 500, allow_nan=False)
QUANTITY = st.floats(0.5, 5000, allow_nan=False)


@st.composite
def sales(draw: st.DrawFn, *, periods: int = 6, products: int = 6) -> list[tuple[str, str, float, float]]:
    """Rows (period, product, price, quantity); product g0 is sold in every period, others come and go."""
    count = draw(st.integers(2, periods))
    rows = []
    for t in range(count):
        others = draw(st.sets(st.integers(1, products - 1)))
        rows += [(f"2026-{t + 1:02d}", f"g{g}", draw(PRICE), draw(QUANTITY)) for g in sorted({0, *others})]
    repeats = draw(st.lists(st.sampled_from(rows), max_size=3))
    return rows + [(period, product, draw(PRICE), draw(QUANTITY)) for period, product, _, _ in repeats]


def panel_of(rows: list[tuple[str, str, float, float]]) -> Panel:
    """A panel of rows."""
    period, product, price, quantity = zip(*rows, strict=True)
    return build(period, product, np.array(price), np.array(quantity))
