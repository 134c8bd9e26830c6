"""What the database broke off to end a circle of waiting is done again; every other failure is told at once."""

import pytest
from django.db import IntegrityError, OperationalError, transaction

from bolanggu.platform import again as module
from bolanggu.platform.again import again


class Cause(Exception):
    def __init__(self, sqlstate):
        self.sqlstate = sqlstate


class Deed:
    """Fails so many times with an error of the database, then answers."""

    def __init__(self, failures, sqlstate="40P01"):
        self.failures, self.sqlstate, self.calls = failures, sqlstate, 0

    def __call__(self):
        self.calls += 1
        if self.calls <= self.failures:
            raise OperationalError("broken off") from Cause(self.sqlstate)
        return "done"


@pytest.fixture(autouse=True)
def pauses(monkeypatch):
    slept = []
    monkeypatch.setattr(module.time, "sleep", slept.append)
    return slept


@pytest.mark.parametrize("sqlstate", ["40P01", "40001"])
def test_a_deed_that_was_broken_off_is_done_again_after_growing_pauses(pauses, sqlstate):
    deed = Deed(3, sqlstate)
    assert again(deed) == "done"
    assert deed.calls == 4
    assert pauses == sorted(pauses)
    assert 0 < sum(pauses) < 1


def test_the_tenth_time_it_is_told(pauses):
    deed = Deed(10)
    with pytest.raises(OperationalError):
        again(deed)
    assert deed.calls == 10


def test_a_server_that_is_gone_is_told_at_once(pauses):
    deed = Deed(1, sqlstate="57P01")
    with pytest.raises(OperationalError):
        again(deed)
    assert deed.calls == 1


def test_a_broken_rule_is_told_at_once(pauses):
    def deed():
        raise IntegrityError("not so")

    with pytest.raises(IntegrityError):
        again(deed)
    assert pauses == []


@pytest.mark.django_db
def test_inside_a_transaction_only_the_whole_can_begin_anew():
    deed = Deed(1)
    with pytest.raises(OperationalError), transaction.atomic():
        again(deed)
    assert deed.calls == 1
