"""A small bazaar in this process, trades in it brought to a step, and what must hold of a trade whatever happened."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Sum

from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.market.consolidation.models import LoadPlan, PoolEntry
from bolanggu.market.goods.services import import_catalogue
from bolanggu.market.orders import selectors as orders
from bolanggu.market.settlement import selectors as settlement
from bolanggu.market.settlement.models import PaymentPlan
from bolanggu.market.warehousing import selectors as warehousing
from bolanggu.platform.ledger import selectors as ledger
from bolanggu.platform.lineage.models import EdgeRow
from bolanggu.platform.lineage.walking import walk
from bolanggu.platform.versions.models import Superseded
from bolanggu.trade.changes.models import Change
from bolanggu.trade.changes.scene import Scene
from bolanggu.trade.changes.selectors import stale
from bolanggu.trade.changes.table import perform
from bolanggu.trade.declared import declarations_of
from bolanggu.trade.marks import marks_of, shipping_marks
from bolanggu.trade.models import Trade
from bolanggu.trade.process import run
from bolanggu.trade.starting import start_trade
from bolanggu.trade.world.build import ensure_places_only
from bolanggu.trade.world.cast import WORLD

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)

#: code, English, Chinese, price, pieces a carton, mm, gross g – made for the tests; two goods of each name
GOODS = [
    ("A1", "plastic hair clip blue", "塑料发夹 蓝色", "0.80", 120, (400, 300, 300), 6000),
    ("B1", "plastic hair clip blue", "塑料发夹 蓝色", "0.85", 100, (400, 300, 320), 5600),
    ("A2", "ceramic coffee mug white", "陶瓷咖啡杯 白色", "6.50", 36, (450, 350, 300), 15000),
    ("B2", "ceramic coffee mug white", "陶瓷咖啡杯 白色", "6.70", 48, (500, 350, 320), 18000),
    ("A3", "folding umbrella black", "折叠雨伞 黑色", "12.00", 60, (600, 300, 350), 18000),
    ("A4", "steel pencil sharpener", "钢制卷笔刀", "1.10", 200, (300, 300, 250), 9000),
    ("A5", "cotton socks grey", "棉袜 灰色", "3.20", 100, (500, 400, 400), 9500),
    ("A6", "wooden photo frame", "木质相框", "8.80", 40, (500, 400, 300), 14000),
]
ROWS = [
    ("plastic hair clip blue", 500),
    ("ceramic coffee mug white", 360),
    ("folding umbrella black", 300),
    ("steel pencil sharpener", 1000),
    ("cotton socks grey", 400),
    ("wooden photo frame", 120),
]


def open_bazaar(folder: Path) -> None:
    """Import the goods into a fresh database; each shop gets some of them."""
    file = folder / "goods.csv"
    with file.open("w", newline="", encoding="utf-8") as stream:
        out = csv.writer(stream)
        out.writerow(
            "code title_en title_zh price currency moq pcs_per_carton".split()
            + "carton_l_mm carton_w_mm carton_h_mm carton_gross_g".split()
        )
        for code, en, zh, price, pieces, size, gross in GOODS:
            out.writerow([code, en, zh, price, "CNY", 1, pieces, *size, gross])
    ensure_places_only()
    import_catalogue(by=WORLD, at=AT, file=file, replace=False, progress=lambda *_: None)


def trade_at(folder: Path, step: str, *, key: str = "k", rows=ROWS, to: str = "ESBCN", currency: str = "USD") -> Trade:
    """A trade that has come to a step."""
    file = folder / f"{key}.csv"
    with file.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([("description", "quantity"), *rows])
    request = start_trade(file, to=to, depart_on=None, currency=currency, key=key, at=AT, say=lambda _: None)
    return run(request, at=AT, until=step)


def go_on(folder: Path, trade: Trade, step: str | None = None) -> Trade:
    """The same trade, further on."""
    request = start_trade(
        folder / f"{trade.key}.csv",
        to=trade.destination,
        depart_on=trade.depart_on,
        currency=trade.currency,
        key=trade.key,
        at=AT,
        say=lambda _: None,
    )
    return run(request, at=AT, until=step)


def moment(trade: Trade) -> datetime:
    """An hour after the last step of a trade or its shipments."""
    return max(mark.at for mark in marks_of(trade)) + timedelta(hours=1)


def do(trade: Trade, act: str, key: str = "", *, at: datetime | None = None, by=WORLD, **arguments):
    """Do an act by name, an hour after the last step unless told when."""
    scene = Scene(by, at or moment(trade), trade.number, key or f"{act}:{sorted(arguments.items())}")
    return perform(act, scene, arguments)


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is undone."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def lines_of(trade: Trade) -> list[dict]:
    """Open order lines."""
    return orders.lines(trade.number)


def disagreements(trade: Trade) -> list[str]:
    """Everything in which books, plan, declaration and edges of a trade do not agree, in words."""
    checks = (_books, _orders, _cartons, _boxes, _declared, _traced, _stale)
    return [fault for check in checks for fault in check(trade)]


def _books(trade):
    for currency, sums in ledger.sums().items():
        if sums.posted or sums.pending:
            yield f"books: {currency} sums to {sums.posted} posted and {sums.pending} pending"
    plan = PaymentPlan.objects.filter(group=trade.number).first()
    if plan is None:
        return
    planned = {
        row.order: (row.minor, sum(line.minor for line in row.lines.all())) for row in settlement.orders_of(plan)
    }
    worth = {order["number"]: order["amount_minor"] for order in orders.orders(trade.number)}
    for number, (minor, lines) in planned.items():
        if minor != worth.get(number, 0) or lines != minor:
            yield f"books: {number} is planned at {minor} in lines of {lines}, ordered at {worth.get(number, 0)}"
    if missing := set(worth) - set(planned):
        yield f"books: {missing} are not planned"
    if plan.goods_minor != sum(row.due_minor for row in plan.orders.all()):
        yield "books: the plan is not the sum of its orders"


def _orders(trade):
    lines = Counter()
    for line in lines_of(trade):
        lines[line["order__number"]] += line["amount_minor"]
        if line["amount_minor"] != line["unit_minor"] * line["quantity"]:
            yield f"orders: {line['line']} is not price times pieces"
    worth = {order["number"]: order["amount_minor"] for order in orders.orders(trade.number)}
    if dict(lines) != worth:
        yield f"orders: {worth} are not the sums of lines {dict(lines)}"
    edges = EdgeRow.objects.filter(
        aspect="order", to_kind="order", to_id__startswith=f"{trade.number}-", superseded=False
    )
    drawn = {(e.from_id, e.to_id): (e.pieces, e.minor) for e in edges}
    bought = {(r["line"], r["order__number"]): (r["quantity"], r["amount_minor"]) for r in lines_of(trade)}
    if drawn != bought:
        yield f"orders: edges {drawn} are not {bought}"


def _cartons(trade):
    packed = Counter()
    for carton in warehousing.cartons(trade.number):
        for content in carton["contents"]:
            packed[content["line"]] += content["pieces"]
    if not packed:
        return
    counted = {line: row["accepted"] for (line, _), row in warehousing.receipts(list(packed)).items()}
    if dict(packed) != {line: n for line, n in counted.items() if n}:
        yield f"cartons: {dict(packed)} are packed, {counted} accepted"
    for row in lines_of(trade):
        drawn = EdgeRow.objects.filter(aspect="goods", from_id=row["line"], to_kind="carton", superseded=False)
        sums = drawn.aggregate(pieces=Sum("pieces"), minor=Sum("minor"))
        if packed[row["line"]] != (sums["pieces"] or 0):
            yield f"cartons: {row['line']} has {packed[row['line']]} pieces packed, edges say {sums['pieces']}"
        if packed[row["line"]] == row["quantity"] and sums["minor"] != row["amount_minor"]:
            yield f"cartons: {row['line']} is worth {row['amount_minor']}, its cartons {sums['minor']}"


def _boxes(trade):
    here = {carton["sscc"] for carton in warehousing.cartons(trade.number)}
    entries = {e.sscc: e for e in PoolEntry.objects.filter(trade=trade.number)}
    for sscc, entry in entries.items():
        if (entry.state == "unpacked") == (sscc in here):
            yield f"pool: {sscc} is {entry.state}, the warehouse {'has' if sscc in here else 'does not have'} it"
    for shipment in consolidation.shipments_of(trade.number):
        plans = list(LoadPlan.objects.filter(shipment=shipment, superseded=False))
        placed = [where[0] for plan in plans for where in plan.placements]
        inside = {e.sscc for e in PoolEntry.objects.filter(shipment=shipment, state__in=["planned", "loaded"])}
        if len(placed) != len(set(placed)) or set(placed) != inside:
            yield f"boxes: {len(placed)} placed, {len(inside)} in boxes of {shipment}"
        for plan in plans:
            if plan.stale:
                yield f"boxes: {plan.number} is stale: {plan.stale}"
            of = plan.shares.aggregate(cartons=Sum("cartons"), grams=Sum("grams"), cost=Sum("cost_minor"))
            if (of["cartons"], of["grams"], of["cost"]) != (plan.cartons, plan.gross_g, plan.cost_minor):
                yield f"boxes: shares of {plan.number} do not add up: {of}"
        weights = {c["sscc"]: c["gross_g"] for c in warehousing.cartons(trade.number)}
        if set(weights) >= set(placed) and sum(weights[s] for s in placed) != sum(p.gross_g for p in plans):
            yield f"boxes: the plans of {shipment} weigh otherwise than their cartons"


def _declared(trade):
    if not shipping_marks(trade.number, ["declare"]):
        return
    boxes = {w[0] for b in consolidation.boxes(trade.number) for w in b["plan__placements"]}
    loaded = sum(
        c["pieces"]
        for carton in warehousing.cartons(trade.number)
        if carton["sscc"] in boxes
        for c in carton["contents"]
    )
    declared = sum(one["share"]["pieces"] for one in declarations_of(trade.number))
    if declared != loaded:
        yield f"declared: {declared} pieces are declared, {loaded} loaded"


def _traced(trade):
    """Going forward from each line, pieces in containers are those of its cartons in boxes; shares never exceed 1."""
    boxes = {w[0] for b in consolidation.boxes(trade.number) if b["equipment"] for w in b["plan__placements"]}
    for row in lines_of(trade):
        steps = walk("line", row["line"], "forward")
        goods = [s for s in steps if s.kind == "container" and s.aspect == "goods"]
        inside = sum(
            c["pieces"]
            for carton in warehousing.cartons(trade.number)
            if carton["sscc"] in boxes
            for c in carton["contents"]
            if c["line"] == row["line"]
        )
        if sum(s.pieces for s in goods) != inside:
            yield f"trace: {row['line']} has {sum(s.pieces for s in goods)} pieces in boxes, {inside} are loaded"
        for aspect in {s.aspect for s in steps}:
            first = [s for s in steps if s.aspect == aspect and s.depth == 1]
            if sum(s.share for s in first) > 1:
                yield f"trace: shares of {row['line']} in {aspect} exceed the whole"
    for box in {s["plan__number"] for s in consolidation.boxes(trade.number) if s["equipment"]}:
        back = [s for s in walk("container", box, "back") if s.kind == "line"]
        if sum(s.share for s in back) != 1:
            yield f"trace: lines of {box} make up {sum(s.share for s in back)} of it"


def _stale(trade):
    for one in stale(trade.number):
        yield f"stale: {one}"


def fingerprint(trade: Trade) -> tuple:
    """What a refused act must leave as it was."""
    trade.refresh_from_db()
    return (
        trade.destination,
        [(row["line"], row["quantity"], row["version"]) for row in lines_of(trade)],
        [(c["sscc"], c["state"], c["version"], c["destination"]) for c in warehousing.cartons(trade.number)],
        Change.objects.filter(trade=trade.number).count(),
        Superseded.objects.count(),
        {code: (b.credits_posted, b.debits_posted, b.credits_pending) for code, b in _balances().items()},
    )


def _balances():
    return {balance.code: balance for balance in ledger.under("")}
