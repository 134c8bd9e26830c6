"""What money stands on: trade records of market procurement, and beside them other modes and goods left behind."""

from __future__ import annotations

from bolanggu.market.settlement.inputs import GroupDue, LineDue, OrderDue
from bolanggu.trade.settling import _beside
from bolanggu.values.money import Money

GROUP = GroupDue(
    "T1",
    "B1",
    "A1",
    "USD",
    (
        OrderDue("O1", "M1", "CNY", (LineDue("L1", 700), LineDue("L2", 300))),
        OrderDue("O2", "M2", "CNY", (LineDue("L3", 50),)),
        OrderDue("O3", "M3", "USD", (LineDue("L4", 20),)),
    ),
)


def test_what_no_record_carries_is_summed_by_currency():
    assert _beside(GROUP, {"L1": 600, "L2": 300, "L4": 20}) == [Money("CNY", 150)]


def test_without_records_all_goods_stand_beside_them_and_with_all_nothing_does():
    assert _beside(GROUP, {}) == [Money("CNY", 1050), Money("USD", 20)]
    assert _beside(GROUP, {"L1": 700, "L2": 300, "L3": 50, "L4": 20}) == []
