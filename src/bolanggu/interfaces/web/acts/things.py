"""Things of a trade that an act may be about, to choose from instead of typing their numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.web.templatetags.shown import title_of
from bolanggu.market.consolidation.models import LoadPlan
from bolanggu.market.consolidation.selectors import shipments_of
from bolanggu.market.customs.models import Declaration
from bolanggu.market.goods import selectors as goods
from bolanggu.market.orders.models import Order, OrderLine
from bolanggu.platform.accounts.grants import Actor

Choices = list[tuple[str, str]]


def things_of(actor: Actor, number: str) -> Mapping[str, Callable[[], Choices]]:
    """By the name of an act's field: the trade's orders, lines, boxes, declarations and shipments to choose from.

    A merchant chooses among her own orders and lines.
    """
    return {
        "order": lambda: [(one, one) for one in _orders(actor, number)],
        "line": lambda: _lines(_orders(actor, number)),
        "box": lambda: _boxes(number),
        "declaration": lambda: _declarations(number),
        "shipment": lambda: [(one, one) for one in shipments_of(number)],
    }


def _orders(actor: Actor, number: str) -> list[str]:
    orders = Order.objects.filter(group__number=number)
    if not whose.trades(actor).filter(number=number).exists():
        orders = whose.orders_of_merchant(actor).filter(group__number=number)
    return list(orders.order_by("number").values_list("number", flat=True))


def _lines(orders: list[str]) -> Choices:
    rows = list(OrderLine.objects.filter(order__number__in=orders).order_by("line").values_list("line", "product"))
    titles = goods.titles([product for _, product in rows])
    return [(line, f"{line} {title_of(*titles.get(product, ('', '')))}") for line, product in rows]


def _boxes(number: str) -> Choices:
    plans = LoadPlan.objects.filter(shares__trade=number, superseded=False).order_by("number")
    return [
        (plan, f"{plan} {service} {kind}") for plan, service, kind in plans.values_list("number", "service", "type")
    ]


def _declarations(number: str) -> Choices:
    standing = Declaration.objects.filter(trade=number, superseded=False).order_by("number")
    return [(one, f"{one} {mode}") for one, mode in standing.values_list("number", "mode")]
