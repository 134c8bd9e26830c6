"""Order entry in one home: match results to quotes, orders, payment plan, journal, through a trade's own process.

    python -m benchmarks.trade_worker lists FOLDER      # one list a file: matching not timed, order entry timed
    python -m benchmarks.trade_worker drawn SEED SIZE…  # lists drawn from the standing goods, one a size

Writes CPU seconds of this process and what was ordered to stdout.
"""

from __future__ import annotations

import csv
import json
import random
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from typing import Any

from bolanggu.interfaces.cli.django_setup import start

DESTINATION = "ESBCN"
AT = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)


def enter(file: Path, key: str) -> dict[str, Any]:
    """One list: CPU seconds from the list to its match results, and from these to planned and confirmed orders."""
    from bolanggu.market.inquiries import selectors as inquiries
    from bolanggu.market.orders.models import Order, OrderLine
    from bolanggu.trade.process import run
    from bolanggu.trade.starting import start_trade

    request = start_trade(file, to=DESTINATION, depart_on=None, currency="USD", key=key, at=AT, say=lambda _: None)
    began = process_time()
    run(request, at=AT, until="match")
    matched = process_time()
    trade = run(request, at=AT, until="order")
    done = process_time()
    lines = [line for line in inquiries.lines(trade.number) if line["state"] == "matched"]
    return {
        "file": file.name,
        "lines": OrderLine.objects.filter(order__group__number=trade.number).count(),
        "orders": Order.objects.filter(group__number=trade.number).count(),
        "seconds": done - matched,
        "match_seconds": matched - began,
        "wanted": [[line["product"], line["quantity"]] for line in lines],
    }


def of_folder(folder: Path) -> list[dict[str, Any]]:
    """Every list of a folder, by name."""
    return [enter(file, f"bench-{file.stem}") for file in sorted(folder.glob("*.csv"))]


def drawn(seed: int, sizes: list[int]) -> list[dict[str, Any]]:
    """Lists of the sizes, of goods that stand, in cartons a person would order."""
    from bolanggu.market.goods.models import Product

    draw = random.Random(seed)
    first, last = Product.objects.order_by("pk").values_list("pk", flat=True)[0], Product.objects.latest("pk").pk
    entered = []
    with tempfile.TemporaryDirectory() as folder:
        for number, size in enumerate(sizes):
            keys = draw.sample(range(first, last + 1), min(size * 2, last + 1 - first))
            goods = list(
                Product.objects.filter(pk__in=keys).order_by("pk").values_list("title_en", "pieces_per_carton")
            )
            file = Path(folder) / f"{number:02d}-{size}.csv"
            with file.open("w", newline="", encoding="utf-8") as stream:
                out = csv.writer(stream)
                out.writerow(["description", "quantity"])
                out.writerows([title, pieces * draw.randint(1, 5)] for title, pieces in goods[:size])
            entered.append(enter(file, f"bench-drawn-{seed}-{number}-{size}"))
    return entered


def main(words: list[str]) -> None:
    """Warm up on one short list, then run the work asked for."""
    start()
    from bolanggu.market.goods.models import Product

    drawn(0, [5])
    entered = of_folder(Path(words[1])) if words[0] == "lists" else drawn(int(words[1]), [int(w) for w in words[2:]])
    codes = {code for one in entered for code, _ in one["wanted"]}
    goods = list(Product.objects.filter(code__in=codes).values_list("code", "title_en", "tiers"))
    prices = [[code, title, f"{tiers[0][1] / 100:.2f}"] for code, title, tiers in goods]
    json.dump({"lists": entered, "goods": prices}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
