"""Orders and lines held for a change, and what they say as data."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from bolanggu.market.orders.errors import OrderNotOpen, UnknownOrder
from bolanggu.market.orders.models import Order, OrderLine

OPEN = (Order.State.PLACED, Order.State.CONFIRMED)


def open_order(number: str, act: str) -> Order:
    """The order of that number, held; refused unless it is placed or confirmed."""
    order = Order.objects.select_for_update().filter(number=number).first()
    if order is None:
        raise UnknownOrder(f"no order goes by {number}; {act} needs the number of an order")
    if order.state not in OPEN:
        raise OrderNotOpen(f"order {number} is {order.state}; only a placed or confirmed order can be {act}")
    return order


def open_lines(numbers: Collection[str], act: str) -> list[OrderLine]:
    """The open order lines of those numbers with their orders, held, by number."""
    wanted = sorted(set(numbers))
    orders = Order.objects.filter(lines__line__in=wanted, lines__open=True).values_list("number", flat=True).distinct()
    for number in sorted(orders):
        open_order(number, act)
    found = OrderLine.objects.select_for_update(of=("self",)).filter(line__in=wanted, open=True).order_by("line")
    lines = list(found.select_related("order"))
    if missing := sorted(set(wanted) - {line.line for line in lines}):
        raise UnknownOrder(f"no open order line goes by {', '.join(missing)}: it was never ordered, or is closed")
    return lines


def order_facts(order: Order) -> dict[str, Any]:
    """What an order says, as JSON data."""
    return {
        "amount_minor": order.amount_minor,
        "currency": order.currency,
        "state": order.state,
        "ready_on": order.ready_on.isoformat() if order.ready_on else None,
        "reason": order.reason,
    }


def line_facts(line: OrderLine) -> dict[str, Any]:
    """What an order line says, as JSON data."""
    return {
        "order": line.order.number,
        "product": line.product,
        "quantity": line.quantity,
        "unit_minor": line.unit_minor,
        "amount_minor": line.amount_minor,
        "open": line.open,
        "reason": line.reason,
    }
