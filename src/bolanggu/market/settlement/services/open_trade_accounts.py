"""Open the accounts that a trade needs."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bolanggu.market.settlement import accounts
from bolanggu.market.settlement.inputs import GroupDue
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.ledger.services import open_accounts


@requires("payment", "plan")
@transaction.atomic
def open_trade_accounts(*, by: Actor, at: datetime, group: GroupDue) -> None:
    """Open the accounts of a group's buyer, merchants, agent and of the house; those that stand stay as they are."""
    currencies = dict.fromkeys([group.currency, "CNY", *(order.currency for order in group.orders)])
    codes = [accounts.funds(group.group, group.currency), accounts.charges(group.group, group.currency)]
    for currency in currencies:
        codes += accounts.house(currency)
        codes += [accounts.commission(group.agent, currency), accounts.costs(group.agent, currency)]
    codes += [accounts.payable(order.merchant, order.currency) for order in group.orders]
    open_accounts(by=by, at=at, openings=accounts.openings(codes))
