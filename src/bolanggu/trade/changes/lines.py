"""Lines (订单行): what acts ask of a line before they change it."""

from __future__ import annotations

from typing import Any

from bolanggu.market.orders import selectors as orders
from bolanggu.market.warehousing import selectors as warehousing
from bolanggu.trade.changes.scene import NotPossible, Stand


def open_line(stand: Stand, line: str) -> dict[str, Any]:
    """The open order line of a trade by its number."""
    rows = orders.lines(stand.number)
    for row in rows:
        if row["line"] == line:
            return row
    why = orders.closed(stand.number).get(line)
    raise NotPossible(
        f"line {line} is closed: {why}"
        if why
        else f"trade {stand.number} has no ordered line {line}; write one of "
        f"{', '.join(row['line'] for row in rows[:5]) or 'none, for nothing is ordered'}"
    )


def open_order(stand: Stand, order: str) -> list[dict[str, Any]]:
    """The open lines of one order of the trade."""
    rows = [row for row in orders.lines(stand.number) if row["order__number"] == order]
    if not rows:
        raise NotPossible(f"trade {stand.number} has no open order {order}")
    return rows


def need_uncounted(stand: Stand, *, order: str = "", line: str = "", right: str) -> list[dict[str, Any]]:
    """The open lines of an order, or one line, of which nothing has come in yet; else refused, saying what is right."""
    rows = open_order(stand, order) if order else [open_line(stand, line)]
    counted = warehousing.receipts([row["line"] for row in rows])
    for row in rows:
        if found := counted.get((row["line"], row["order__number"])):
            raise NotPossible(f"line {row['line']}: {found['received']} pieces are in the warehouse already; {right}")
    return rows


def count_of(row: dict[str, Any]) -> dict[str, Any] | None:
    """What was counted of an open order line, or None."""
    return warehousing.receipts([row["line"]]).get((row["line"], row["order__number"]))
