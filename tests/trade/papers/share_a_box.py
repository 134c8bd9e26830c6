"""Two trades in one shipment: prints both dossiers. python -m tests.trade.papers.share_a_box OUT LIST LIST."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

AT = datetime(2026, 11, 26, 8, tzinfo=UTC)


def main(out: str, *lists: str) -> None:
    """Take both as far as the warehouse, ship what waits together, and write the papers of each."""
    from bolanggu.interfaces.cli.django_setup import start

    start()
    from bolanggu.market.consolidation.models import PoolEntry
    from bolanggu.market.consolidation.services import ShipmentOpened, open_shipment
    from bolanggu.trade.papers import write_papers
    from bolanggu.trade.process import SHIPPING, run, walk
    from bolanggu.trade.shipping import pool_of
    from bolanggu.trade.stages import stage_of
    from bolanggu.trade.starting import start_trade
    from bolanggu.trade.world.cast import WORLD

    trades = []
    for index, file in enumerate(lists):
        request = start_trade(
            Path(file), to="ESBCN", depart_on=None, currency="USD", key=f"share {index}", at=AT, say=lambda _: None
        )
        trades.append(run(request, at=AT, until="receive"))
    first = trades[0]
    cast = {**first.cast}
    numbers = [trade.number for trade in trades]
    ssccs = sorted(PoolEntry.objects.filter(trade__in=numbers).values_list("sscc", flat=True))
    ready = max(PoolEntry.objects.filter(trade__in=numbers).values_list("ready_at", flat=True))
    opened = ShipmentOpened("SHIP1", pool_of(first), cast, numbers, None)
    PoolEntry.objects.filter(trade__in=numbers).update(agent=first.cast["agent"])
    shipment = open_shipment(by=WORLD, at=ready, opened=opened, ssccs=ssccs)
    walk(stage_of(shipment), SHIPPING)
    dossiers = [write_papers(trade, Path(out) / trade.number) for trade in trades]
    sys.stdout.write(json.dumps(dossiers, ensure_ascii=False, default=str))


if __name__ == "__main__":
    main(*sys.argv[1:])
