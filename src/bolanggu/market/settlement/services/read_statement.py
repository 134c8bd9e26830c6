"""Read a bank's statement (对账) and explain each of its entries by what the books know."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from bolanggu.market.settlement import events
from bolanggu.market.settlement.bank import camt, table
from bolanggu.market.settlement.bank.explaining import Expected, Explained, explain, words
from bolanggu.market.settlement.bank.statement import Entry, Statement
from bolanggu.market.settlement.models import BankEntry, BankStatement, PaymentPlan, Payout, Receipt
from bolanggu.market.settlement.selectors import due
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


class StatementDiffers(ValueError):
    """A statement with this number of this account was read before, with other bytes."""

    code = "statement_differs"


@requires("payment", "reconcile")
@transaction.atomic
def read_statement(*, by: Actor, at: datetime, content: bytes, file: str) -> list[BankStatement]:
    """Read camt.053 or CSV (told apart by the first byte) and explain every entry; nothing is booked.

    The same file again returns the statements that stand.

    Raises
    ------
    Fault
        The file cannot be read or does not add up; nothing of it is kept.
    StatementDiffers
        See the error.
    """
    read = camt.read if content.lstrip().startswith(b"<") else table.read
    digest = hashlib.sha256(content).hexdigest()
    return [_stored(statement, digest, by, at) for statement in read(content, file)]


@requires("payment", "reconcile")
@transaction.atomic
def explain_again(*, by: Actor, at: datetime, account: str, number: str) -> list[BankEntry]:
    """Explain a statement's entries by what the books know now; returns those whose explanation changed."""
    stored = BankStatement.objects.select_for_update().get(account=account, number=number)
    rows = list(stored.entries.order_by("position"))
    entries = [
        Entry(r.booked_on, r.minor, r.charges_minor, r.reference, r.text, r.party, r.outcome == "fee") for r in rows
    ]
    changed = []
    for row, now in zip(rows, _explained(entries, stored), strict=True):
        before = (row.outcome, row.number, row.difference_minor, row.why)
        row.outcome, row.number, row.difference_minor, row.why = now.outcome, now.number, now.difference, now.why
        if before != (row.outcome, row.number, row.difference_minor, row.why):
            changed.append(row)
    BankEntry.objects.bulk_update(changed, ["outcome", "number", "difference_minor", "why"], batch_size=500)
    if changed:
        outbox.write(kind=events.STATEMENT_READ, subject=number, at=at, by=by, payload={"changed": len(changed)})
    return changed


def _stored(read: Statement, digest: str, by: Actor, at: datetime) -> BankStatement:
    made, fresh = BankStatement.objects.get_or_create(
        account=read.account,
        number=read.number,
        defaults={
            "currency": read.currency,
            "opened_minor": read.opened,
            "closed_minor": read.closed,
            "sha256": digest,
            "source": by.source.value,
            "stated_at": at,
        },
    )
    if made.sha256 != digest:
        raise StatementDiffers(f"statement {read.number} of {read.account} was read before from another file")
    if fresh:
        found = _explained(read.entries, made)
        BankEntry.objects.bulk_create(
            [
                BankEntry(
                    statement=made,
                    position=place,
                    booked_on=entry.booked_on,
                    minor=entry.minor,
                    charges_minor=entry.charges,
                    reference=entry.reference,
                    text=entry.text,
                    party=entry.party,
                    outcome=one.outcome,
                    number=one.number,
                    difference_minor=one.difference,
                    why=one.why[:300],
                )
                for place, (entry, one) in enumerate(zip(read.entries, found, strict=True), 1)
            ],
            batch_size=500,
        )
        facts = {"account": read.account, "currency": read.currency, "entries": len(found)}
        facts["open"] = sum(one.outcome not in ("matched", "fee") for one in found)
        outbox.write(kind=events.STATEMENT_READ, subject=read.number, at=at, by=by, payload=facts)
    return made


def _explained(entries: Sequence[Entry], stored: BankStatement) -> list[Explained]:
    expected = _expected(entries, stored.currency)
    earlier = BankEntry.objects.filter(number__in=[one.number for one in expected if one.kind != "group"])
    met = earlier.exclude(statement=stored).exclude(outcome="doubled").values_list("number", flat=True)
    return explain(entries, expected, stored.currency, met_before=set(met))


def _expected(entries: Sequence[Entry], currency: str) -> list[Expected]:
    """What the entries may mean, in their currency: receipts, payouts, groups that still owe."""
    named = sorted({form for entry in entries for word in words(entry) for form in (word, word.upper())})
    found: list[Expected] = []
    for first in range(0, len(named), 400):
        part = named[first : first + 400]
        receipts = Receipt.objects.filter(number__in=part, currency=currency).values_list("number", "minor")
        found.extend(Expected("receipt", receipt, (receipt,), (minor,)) for receipt, minor in receipts)
        transfers = [word for word in part if len(word) == 32 and all(c in "0123456789abcdefABCDEF" for c in word)]
        for payout in Payout.objects.filter(Q(number__in=part) | Q(transfer__in=transfers), currency=currency):
            names = (payout.number, payout.transfer.hex)
            found.append(Expected("payout", payout.number, names, (-payout.minor,)))
        for group in PaymentPlan.objects.filter(group__in=part, currency=currency).values_list("group", flat=True):
            owed = due(group)
            amounts = (max(0, owed.deposit - owed.received), owed.outstanding)
            found.append(Expected("group", group, (group,), amounts))
    return found
