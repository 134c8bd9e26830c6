"""A ledger that is copied while a writer posts, and one that goes on from a copy.

    python -m tests.platform.ledger.backed_up copy NUMBER BATCHES FOLDER
    python -m tests.platform.ledger.backed_up resume NUMBER BATCHES ANSWERED

``copy`` makes three copies while another process posts a numbered world, and tells how many batches had been answered
when each began. ``resume`` runs on a restored copy: it must stand behind a whole batch, not before the ANSWERED first,
and the rest of the world must end as the oracle says.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from bolanggu.interfaces.cli import django_setup


def copies(number: int, batches: int, folder: Path) -> list[tuple[str, int]]:
    """Post in another process and copy at a quarter, half and three quarters of the way."""
    from django.db import connection
    from tests.platform.ledger.killed import write
    from tests.platform.ledger.simulation import BY
    from tests.platform.ledger.world import OPENINGS, START

    from bolanggu.platform.ledger import services
    from bolanggu.platform.ledger.copying import copy_to

    services.open_accounts(by=BY, at=START, openings=OPENINGS, market=number)
    connection.close()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        write(number, 0, batches, None, writing)
    os.close(writing)
    made: list[tuple[str, int]] = []
    with os.fdopen(reading) as lines:
        for line in lines:
            answered = json.loads(line)[0] + 1
            if answered >= batches * (len(made) + 1) // 4 and len(made) < 3:
                made.append((str(copy_to(folder / f"copy-{len(made)}")), answered))
    assert os.waitpid(child, 0)[1] == 0
    return made


def resume(number: int, batches: int, answered: int) -> dict[str, int]:
    """Find where the copy stands, and go on from there."""
    from tests.platform.ledger.killed import _said, _stored
    from tests.platform.ledger.oracle import Oracle
    from tests.platform.ledger.simulation import BY
    from tests.platform.ledger.world import OPENINGS, World

    from bolanggu.platform.ledger import services
    from bolanggu.platform.ledger.verification import verify

    report = verify(market=number)
    assert report.faults == [], report.faults[:3]
    world, oracle = World(number), Oracle(OPENINGS)
    sent = [(world.batch(), world.now()) for _ in range(batches)]
    place = 0
    while place < answered or _said(oracle) != _stored(number):
        assert place < batches, "the copy stands behind no batch"
        oracle.post(*sent[place])
        place += 1
    for batch, at in sent[place:]:
        codes = services.post(by=BY, at=at, batch=batch, market=number)
        assert [c.value for c in codes] == oracle.post(batch, at)
    report = verify(market=number)
    assert report.faults == []
    assert report.transfers == len(oracle.transfers)
    return {"stands": place, "transfers": report.transfers}


if __name__ == "__main__":
    django_setup.start()
    what, number_, batches_, last = sys.argv[1:]
    if what == "copy":
        sys.stdout.write(json.dumps(copies(int(number_), int(batches_), Path(last))))
    else:
        sys.stdout.write(json.dumps(resume(int(number_), int(batches_), int(last))))
