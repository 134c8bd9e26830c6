"""A fuzzed day of orders settles to zero: nothing is left where nothing may be left, and the books hold.

``BOLANGGU_DAY_ORDERS=50000`` makes it the whole day of the city (half an hour a database).
"""

from __future__ import annotations

import os

import pytest
from tests.market.settlement.fuzzed_day import Day

pytestmark = pytest.mark.django_db


def settles(number: int, orders: int, *sizes: tuple[int, ...]) -> dict:
    told = Day(number, orders, *sizes).go()
    assert told["unfinished"] == 0
    assert told["left"] == []
    assert {tuple(sums) for sums in told["sums"].values()} == {(0, 0)}
    assert told["faults"] == []
    return told


def test_a_fuzzed_morning_settles_to_zero():
    told = settles(1, 100, (1, 2, 5, 12))
    assert told["crashes"] > 0
    assert told["refused"] > 0
    assert told["repeated"] > 0


@pytest.mark.slow
def test_a_fuzzed_day_settles_to_zero():
    settles(2, int(os.environ.get("BOLANGGU_DAY_ORDERS", "600")))
