"""One of several that want one departure at once: python -m tests.market.transport.rivals NAME TRIES book | told."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

from bolanggu.interfaces.cli import django_setup

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
#: hundredths of a TEU that each asks for
SIZE = 1000


def book(name: str, tries: int) -> dict:
    """Book the same way again and again, each time for another shipment, until its departure is full."""
    from bolanggu.market.transport.planning import plan
    from bolanggu.market.transport.services import book as ask
    from bolanggu.market.transport.services.errors import DepartureFull
    from bolanggu.trade.world.cast import WORLD

    ways = [way for way in plan("DEDUI", AT) if any(leg.mode == "rail" and leg.km > 5000 for leg in way.legs)][:1]
    served = 0
    for turn in range(tries):
        facts = {"journeys": ways, "chosen": 0, "service": "FCL", "teu": SIZE, "freight": ways[0].cost, "boxes": {}}
        try:
            ask(by=WORLD, at=AT, shipment=f"{name}{turn}", **facts)
            served += 1
        except DepartureFull:
            break
    return {"served": served}


def told() -> dict:
    """What stands in the end: space and what is taken of the departure that was fought for, and live bookings."""
    from bolanggu.market.transport.models import Booking, Departure

    row = Departure.objects.filter(mode="rail").order_by("-taken").first()
    assert row is not None
    return {"space": row.space, "taken": row.taken, "bookings": Booking.objects.count()}


def main(name: str, tries: int, what: str) -> None:
    django_setup.start()
    sys.stdout.write(json.dumps(told() if what == "told" else book(name, tries)))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
