"""Charges of a shipment are shared over its trades so that the parts add up to the tariff."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bolanggu.market.settlement.inputs import ChargeDue
from bolanggu.trade.charges import Borne, _add, _measures, _wm_milli

MEASURES = st.dictionaries(
    st.sampled_from(["T1", "T2", "T3", "T4"]),
    st.tuples(st.integers(1, 7 * 10**10), st.integers(1, 28 * 10**6)),
    min_size=1,
)


@given(MEASURES, st.lists(st.integers(1, 10**6), min_size=1, max_size=4))
def test_what_trades_bear_of_a_kind_is_what_was_charged(measures, amounts):
    found = Borne("USD")
    for minor in amounts:
        _add(found, [ChargeDue("x-seal", "seal", "agent", "CARRIER", "CNY", minor)], measures)
    assert sum(found.local["seal"].values()) == sum(amounts)
    assert set(found.local["seal"]) <= set(measures)
    assert found.payees == {"seal": "CARRIER"}


def box(**shares):
    return {"shares": [{"trade": t, "cubic_mm": v, "grams": g} for t, (v, g) in shares.items()]}


def test_a_trade_in_two_boxes_is_measured_over_both():
    boxes = [box(T1=(10, 1), T2=(5, 2)), box(T1=(1, 1))]
    assert _measures(boxes) == {"T1": (11, 2), "T2": (5, 2)}


def test_a_groupage_box_counts_by_the_larger_of_cubic_metres_and_tonnes():
    light, heavy = box(T1=(3 * 10**9, 500_000), T2=(10**9, 100_000)), box(T3=(10**9, 2_000_000))
    assert _wm_milli([light]) == 4000
    assert _wm_milli([light, heavy]) == 6000
