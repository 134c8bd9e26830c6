"""Processes that write at once lose nothing, break no chain, and do not hang in each other."""

from collections import Counter

import pytest
from tests import homes

WRITERS = "tests.platform.journal.writers"
pytestmark = pytest.mark.slow


def stands(home):
    told = homes.at_once(home, [(WRITERS, "reader", 0, "told")])[0]
    homes.remove(home)
    return told


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What four writers left, who all met a database that none had made yet."""
    home = tmp_path_factory.mktemp("writers") / "home"
    homes.at_once(home, [(WRITERS, name, 60, "append") for name in "abcd"])
    return stands(home)


def test_writers_at_once_make_one_chain(told):
    assert told["faults"] == 0
    written = {f"YW-{name}-{turn}-{n}" for name in "abcd" for turn in range(60) for n in range(1 + turn % 3)}
    assert Counter(told["subjects"]) == Counter(written)


def test_entries_of_one_transaction_stand_together_and_those_of_a_writer_in_its_order(told):
    subjects = told["subjects"]
    for position, subject in enumerate(subjects):
        _, name, turn, n = subject.split("-")
        if int(n):
            assert subjects[position - 1] == f"YW-{name}-{turn}-{int(n) - 1}"
    for name in "abcd":
        turns = [int(subject.split("-")[2]) for subject in subjects if subject.split("-")[1] == name]
        assert turns == sorted(turns)


def test_deeds_that_wait_for_each_other_in_a_circle_are_all_done_once(tmp_path):
    orders = {"a": "number_first", "b": "event_first", "c": "number_first", "d": "event_first"}
    homes.at_once(tmp_path / "home", [(WRITERS, name, 12, order) for name, order in orders.items()])
    told = stands(tmp_path / "home")
    assert told["faults"] == 0
    assert told["next"] == 1 + 4 * 12
    assert Counter(told["subjects"]) == Counter(f"{name}-{turn}" for name in orders for turn in range(12))
