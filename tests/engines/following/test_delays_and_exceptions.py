"""Arrivals that are calibrated on history not seen, exceptions each told, and a state that no order changes."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolanggu.engines.following.delays import Finished, History, quantile
from bolanggu.engines.following.exceptions import Kind, PlannedLeg, Seen, find
from bolanggu.engines.following.state import Known, latest
from bolanggu.values.evidence import Tense

DAY = datetime(2026, 3, 1, tzinfo=UTC)


def day(number, hours=0):
    return DAY + timedelta(days=number, hours=hours)


def simulated(legs, seed):
    """Delays of twelve services in three modes, skewed, each with a habit of its own."""
    draw = np.random.default_rng(seed)
    scale = {"sea": 30.0, "rail": 12.0, "air": 3.0}
    names = [(f"{mode}{number}", mode) for mode in scale for number in range(4)]
    habits = {name: np.random.default_rng(index).uniform(0.5, 2) for index, (name, _) in enumerate(names)}
    chosen = [names[index] for index in draw.integers(0, len(names), legs)]
    return [
        Finished(name, mode, float(draw.gamma(1.5, scale[mode] * habits[name]) - scale[mode] / 2))
        for name, mode in chosen
    ]


@pytest.mark.parametrize("share", [0.5, 0.9])
def test_quantiles_learnt_from_one_half_hold_for_the_other(share):
    history, unseen = History(simulated(3000, seed=1)), simulated(3000, seed=2)
    kept = np.mean([leg.late_h <= history.late_h(leg.service, leg.mode, share) for leg in unseen])
    assert kept == pytest.approx(share, abs=0.02)


def test_each_mode_is_calibrated_on_its_own():
    history, unseen = History(simulated(3000, seed=3)), simulated(3000, seed=4)
    for mode in ("sea", "rail", "air"):
        own = [leg for leg in unseen if leg.mode == mode]
        kept = np.mean([leg.late_h <= history.late_h(leg.service, mode, 0.9) for leg in own])
        assert kept == pytest.approx(0.9, abs=0.03)


def test_a_service_never_seen_takes_its_mode_and_a_mode_never_seen_takes_all():
    history = History(simulated(500, seed=5))
    assert history.late_h("new", "air", 0.9) < history.late_h("new", "sea", 0.9)
    assert history.late_h("new", "barge", 0.5) == quantile(np.sort([leg.late_h for leg in simulated(500, seed=5)]), 0.5)
    assert History([]).late_h("new", "sea", 0.9) == 0


def test_an_arrival_is_no_earlier_than_the_delay_that_is_known_already():
    history = History([Finished("S", "sea", 1.0)] * 50)
    arrival = history.arrival("S", "sea", DAY, now_late_h=30)
    assert (arrival.p50, arrival.p90, arrival.learnt_from) == (day(0, 30), day(0, 30), 50)


PLAN = [
    PlannedLeg("CNYIW", "CNNGB", day(1), day(1, 6), day(1, 14)),
    PlannedLeg("CNNGB", "ESBCN", day(3), day(5), day(30)),
]
WELL = [
    Seen("gate_in", "CNYIW", day(0)),
    Seen("departed", "CNYIW", day(1, 6)),
    Seen("arrived", "CNNGB", day(1, 14)),
    Seen("departed", "CNNGB", day(5)),
    Seen("arrived", "ESBCN", day(30)),
]


def test_a_journey_as_planned_has_no_exception_at_any_time():
    for number in range(40):
        now = day(number)
        assert find(PLAN, [event for event in WELL if event.at <= now], now) == []


def test_a_late_arrival_is_told_while_it_lasts_and_afterwards():
    on_its_way = WELL[:4]
    (late,) = find(PLAN, on_its_way, day(32))
    assert (late.kind, late.leg, late.hours) == (Kind.LATE, 2, 48)
    assert "not yet arrived" in late.told
    (late,) = find(PLAN, [*on_its_way, Seen("arrived", "ESBCN", day(31))], day(50))
    assert late.hours == 24


def test_a_box_that_is_not_there_at_the_cut_off_has_missed_it():
    (missed,) = find(PLAN, [], day(1, 3))
    assert (missed.kind, missed.leg, missed.place) == (Kind.MISSED_CUTOFF, 1, "CNYIW")
    kinds = [(each.kind, each.leg) for each in find(PLAN, [*WELL[:2], Seen("arrived", "CNNGB", day(4))], day(4, 1))]
    assert kinds == [(Kind.LATE, 1), (Kind.MISSED_CUTOFF, 2)]


def test_a_box_that_stays_dwells():
    found = find(PLAN, WELL[:3], day(9))
    assert (Kind.DWELL, 2) in [(each.kind, each.leg) for each in found]


def test_a_place_that_is_not_on_the_way_is_told_once():
    strange = [Seen("arrived", "SGSIN", day(12)), Seen("departed", "SGSIN", day(13))]
    (off,) = find(PLAN, [*WELL[:4], *strange], day(14))
    assert (off.kind, off.place, off.since) == (Kind.OFF_ROUTE, "SGSIN", day(12))


events = st.lists(
    st.builds(
        Known,
        at=st.integers(0, 3).map(day),
        recorded=st.integers(0, 3).map(day),
        name=st.sampled_from("abcdef"),
        tense=st.sampled_from(list(Tense)),
        void=st.booleans(),
    ),
    max_size=5,
    unique=True,
)


@given(given_events=events)
def test_the_state_is_the_same_in_any_order_and_only_what_happened_counts(given_events):
    states = {latest(order) for order in itertools.permutations(given_events)}
    assert len(states) == 1
    (state,) = states
    assert state is None or (state.tense is Tense.ACTUAL and not state.void)


def test_random_orders_of_many_events_agree():
    draw = random.Random(1)
    many = [
        Known(day(draw.randrange(9)), day(draw.randrange(9)), str(number), draw.choice(list(Tense)))
        for number in range(300)
    ]
    first = latest(many)
    for _ in range(20):
        draw.shuffle(many)
        assert latest(many) == first
