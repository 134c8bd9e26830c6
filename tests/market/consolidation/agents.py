"""One of several agents who work the same pool: joins cartons, plans what waits, loads what it planned.

    python -m tests.market.consolidation.agents NAME FIRST LAST ALL | told

Agents do not talk to each other: each picks from all that waits, so they pick the same cartons again and again.
They think for a moment before they act, in which the other may have taken what they look at.
"""

from __future__ import annotations

import json
import random
import sys
import time
from datetime import UTC, datetime

from bolanggu.interfaces.cli import django_setup

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)
BOX = 6


def work(name: str, first: int, last: int, everything: int) -> dict[str, int]:
    """Join the cartons first…last; once all joined, plan and load until nothing waits. Plans made and refused."""
    from tests.market.consolidation.test_consolidation import MASSES, POOL, box, opened, waiting

    from bolanggu.market.consolidation import services
    from bolanggu.market.consolidation.models import PoolEntry
    from bolanggu.trade.world.cast import WORLD

    chance = random.Random(name)
    own = [waiting(f"C{n:04d}", trade=f"T{n % 3}") for n in range(first, last)]
    chance.shuffle(own)
    for start in range(0, len(own), 25):
        services.join_pool(by=WORLD, at=AT, pool=POOL, cartons=own[start : start + 25])
    while PoolEntry.objects.count() < everything:
        time.sleep(0.01)
    made = refused = 0
    while free := list(PoolEntry.objects.filter(state="waiting").order_by("sscc").values_list("sscc", "trade")):
        chosen = dict(chance.sample(free[: 3 * BOX], min(BOX, len(free))))
        cartons, number = [waiting(sscc, trade=trade) for sscc, trade in chosen.items()], f"{name}{made:03d}"
        time.sleep(chance.random() / 20)
        facts = {"by": WORLD, "at": AT}
        try:
            services.open_shipment(**facts, opened=opened(number, sorted(set(chosen.values()))), ssccs=sorted(chosen))
        except services.NotWaiting:
            refused += 1
            continue
        made += 1
        services.plan(**facts, shipment=number, boxes=[box(*chosen)], cartons=cartons)
        services.load(**facts, shipment=number, cartons=cartons, masses=MASSES, owner="carrier", free_days=14)
    return {"made": made, "refused": refused}


def told() -> dict:
    """What stands in the end."""
    from django.db.models import Sum

    from bolanggu.market.consolidation.models import Equipment, LoadPlan, PoolEntry, Share
    from bolanggu.platform.journal import selectors
    from bolanggu.platform.journal.models import Entry
    from bolanggu.platform.lineage.models import EdgeRow

    plans = list(LoadPlan.objects.order_by("number"))
    return {
        "pool": dict(PoolEntry.objects.values_list("sscc", "state")),
        "placed": [placed[0] for plan in plans for placed in plan.placements],
        "edges": list(EdgeRow.objects.filter(to_kind="share").values_list("from_id", flat=True)),
        "plans": len(plans),
        "containers": list(Equipment.objects.values_list("number", flat=True)),
        "shared": Share.objects.aggregate(n=Sum("cartons"), g=Sum("grams")),
        "sealed": Entry.objects.filter(kind="box.sealed").count(),
        "faults": len(selectors.faults()),
    }


def main(words: list[str]) -> None:
    django_setup.start()
    sys.stdout.write(json.dumps(told() if words == ["told"] else work(words[0], *map(int, words[1:]))))


if __name__ == "__main__":
    main(sys.argv[1:])
