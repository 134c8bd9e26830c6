"""What settlement is told of a trade, joined from its orders, terms and engagement."""

from __future__ import annotations

from collections import defaultdict

from bolanggu.market.orders import selectors as orders
from bolanggu.market.settlement import rates
from bolanggu.market.settlement.inputs import GroupDue, LineDue, OrderDue, TermsDue


def group_due(number: str) -> GroupDue:
    """The order group of a trade as settlement sees it."""
    group = orders.group(number)
    lines = defaultdict(list)
    for line in orders.lines(number):
        lines[line["order__number"]].append(LineDue(line["line"], line["amount_minor"]))
    return GroupDue(
        group=number,
        buyer=group["buyer__number"],
        agent=group["engagement__agent__number"],
        currency=group["currency"],
        orders=tuple(
            OrderDue(o["number"], o["merchant__number"], o["currency"], tuple(lines[o["number"]]))
            for o in orders.orders(number)
        ),
        payees=(
            group["engagement__payee__number"],
            group["engagement__operator_1039__number"],
        ),
        funder=group["engagement__funder__number"],
        terms=TermsDue(
            deposit_bp=group["terms__deposit_bp"],
            balance_trigger=group["terms__balance_trigger"],
            credit_days=group["terms__credit_days"],
            commission_buyer_bp=group["engagement__commission_buyer_bp"],
            commission_merchant_bp=group["engagement__commission_merchant_bp"],
            incoterm=group["terms__incoterm"],
            freight=group["terms__freight"],
            charge_payers=group["terms__charge_payers"],
        ),
    )


def group_rates(number: str) -> rates.Rates:
    """The rates frozen on the group when it was placed."""
    return rates.from_rows(orders.group(number)["rates"])
