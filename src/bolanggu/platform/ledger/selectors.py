"""Reading the ledger: balances, sums, entries of an account, the state of a hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, Sum

from bolanggu.platform.ledger.book import Balance
from bolanggu.platform.ledger.models import SIDES, Account, TransferRow
from bolanggu.platform.ledger.transfers import Kind


@dataclass(frozen=True, slots=True)
class Sums:
    """All accounts of one currency together, minor units; posted and pending must both be zero."""

    posted: int
    pending: int
    accounts: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One posted movement as seen from an account: positive in, negative out, minor units."""

    transfer: UUID
    at: datetime
    other: str
    minor: int
    currency: str
    purpose: str
    ref: str


def balance(code: str, *, market: int = 1) -> Balance | None:
    """One account with its sums; reads one row whatever its history."""
    return balances([code], market=market).get(code)


def balances(codes: Collection[str], *, market: int = 1) -> dict[str, Balance]:
    """Accounts with their sums, by code; those that do not exist are left out."""
    rows = Account.objects.filter(market=market, code__in=list(codes))
    return {row[1]: Balance(*row) for row in rows.values_list("id", "code", "currency", "limited", *SIDES)}


def under(prefix: str, *, market: int = 1) -> list[Balance]:
    """Accounts whose code starts with ``prefix``, by code."""
    rows = Account.objects.filter(market=market, code__startswith=prefix).order_by("code")
    return [Balance(*row) for row in rows.values_list("id", "code", "currency", "limited", *SIDES)]


def sums(*, market: int = 1) -> dict[str, Sums]:
    """What is left over in each currency: credits less debits over all accounts. Zero, or the books are broken."""
    rows = Account.objects.filter(market=market).values("currency").order_by("currency")
    found = {}
    for row in rows.annotate(
        posted=Sum(F("credits_posted") - F("debits_posted")),
        pending=Sum(F("credits_pending") - F("debits_pending")),
        number=Sum(1),
    ):
        found[row["currency"]] = Sums(int(row["posted"]), int(row["pending"]), int(row["number"]))
    return found


def entries(code: str, *, since: datetime | None = None, market: int = 1) -> Iterator[Entry]:
    """Posted movements of an account in the order they were posted."""
    account = Account.objects.get(market=market, code=code)
    rows = TransferRow.objects.filter(Q(debit=account) | Q(credit=account))
    rows = rows.filter(kind__in=[Kind.POST, Kind.POST_PENDING]).order_by("batch", "row")
    if since is not None:
        rows = rows.filter(at__gte=since)
    for row in rows.select_related("debit", "credit").iterator(chunk_size=2000):
        inward = row.credit_id == account.pk
        other = row.debit.code if inward else row.credit.code
        minor = row.amount if inward else -row.amount
        yield Entry(row.pk, row.at, other, minor, row.currency, row.purpose, row.ref)


def hold_states(holds: Collection[UUID]) -> dict[UUID, str]:
    """State of holds by id: ``held``, ``posted``, ``voided`` or ``expired``; those that do not exist are left out."""
    wanted = list(holds)
    found = {}
    for first in range(0, len(wanted), 400):
        part = wanted[first : first + 400]
        standing = TransferRow.objects.filter(pk__in=part, kind=Kind.PENDING).values_list("pk", flat=True)
        ended = dict(TransferRow.objects.filter(pending__in=part).values_list("pending", "kind"))
        found.update({hold: _STATES[ended.get(hold)] for hold in standing})
    return found


_STATES: dict[int | None, str] = {
    None: "held",
    Kind.POST_PENDING: "posted",
    Kind.VOID: "voided",
    Kind.EXPIRE: "expired",
}


def moved(ref: str, *purposes: str, market: int = 1) -> int:
    """Minor units of the posted transfers with a ref and one of these purposes."""
    rows = TransferRow.objects.filter(market=market, ref=ref, purpose__in=purposes, kind=Kind.POST)
    return int(rows.aggregate(minor=Sum("amount"))["minor"] or 0)


def transfers_of(refs: Collection[str], *, market: int = 1) -> list[dict[str, Any]]:
    """Transfers with one of these refs, in the order they were posted, accounts by their codes."""
    found: list[dict[str, Any]] = []
    wanted = list(refs)
    for first in range(0, len(wanted), 400):
        rows = TransferRow.objects.filter(market=market, ref__in=wanted[first : first + 400])
        found += [
            dict(row)
            for row in rows.values(
                *("id", "batch", "row", "kind", "amount", "currency"),
                *("purpose", "ref", "at", "debit__code", "credit__code"),
            )
        ]
    return sorted(found, key=lambda t: (t["batch"], t["row"]))


def due(*, at: datetime, limit: int, market: int = 1) -> list[tuple[UUID, str]]:
    """Open holds whose time is over at ``at``: (id, ref), the earliest first."""
    ending = TransferRow.objects.filter(pending=OuterRef("pk"))
    holds = TransferRow.objects.filter(market=market, expires_at__lte=at).exclude(Exists(ending))
    return list(holds.order_by("expires_at", "id").values_list("id", "ref")[:limit])
