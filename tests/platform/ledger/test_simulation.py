"""The ledger does what a plain oracle does, whatever it is sent and wherever it is stopped."""

from __future__ import annotations

import os
from collections import Counter

import pytest
from tests.platform.ledger.simulation import Run

from bolanggu.platform.ledger import Code

pytestmark = pytest.mark.django_db
STEPS_A_NUMBER = 500


def simulate(numbers: range) -> tuple[int, Counter, Counter]:
    steps, codes, points = 0, Counter(), Counter()
    for number in numbers:
        told = Run(number).go(STEPS_A_NUMBER)
        steps += told.steps
        codes += told.codes
        points += told.crash_points
    return steps, codes, points


def test_twenty_thousand_steps_show_no_difference_to_the_oracle():
    steps, codes, points = simulate(range(40))
    assert steps >= 20_000
    assert set(codes) == {code.value for code in Code}, "the worlds reach every code"
    assert len(points) >= 8, "the crashes reach every statement and the lost answer"


@pytest.mark.slow
def test_the_long_run_shows_no_difference_to_the_oracle():
    numbers = int(os.environ.get("BOLANGGU_SIMULATION_NUMBERS", "400"))
    steps, _, points = simulate(range(1000, 1000 + numbers))
    assert steps >= numbers * STEPS_A_NUMBER
    assert len(points) >= 8
