"""Writers at once on one market: run as a program, it forks them, and counts what they were told and what stands.

    python -m tests.platform.ledger.together WRITERS BATCHES

All writers use the same accounts; every other batch of a writer is one that its neighbour sends too.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace

from bolanggu.interfaces.cli import django_setup


def write(writer: int, batches: int, pipe: int) -> None:
    """Post own and shared batches; tell how many transfers took effect."""
    from tests.platform.ledger.simulation import BY
    from tests.platform.ledger.world import START, World

    from bolanggu.platform.ledger import services

    own, shared, effective = World(100 + writer), World(200 + writer // 2), 0
    for turn in range(batches):
        batch = shared.batch() if turn % 2 else own.batch()
        batch = [replace(t, expires_at=None) for t in batch]
        effective += [c.value for c in services.post(by=BY, at=START, batch=batch)].count("ok")
    os.write(pipe, f"{effective}\n".encode())
    os._exit(0)


def main(writers: int, batches: int) -> dict:
    """Fork the writers, wait, verify."""
    django_setup.start()
    from django.db import connection
    from tests.platform.ledger.simulation import BY
    from tests.platform.ledger.world import OPENINGS, START

    from bolanggu.platform.ledger import services
    from bolanggu.platform.ledger.verification import verify

    services.open_accounts(by=BY, at=START, openings=OPENINGS)
    connection.close()
    reading, writing = os.pipe()
    children = []
    for writer in range(writers):
        child = os.fork()
        if child == 0:
            os.close(reading)
            write(writer, batches, writing)
        children.append(child)
    os.close(writing)
    with os.fdopen(reading) as lines:
        told = [int(line) for line in lines]
    ended = [os.waitpid(child, 0)[1] for child in children]
    report = verify()
    return {"told": sum(told), "ended": ended, "transfers": report.transfers, "faults": len(report.faults)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]))))
