"""The same event again changes nothing; planned and actual stand beside each other."""

from datetime import timedelta

from bolanggu.market.tracking import selectors
from bolanggu.market.tracking.services import Happening, capture
from bolanggu.values.evidence import Tense


def happening(at, tense=Tense.ACTUAL, milestone="departed"):
    return Happening("T1", "container", "T1-B01", tense, milestone, "CNNGB", at)


def test_an_event_is_stored_once_in_any_order(db, world, at):
    events = [happening(at), happening(at + timedelta(days=1), milestone="arrived"), happening(at)]
    assert capture(by=world, at=at, happenings=events) == 2
    assert capture(by=world, at=at, happenings=events[::-1]) == 0
    assert [row["milestone"] for row in selectors.milestones("T1")] == ["departed", "arrived"]


def test_an_actual_time_never_overwrites_the_planned_one(db, world, at):
    capture(by=world, at=at, happenings=[happening(at, Tense.PLANNED)])
    capture(by=world, at=at, happenings=[happening(at + timedelta(hours=5))])
    assert [row["tense"] for row in selectors.milestones("T1")] == ["PLN", "ACT"]


def test_the_same_facts_have_the_same_id_everywhere(at):
    assert happening(at).event_id == happening(at).event_id
    assert happening(at).event_id != happening(at + timedelta(seconds=1)).event_id
