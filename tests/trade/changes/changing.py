"""A process that does acts to a trade in a home, one after the other, each by its key; run again it goes on.

python -m tests.trade.changes.changing LIST
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)


def main(file: str) -> None:
    """Bring the trade to loading, let things go wrong, and print what stands in the end."""
    from bolanggu.interfaces.cli.django_setup import start

    start()
    from tests.trade.changes.bazaar import disagreements

    from bolanggu.trade.process import run
    from bolanggu.trade.starting import start_trade

    def asked(to):
        return start_trade(Path(file), to=to, depart_on=None, currency="USD", key="k", at=AT, say=lambda _: None)

    standing = _standing()
    trade = run(asked(standing.destination if standing else "ESBCN"), at=AT, until="deposit")
    _acts(trade, ["refuse_order", "deliver_short", "receive_payment", "return_payment"])
    trade = run(asked(trade.destination), at=AT, until="declare")
    _acts(trade, ["measure_cartons", "fail", "roll_box", "change_port"])
    trade.refresh_from_db()
    trade = run(asked(trade.destination), at=AT)
    sys.stdout.write(json.dumps({"faults": disagreements(trade), **_summary(trade)}, default=str, sort_keys=True))


def _standing():
    from bolanggu.trade.models import Trade

    return Trade.objects.filter(key="k").first()


def _acts(trade, names) -> None:
    from bolanggu.trade.changes.models import Change
    from bolanggu.trade.changes.refresh import refresh
    from bolanggu.trade.changes.scene import Scene
    from bolanggu.trade.changes.table import perform
    from bolanggu.trade.world.cast import WORLD

    for position, name in enumerate(names):
        at = AT + timedelta(days=60, hours=position)
        standing = Change.objects.filter(trade=trade.number, key=name).first()
        act, wishes = (standing.act, standing.asked) if standing else _wishes(trade, name)
        sys.stderr.write(f"{name}\n")
        sys.stderr.flush()
        perform(act, Scene(WORLD, at, trade.number, name), wishes)
        refresh(trade.number, by=WORLD, at=at)


def _wishes(trade, name):
    from bolanggu.market.orders import selectors as orders

    line = orders.lines(trade.number)[0]
    return {
        "refuse_order": ("refuse_order", {"order": line["order__number"], "reason": "sold out", "money": "refund"}),
        "deliver_short": ("deliver_short", {"line": line["line"], "pieces": 7, "reason": "most is missing"}),
        "receive_payment": ("receive_payment", {"number": "B-1", "minor": 9_999_999, "currency": "USD"}),
        "return_payment": ("return_payment", {"number": "B-1", "reason": "too much"}),
        "measure_cartons": (
            "measure_cartons",
            {"line": line["line"], "l_mm": 470, "w_mm": 360, "h_mm": 350, "gross_g": 7000},
        ),
        "fail": ("inspect_goods", {"line": line["line"], "critical": 1, "reason": "rust"}),
        "roll_box": ("roll_box", {"reason": "overbooked", "not_before": str(date(2026, 6, 1))}),
        "change_port": ("change_port", {"destination": "DEHAM", "reason": "the buyer moved"}),
    }[name]


def _summary(trade):
    from bolanggu.market.settlement import selectors as settlement
    from bolanggu.platform.versions.models import Superseded
    from bolanggu.trade.changes.selectors import changes
    from bolanggu.trade.dossier import dossier

    shown = dossier(trade)
    return {
        "changes": [(one["sequence"], one["act"], one["done"]) for one in changes(trade.number)],
        "versions": sorted(map(str, Superseded.objects.values_list("kind", "number", "version"))),
        "lines": [(line["row"], line["status"], line.get("quantity"), line.get("cartons")) for line in shown["lines"]],
        "boxes": [(box["id"], box["cartons"], box["gross_kg"], box["plan_version"]) for box in shown["containers"]],
        "declarations": [(one["id"], one["version"], one["value_usd"]) for one in shown["declarations"]],
        "money": settlement.due(trade.number),
    }


if __name__ == "__main__":
    main(sys.argv[1])
