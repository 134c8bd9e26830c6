"""Endpoints of orders: those of the merchants one acts for, one order with its lines, and the merchant's yes."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.access.needs import actor_of, needs
from bolanggu.interfaces.api.problems import ALWAYS, Problem
from bolanggu.interfaces.api.shapes_of_links import OrderPage, OrderShape
from bolanggu.interfaces.api.trades import PageOf
from bolanggu.market.orders import services
from bolanggu.market.orders.models import Order

router = Router(tags=["orders"])


@router.get("", response={200: OrderPage, **ALWAYS}, summary="Orders of the merchants one acts for")
@needs("order", "confirm")
def listed(request: HttpRequest, page: Query[PageOf]) -> Any:
    """The newest first, without their lines."""
    orders = whose.orders_of_merchant(actor_of(request)).select_related("merchant", "group")
    rows = orders[page.offset : page.offset + page.limit]
    return {"orders": [_shape(one, lines=False) for one in rows], "count": orders.count(), "offset": page.offset}


@router.get("/{number}", response={200: OrderShape, **ALWAYS}, summary="One order")
@needs("order", "read")
def one(request: HttpRequest, number: str) -> Any:
    """What one merchant sells, line by line."""
    return _shape(whose.order(actor_of(request), number), lines=True)


@router.post("/{number}/confirm", response={200: OrderShape, 409: Problem, **ALWAYS}, summary="The merchant confirms")
@needs("order", "confirm")
def confirm(request: HttpRequest, number: str) -> Any:
    """Placed orders become confirmed; a confirmed one stays so."""
    actor = actor_of(request)
    whose.order(actor, number, "confirm")
    services.confirm(by=actor, at=request.at, numbers=[number])  # type: ignore[attr-defined]
    return _shape(whose.order(actor, number, "confirm"), lines=True)


def _shape(order: Order, *, lines: bool) -> dict[str, Any]:
    rows = order.lines.order_by("line") if lines else []
    return {
        "id": order.number,
        "trade": order.group.number,
        "merchant": order.merchant.number,
        "currency": order.currency,
        "amount_minor": order.amount_minor,
        "state": order.state,
        "placed_at": order.placed_at,
        "confirmed_at": order.confirmed_at,
        "lines": [
            {
                "id": line.line,
                "product": line.product,
                "asked": line.asked,
                "quantity": line.quantity,
                "unit_minor": line.unit_minor,
                "amount_minor": line.amount_minor,
            }
            for line in rows
        ],
    }
