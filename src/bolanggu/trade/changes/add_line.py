"""A line is ordered after the others: the buyer adds one, or takes another merchant's offer for a closed one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Literal

from bolanggu.market.goods.models import Product
from bolanggu.market.inquiries import selectors as inquiries
from bolanggu.market.inquiries.services import QuotedLine, add_to_list, quote_more
from bolanggu.market.orders import selectors as orders
from bolanggu.market.orders.services import AcceptedLine, add
from bolanggu.trade.changes.act import act
from bolanggu.trade.changes.money_again import deposit_owed, follow_orders, receive_deposit
from bolanggu.trade.changes.offers import quoted_at
from bolanggu.trade.changes.scene import NotPossible, Stand
from bolanggu.trade.world.assumptions import world

Deposit = Literal["due", "paid"]


@act("order", "place", title="Add a line", zh="加单", touches=("lines", "orders", "money"))
def add_line(
    stand: Stand, *, product: str, pieces: int, deposit: Deposit = "due", reason: str = "the buyer wants more"
) -> dict[str, Any]:
    """The buyer orders further goods: a new line at the end of the list, quoted, ordered, with a deposit of its own.

    Parameters
    ----------
    product
        Code of the goods.
    pieces
        How many; rounded up to the least order and full packs.
    deposit
        paid: the buyer pays its deposit with the order. due: it is made once her money has come.
    reason
        Why.
    """
    goods = _goods(stand, product, pieces)
    line = add_to_list(
        by=stand.hand,
        at=stand.at,
        inquiry=stand.number,
        text=goods.title_en or goods.title_zh,
        pieces=pieces,
        product=product,
    )
    return {"line": line} | _ordered(stand, quoted_at(line, goods, pieces), deposit, reason)


@act(
    "order", "place", title="Take another merchant's offer", zh="改向另一商户下单", touches=("lines", "orders", "money")
)
def take_offer(
    stand: Stand, *, line: str, product: str, deposit: Deposit = "due", reason: str = "offered in its place"
) -> dict[str, Any]:
    """A line whose order was refused or closed is ordered anew, from goods of another merchant.

    Parameters
    ----------
    line
        Number of the closed line.
    product
        Code of the goods, one of the offers or any other.
    deposit
        paid: the buyer pays what her freed money does not cover. due: it is made once her money has come.
    reason
        Why.
    """
    if line not in orders.closed(stand.number):
        raise NotPossible(f"line {line} of trade {stand.number} is not closed; there is nothing to replace")
    asked = next(row for row in inquiries.lines(stand.number) if row["number"] == line)
    goods = _goods(stand, product, asked["quantity"])
    return {"line": line} | _ordered(stand, quoted_at(line, goods, asked["quantity"]), deposit, reason)


def _goods(stand: Stand, product: str, pieces: int) -> Product:
    stand.need("order", "a further order", "put it into the list")
    if stand.shipments and not stand.open_shipments():
        raise NotPossible(f"the boxes of trade {stand.number} have departed; order in a trade of its own")
    if pieces < 1:
        raise NotPossible(f"{pieces} pieces cannot be ordered; write 1 or more")
    found = Product.objects.filter(code=product).select_related("shop__merchant").first()
    if found is None:
        raise NotPossible(f"no goods have the code {product}; search for them first")
    return found


def _ordered(stand: Stand, quoted: QuotedLine, deposit: Deposit, reason: str) -> dict[str, Any]:
    until = stand.at + timedelta(days=world("quote_valid_days"))
    quote = quote_more(by=stand.hand, at=stand.at, inquiry=stand.number, valid_until=until, lines=[quoted])[0]
    bought = AcceptedLine(
        quote=quote.number,
        merchant=quoted.merchant,
        currency=quoted.currency,
        line=quoted.line,
        product=quoted.product,
        asked=quoted.asked,
        quantity=quoted.sold,
        unit_minor=quoted.unit_minor,
        remarks=quoted.remarks,
    )
    order = add(by=stand.hand, at=stand.at, group=stand.number, lines=[bought])[0]
    paid = follow_orders(stand, money="keep", reason=reason)
    owed = deposit_owed(order.number)
    if owed and deposit == "paid":
        receive_deposit(stand, owed)
        owed = deposit_owed(order.number)
    facts = {"order": order.number, "quantity": quoted.sold, "amount_minor": order.amount_minor}
    return facts | paid | {"deposit_owed_minor": owed}
