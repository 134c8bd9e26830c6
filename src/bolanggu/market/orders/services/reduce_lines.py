"""Reduce order lines to fewer pieces, or close them: what is not delivered is not owed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from bolanggu.market.orders.errors import MoreThanOrdered
from bolanggu.market.orders.models import Order, OrderLine
from bolanggu.market.orders.services.locking import line_facts, open_lines, order_facts
from bolanggu.platform import lineage, outbox, versions
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.lineage import Edge
from bolanggu.platform.lineage.edges import supersede_between


@requires("order", "change")
@transaction.atomic
def reduce_lines(*, by: Actor, at: datetime, pieces: Mapping[str, int], reason: str) -> list[OrderLine]:
    """Set lines to that many pieces; 0 closes a line, and an order without open lines is cancelled.

    The versions before are kept; the edges line → order are written anew.

    Raises
    ------
    UnknownOrder, OrderNotOpen
        A line is not open, or its order is not.
    MoreThanOrdered
        A line was ordered in fewer pieces; more pieces are a new line.
    """
    lines = [line for line in open_lines(list(pieces), "changed") if line.quantity != pieces[line.line]]
    for line in lines:
        if not 0 <= pieces[line.line] < line.quantity:
            raise MoreThanOrdered(
                f"line {line.line} has {line.quantity} pieces, it cannot be reduced to {pieces[line.line]};"
                " more pieces are ordered as a line of their own"
            )
    if not lines:
        return []
    orders = {line.order_id: line.order for line in lines}
    keep = {"at": at, "by": by, "reason": reason}
    versions.supersede(kind="order_line", facts=[(line.line, line_facts(line)) for line in lines], **keep)  # type: ignore[arg-type]
    versions.supersede(kind="order", facts=[(o.number, order_facts(o)) for o in orders.values()], **keep)  # type: ignore[arg-type]
    for line in lines:
        _set(line, pieces[line.line], reason)
    OrderLine.objects.bulk_update(lines, ["quantity", "amount_minor", "open", "reason", "version"], batch_size=300)
    for order in orders.values():
        _sum_up(order, reason)
    _edges(lines)
    notices = [
        outbox.Notice("order_line.reduced", one.line, {"pieces": pieces[one.line], "reason": reason}) for one in lines
    ]
    notices += [outbox.Notice("order.cancelled", o.number, {"reason": reason}) for o in _cancelled(orders.values())]
    outbox.write_many(notices, at=at, by=by)
    return lines


def _set(line: OrderLine, pieces: int, reason: str) -> None:
    line.version += 1
    line.reason = reason[:300]
    if pieces:
        line.quantity, line.amount_minor = pieces, line.unit_minor * pieces
    else:
        line.open = False


def _sum_up(order: Order, reason: str) -> None:
    """The order is worth its open lines; with none it is cancelled."""
    open_ = list(order.lines.filter(open=True).values_list("amount_minor", flat=True))
    order.amount_minor, order.version = sum(open_), order.version + 1
    if not open_:
        order.state, order.reason = Order.State.CANCELLED, reason[:300]
    order.save(update_fields=["amount_minor", "state", "reason", "version"])


def _cancelled(orders: Iterable[Order]) -> list[Order]:
    return [order for order in orders if order.state == Order.State.CANCELLED]


def _edges(lines: list[OrderLine]) -> None:
    ends = [(line.line, line.order.number) for line in lines]
    supersede_between(aspect="order", from_kind="line", to_kind="order", pairs=ends)
    lineage.record(
        Edge("order", "line", r.line, "order", r.order.number, r.quantity, 0, r.amount_minor, r.order.currency)
        for r in lines
        if r.open
    )
