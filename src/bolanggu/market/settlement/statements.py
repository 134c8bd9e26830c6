"""Statements of account (对账单) for each party, and money in flight day by day, read from the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Sum
from django.db.models.functions import TruncDate

from bolanggu.market.settlement import accounts
from bolanggu.platform.ledger import Kind
from bolanggu.platform.ledger import selectors as ledger
from bolanggu.platform.ledger.models import Account, TransferRow

#: Kind of party → how her account is called.
PARTIES = {
    "merchant": accounts.payable,
    "group": accounts.funds,
    "supplier": accounts.supplier,
    "agent": accounts.commission,
    "agent_costs": accounts.costs,
    "funder": accounts.receivable,
    "funder_capital": accounts.capital,
}
#: Accounts whose credit is other people's money on its way, by the last part of their code.
IN_FLIGHT = ("funds", "payable", "commission", "liquidity")


@dataclass(frozen=True, slots=True)
class Line:
    """One movement and the balance after it, minor units; positive is in the party's favour."""

    at: datetime
    minor: int
    balance: int
    purpose: str
    ref: str
    transfer: str


@dataclass(frozen=True, slots=True)
class Statement:
    """Movements of one account between two times, with what stood before and after."""

    account: str
    currency: str
    opened: int
    closed: int
    lines: tuple[Line, ...]


class UnknownAccount(LookupError):
    """The party has no account in that currency."""

    code = "unknown_account"


def party_statement(
    kind: str, party: str, currency: str, *, since: datetime | None = None, until: datetime | None = None
) -> Statement:
    """The statement of a party (`PARTIES`) in one currency, from ``since`` to before ``until``.

    A funder's receivable is negative while he waits for money. Linear in the movements of the account.

    Raises
    ------
    UnknownAccount
        See the error.
    """
    code = PARTIES[kind](party, currency)
    if ledger.balance(code) is None:
        raise UnknownAccount(f"{kind.replace('_', ' ')} {party} has no account in {currency}")
    opened, after, lines = 0, 0, []
    for entry in ledger.entries(code):
        if since is not None and entry.at < since:
            opened += entry.minor
        elif until is None or entry.at < until:
            after += entry.minor
            line = Line(entry.at, entry.minor, opened + after, entry.purpose, entry.ref, str(entry.transfer))
            lines.append(line)
    return Statement(code, currency, opened, opened + after, tuple(lines))


def in_flight(*, since: date, until: date, market: int = 1) -> list[dict[str, Any]]:
    """Money in flight at the end of each day and currency: buyers' funds (of which held), due to merchants and others.

    Rows ``{"on", "currency", "funds", "held", "payable", "commission", "liquidity"}``, minor units, for every day from
    ``since`` to ``until``. Reads sums by day and account, not single transfers.
    """
    series: dict[tuple[str, str], dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for name, on, minor in _moved(until, market):
        series[name][max(on, since)] += minor
    currencies = sorted({currency for currency, _ in series})
    rows = []
    for currency in currencies:
        running = dict.fromkeys((*IN_FLIGHT, "held"), 0)
        for offset in range((until - since).days + 1):
            on = since + timedelta(days=offset)
            for what in running:
                running[what] += series[currency, what].get(on, 0)
            rows.append({"on": on, "currency": currency, **running})
    return sorted(rows, key=lambda row: (row["on"], row["currency"]))


def _moved(until: date, market: int) -> Iterator[tuple[tuple[str, str], date, int]]:
    """((currency, what), day, minor units that came in that day)."""
    end = datetime.combine(until + timedelta(days=1), datetime.min.time(), tzinfo=UTC)
    rows = TransferRow.objects.filter(market=market, at__lt=end).annotate(on=TruncDate("at", tzinfo=UTC))
    named = _accounts(market)
    posted = rows.filter(kind__in=[Kind.POST, Kind.POST_PENDING])
    for side, sign in (("credit", 1), ("debit", -1)):
        for account, on, minor in posted.values_list(f"{side}_id", "on").annotate(Sum("amount")).order_by():
            if account in named:
                yield named[account], on, sign * minor
    held = rows.filter(kind=Kind.PENDING).values_list("debit_id", "on").annotate(Sum("amount")).order_by()
    ended = rows.filter(pending__isnull=False).values_list("debit_id", "on").annotate(Sum("pending__amount")).order_by()
    for sums, sign in ((held, 1), (ended, -1)):
        for account, on, minor in sums:
            if account in named and named[account][1] == "funds":
                yield (named[account][0], "held"), on, sign * minor


def _accounts(market: int) -> Mapping[int, tuple[str, str]]:
    rows = Account.objects.filter(market=market).values_list("id", "code", "currency")
    kinds = ((number, currency, code.rpartition(":")[2]) for number, code, currency in rows)
    return {number: (currency, what) for number, currency, what in kinds if what in IN_FLIGHT}
