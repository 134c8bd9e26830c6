"""A lot is judged by its sample; tasks are cancelled; who finished stands beside who started."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from bolanggu.market.production.models import GoodsInspection, ProductionTask
from bolanggu.market.production.sampling import MAJOR_AQL, MINOR_AQL, plan_for
from bolanggu.market.production.services import BadSample, DepositGate, Work, cancel, finish, inspect, start
from bolanggu.platform.accounts.grants import Actor
from bolanggu.values.evidence import Source

GATE = [DepositGate("O1", 0, 0)]


def judged(world, at, number="I1", **found):
    defects = {"critical": 0, "major": 0, "minor": 0} | found
    return inspect(by=world, at=at, number=number, line="L1", order="O1", lot=1000, **defects)


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        ({}, "passed"),
        ({"critical": 1}, "failed"),
        ({"major": 5}, "passed"),
        ({"major": 6}, "failed"),
        ({"minor": 7}, "passed"),
        ({"minor": 8}, "failed"),
    ],
)
def test_a_lot_of_a_thousand_is_judged_at_the_acceptance_numbers(db, world, at, found, verdict):
    assert judged(world, at, **found).verdict == verdict


def test_an_inspection_is_recorded_once(db, world, at):
    assert judged(world, at).pk == judged(world, at, critical=3).pk


def test_more_defects_than_pieces_drawn_are_refused(db, world, at):
    with pytest.raises(BadSample, match="in a sample of 80"):
        judged(world, at, major=81)
    with pytest.raises(BadSample, match="nothing to inspect"):
        inspect(by=world, at=at, number="I", line="L", order="O", lot=0, critical=0, major=0, minor=0)


def test_no_lot_with_a_critical_defect_passes_by_constraint(db, world, at):
    judged(world, at)
    with pytest.raises(IntegrityError), transaction.atomic():
        GoodsInspection.objects.update(critical=1)


@given(st.integers(1, 2_000_000), st.sampled_from([MAJOR_AQL, MINOR_AQL]))
def test_samples_never_exceed_the_lot_nor_accept_a_whole_sample(lot, limit):
    plan = plan_for(lot, limit)
    assert 1 <= plan.sample <= lot
    assert plan.accept < plan.sample or plan.accept == 0


@given(st.integers(1, 2_000_000), st.integers(1, 2_000_000))
def test_a_larger_lot_is_never_sampled_less(one, other):
    small, large = sorted((one, other))
    for limit in (MAJOR_AQL, MINOR_AQL):
        assert plan_for(small, limit).sample <= plan_for(large, limit).sample


def test_who_reports_ready_stands_beside_who_started(db, world, at):
    start(by=world, at=at, work=[Work("L1", "O1", 5, 3)], gates=GATE)
    device = Actor("gate", frozenset({"world"}), Source.DEVICE)
    finish(by=device, ready=[("L1", at)], at=at)
    task = ProductionTask.objects.get()
    assert (task.source, task.ready_source, task.ready_stated_at) == ("simulated", "device", at)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProductionTask.objects.update(ready_source="")


def test_a_cancelled_task_makes_room_for_another_of_the_same_line(db, world, at):
    start(by=world, at=at, work=[Work("L1", "O1", 5, 3)], gates=GATE)
    assert cancel(by=world, at=at, lines=["L1"], reason="refused") == 1
    assert cancel(by=world, at=at, lines=["L1"], reason="refused") == 0
    assert start(by=world, at=at, work=[Work("L1", "O2", 5, 3)], gates=[DepositGate("O2", 0, 0)]) == 1
    assert set(ProductionTask.objects.values_list("order", "state")) == {("O1", "cancelled"), ("O2", "started")}
