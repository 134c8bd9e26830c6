"""Deciding (配货决定): on a day, each agent looks at her pools and opens the shipments that leave; the rest waits."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from bolanggu.engines.loading import container, profile
from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.market.consolidation.choosing import Decided, Policy, PoolLine, choose
from bolanggu.market.consolidation.models import Shipment
from bolanggu.market.consolidation.services import Pool, Reasoned, ShipmentOpened, note_waits, open_shipment
from bolanggu.market.warehousing import selectors as warehousing
from bolanggu.trade.cargo import Row, measure
from bolanggu.trade.stowing import HIGH_CUBE
from bolanggu.trade.world.assumptions import world
from bolanggu.trade.world.cast import WORLD, choose_cast

WEEK = timedelta(days=7)


def shipment_number(key: str) -> str:
    """The number of a pooled shipment: the same key gives the same number.

    >>> shipment_number("k")
    'SQJKMGKNJFB'
    """
    return "S" + base64.b32encode(hashlib.sha256(key.encode()).digest())[:10].decode()


def decide(pool: Pool, *, at: datetime, key: str, last: bool) -> list[Shipment]:
    """Open the shipments that leave a pool at a decision: one for full boxes, one for what goes apart.

    Parameters
    ----------
    key
        Names the decision: taken again, it returns what was opened.
    last
        True if there is no later decision: then nothing waits.
    """
    numbers = [shipment_number(f"{key}:{part}") for part in ("full", "apart")]
    with transaction.atomic():
        standing = list(Shipment.objects.filter(number__in=numbers).order_by("pk"))
        if standing:
            return standing
        rows = _waiting(pool, at)
        lines, cartons = _lines(rows)
        decided = choose(lines, _policy(pool, last=last), leaves=at.date(), next_leaves=(at + WEEK).date())
        waits = [_reasoned(line, why, ships=False) for line, why in decided.wait]
        made = _opened(pool, numbers, decided, cartons, at)
        note_waits(by=WORLD, at=at, choices=waits)
        return made


def _opened(
    pool: Pool, numbers: Sequence[str], decided: Decided, cartons: Mapping[str, list[str]], at: datetime
) -> list[Shipment]:
    made = []
    for number, part, boxes in zip(numbers, (decided.full, decided.apart), (decided.boxes, None), strict=True):
        if not part:
            continue
        opened = ShipmentOpened(
            number=number,
            pool=pool,
            cast=choose_cast(number, at=at, agent=pool.agent),
            trades=sorted({line.trade for line, _ in part}),
            most_boxes=boxes,
        )
        ssccs = sorted(sscc for line, _ in part for sscc in cartons[line.line])
        choices = [_reasoned(line, why, ships=True) for line, why in part]
        made.append(open_shipment(by=WORLD, at=at, opened=opened, ssccs=ssccs, choices=choices))
    return made


def _policy(pool: Pool, *, last: bool) -> Policy:
    box = container(HIGH_CUBE)
    rules = profile("rail" if pool.wish == "rail" else world("loading_profile"))
    return Policy(
        cubic_mm=int(box.volume * world("pool_fill")),
        grams=rules.cargo_limit(box) or box.payload_g or box.volume,
        least_fill=world("pool_least_fill"),
        longest_wait_days=-1 if last else world("pool_longest_wait_days"),
    )


def _waiting(pool: Pool, at: datetime) -> list[tuple[Row, date, date | None]]:
    """Cartons that wait at a moment, each with the day since when, and the departure asked for."""
    entries = {row["sscc"]: row for row in consolidation.waiting(pool) if row["ready_at"] <= at}
    trades = sorted({row["trade"] for row in entries.values()})
    return [
        (row, entries[row["sscc"]]["ready_at"].date(), entries[row["sscc"]]["not_before"])
        for trade in trades
        for row in warehousing.cartons(trade)
        if row["sscc"] in entries
    ]


def _lines(rows: Sequence[tuple[Row, date, date | None]]) -> tuple[list[PoolLine], dict[str, list[str]]]:
    """Waiting lines, and their cartons; a mixed carton goes with the first of its lines."""
    of: dict[str, list[Row]] = defaultdict(list)
    facts: dict[str, tuple[str, date, date | None]] = {}
    for row, since, not_before in rows:
        line = row["contents"][0]["line"]
        of[line].append(row)
        facts[line] = (row["trade"], since, not_before)
    lines = []
    for line, cartons in sorted(of.items()):
        cargo, (trade, since, not_before) = measure(cartons), facts[line]
        lines.append(PoolLine(trade, line, cargo.cartons, cargo.cubic_mm, cargo.grams, since, not_before))
    return lines, {line: [row["sscc"] for row in cartons] for line, cartons in of.items()}


def _reasoned(line: PoolLine, why: str, *, ships: bool) -> Reasoned:
    return Reasoned(line.trade, line.line, line.cartons, ships, why)
