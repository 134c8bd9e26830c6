"""The deposit opens production; promised and actual dates are both kept."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from bolanggu.market.production import selectors
from bolanggu.market.production.models import ProductionTask
from bolanggu.market.production.services import DepositGate, DepositMissing, Work, finish, start

WORK = [Work("L1", "O1", 12, 5), Work("L2", "O2", 6, 9)]


def gates(held=300):
    return [DepositGate("O1", 300, held), DepositGate("O2", 0, 0)]


def test_work_starts_when_the_deposit_is_held(db, world, at):
    assert start(by=world, at=at, work=WORK, gates=gates()) == 2
    assert start(by=world, at=at, work=WORK, gates=gates()) == 0
    tasks = selectors.tasks(["O1", "O2"])
    assert [task["promised_at"] - at for task in tasks] == [timedelta(days=5), timedelta(days=9)]


def test_nothing_starts_while_a_deposit_is_short(db, world, at):
    with pytest.raises(DepositMissing, match="order O1: 299 of 300 is held"):
        start(by=world, at=at, work=WORK, gates=gates(299))
    assert ProductionTask.objects.count() == 0


def test_an_order_without_a_gate_stays_shut(db, world, at):
    with pytest.raises(DepositMissing, match="order O2"):
        start(by=world, at=at, work=WORK, gates=gates()[:1])


def test_the_first_report_of_ready_goods_stands(db, world, at):
    start(by=world, at=at, work=WORK, gates=gates())
    late, later = at + timedelta(days=7), at + timedelta(days=8)
    assert finish(by=world, ready=[("L1", late)]) == 1
    assert finish(by=world, ready=[("L1", later)]) == 0
    task = ProductionTask.objects.get(line="L1")
    assert (task.promised_at, task.ready_at) == (at + timedelta(days=5), late)


def test_goods_cannot_be_ready_before_they_were_started(db, world, at):
    start(by=world, at=at, work=WORK, gates=gates())
    with pytest.raises(IntegrityError), transaction.atomic():
        finish(by=world, ready=[("L1", at - timedelta(days=1))])
