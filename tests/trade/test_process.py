"""Steps of the process: what is overtaken between preparing and acting is prepared again, and then told."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from bolanggu.market.consolidation.services import NotWaiting
from bolanggu.market.transport.services.errors import DepartureFull
from bolanggu.trade import process
from bolanggu.values.fault import Fault

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)


class Stage:
    """A stage of nothing, that remembers its marks."""

    subject = ("shipment", "S1")

    def __init__(self):
        self.facts, self.clock, self.marks = {}, AT, {}

    def hold(self):
        pass

    def mark(self, name):
        return self.marks.get(name)

    def write(self, *, name, at, facts, milliseconds):
        return self.marks.setdefault(name, SimpleNamespace(name=name, at=at, facts=facts, milliseconds=milliseconds))


def step(errors):
    """A step whose act raises these errors, one a time, and then does its deed; it counts its preparations."""
    counted = SimpleNamespace(prepared=0)

    def prepare(_):
        counted.prepared += 1

    def act(stage, _):
        if errors:
            raise errors.pop(0)
        return stage.clock, {"deed": "done"}

    counted.prepare, counted.act = prepare, act
    return counted


@pytest.fixture
def walk_with(db, monkeypatch):
    def walk(stage, made):
        monkeypatch.setattr(process, "import_module", lambda _: made)
        return process.walk(stage, ["book"])

    return walk


def test_an_overtaken_step_is_prepared_again(walk_with):
    stage, made = Stage(), step([DepartureFull("full"), NotWaiting("gone")])
    assert walk_with(stage, made)
    assert (made.prepared, stage.facts["book"]["deed"]) == (3, "done")


def test_a_step_that_is_overtaken_again_and_again_is_told_in_words(walk_with):
    stage, made = Stage(), step([DepartureFull(f"full {n}") for n in range(9)])
    with pytest.raises(Fault, match="shipment S1: step book: full 2"):
        walk_with(stage, made)
    assert (made.prepared, stage.marks) == (3, {})


def test_other_errors_are_not_tried_again(walk_with):
    made = step([RuntimeError("a bug")])
    with pytest.raises(RuntimeError):
        walk_with(Stage(), made)
    assert made.prepared == 1


def test_a_step_that_is_done_is_not_done_again(walk_with):
    stage, made = Stage(), step([])
    walk_with(stage, made)
    walk_with(stage, made)
    assert made.prepared == 1
