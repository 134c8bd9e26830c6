"""One of several writers at once: appends to the journal, or takes numbers and writes events in either order.

python -m tests.platform.journal.writers NAME TURNS append | number_first | event_first | told
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime

from bolanggu.interfaces.cli import django_setup

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)
SERIES = "test"


def append(name: str, turn: int) -> None:
    """One transaction of one to three entries."""
    from django.db import transaction
    from tests.platform.journal.test_journal import record

    from bolanggu.platform.journal import services

    with transaction.atomic():
        services.append([record(f"{name}-{turn}-{n}") for n in range(1 + turn % 3)])


def number_first(name: str, turn: int) -> None:
    """Take a number, then write the event."""
    _deed(name, turn, ["number", "event"])


def event_first(name: str, turn: int) -> None:
    """Write the event, then take a number: with the other order, a circle of waiting."""
    _deed(name, turn, ["event", "number"])


def _deed(name: str, turn: int, order: list[str]) -> None:
    from django.db import transaction

    from bolanggu.platform import outbox
    from bolanggu.platform.accounts.grants import Actor, requires
    from bolanggu.platform.numbering.services import take

    @requires("pool", "plan")
    @transaction.atomic
    def deed(*, by: Actor) -> None:
        for part in order:
            if part == "number":
                take(SERIES)
            else:
                outbox.write(kind="test.done", subject=f"{name}-{turn}", at=AT, by=by)
            time.sleep(0.02)

    deed(by=Actor(name, frozenset({"agent"})))


def told() -> dict:
    """What stands in the end."""
    from bolanggu.platform.journal import selectors
    from bolanggu.platform.journal.models import Entry
    from bolanggu.platform.numbering.models import Serial

    subjects = list(Entry.objects.order_by("sequence").values_list("subject", flat=True))
    series = Serial.objects.filter(name=SERIES).first()
    return {"faults": len(selectors.faults()), "subjects": subjects, "next": series.next if series else 1}


def main(name: str, turns: int, what: str) -> None:
    django_setup.start()
    if what == "told":
        sys.stdout.write(json.dumps(told()))
        return
    for turn in range(turns):
        globals()[what](name, turn)
    sys.stdout.write(json.dumps(turns))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
