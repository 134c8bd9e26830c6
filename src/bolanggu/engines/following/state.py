"""State (当前状态): the latest of events, the same in whatever order they came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bolanggu.values.evidence import Tense


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """One event as far as the state needs it; compared by time of the event, of its record, then name."""

    at: datetime
    recorded: datetime
    name: str
    tense: Tense
    void: bool = False


def latest(events: Iterable[Known], tense: Tense = Tense.ACTUAL) -> Known | None:
    """The greatest event of a tense that is not void: estimates and plans never stand for what happened."""
    return max((event for event in events if event.tense is tense and not event.void), default=None)
