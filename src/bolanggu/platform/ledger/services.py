"""Acts on the ledger: open accounts, post a batch, release what is due, close a period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.journal.chain import Record, canonical
from bolanggu.platform.journal.services import append
from bolanggu.platform.ledger.book import Balance, Book, Row
from bolanggu.platform.ledger.canonical import digest
from bolanggu.platform.ledger.models import Account, Closing
from bolanggu.platform.ledger.plain_batch import Change, Decided, decide_plain
from bolanggu.platform.ledger.selectors import due
from bolanggu.platform.ledger.tables import Added, Asked, Tables, Written, tables
from bolanggu.platform.ledger.transfers import STANDS, Code, Kind, Opening, Transfer, key


class AccountDiffers(ValueError):
    """An account with this code stands already, with another currency or limit."""

    code = "account_differs"


class NotPosted(RuntimeError):
    """Transfers that had to be posted were refused; nothing of the batch took effect."""

    code = "not_posted"


@requires("ledger", "open")
@transaction.atomic
def open_accounts(*, by: Actor, at: datetime, openings: Sequence[Opening], market: int = 1) -> None:
    """Open accounts; those that stand already with the same currency and limit are left as they are.

    Raises
    ------
    AccountDiffers
        One of them stands with another currency or limit.
    """
    wanted = {opening.code: opening for opening in openings}
    fresh = _missing(wanted, market)
    if not fresh:
        return
    if tables().lock(market):  # somebody else may have opened them while this waited
        fresh = _missing(wanted, market)
    made = Account.objects.bulk_create(
        [
            Account(market=market, code=o.code, currency=o.currency, limited=o.limited.value, opened_at=at)
            for o in fresh
        ],
        batch_size=500,
    )
    if made:
        append([_record("accounts.opened", "ledger", at, by, {"accounts": [opened(a) for a in made]})], market=market)


def _missing(wanted: dict[str, Opening], market: int) -> list[Opening]:
    standing = {}
    codes = list(wanted)
    for first in range(0, len(codes), 500):
        for account in Account.objects.filter(market=market, code__in=codes[first : first + 500]):
            standing[account.code] = account
    for code, account in standing.items():
        opening = wanted[code]
        if (account.currency, account.limited) != (opening.currency, opening.limited.value):
            raise AccountDiffers(
                f"account {code} is in {account.currency} and limits {account.limited};"
                f" it cannot become {opening.currency} limiting {opening.limited.value}: choose another code"
            )
    return [opening for code, opening in wanted.items() if code not in standing]


def opened(account: Account) -> list[str | int]:
    """What the journal says of an opened account."""
    return [account.pk, account.code, account.currency, account.limited]


@requires("ledger", "post")
def post(*, by: Actor, at: datetime, batch: Sequence[Transfer], market: int = 1) -> list[Code]:
    """Post a batch: one code a transfer, in order; a refusal never fails its neighbours.

    A transfer sent again answers ``exists`` and changes nothing. The first lock that posting takes is the market's
    journal, so batches of one market stand in one order and two writers cannot wait for each other in a circle.
    """
    if not batch:
        return []
    answers = _swiftly(by, at, batch, market)
    if answers is None:
        with transaction.atomic(savepoint=False):
            answers = _orderly(by, at, batch, market)
    return answers


def _swiftly(by: Actor, at: datetime, batch: Sequence[Transfer], market: int) -> list[Code] | None:
    """Decide without a lock, and write if all is well and the database agrees; None: do it in order.

    Only a batch of which every transfer is accepted comes here to its end, and only where no order of its transfers
    matters: the database's own constraints then say what a lock would have said.
    """
    store = tables()
    ending = any(t.pending is not None for t in batch)
    decided = _glanced(store, at, batch, market) if ending else _plain(store, batch, market)
    if decided is None:
        return None
    rows, changes = decided
    record = _batch_record(rows, at, by)
    added = store.add(market, Added(record, at, rows, changes), {t.debit for t in batch} | {t.credit for t in batch})
    return [Code.OK] * len(batch) if added else None


def _plain(store: Tables, batch: Sequence[Transfer], market: int) -> Decided | None:
    """Decide a batch that ends no hold: what its accounts are is known for ever, and their balances do not matter."""
    known = store.known(market, {t.debit for t in batch} | {t.credit for t in batch})
    return None if known is None else decide_plain(batch, known)


def _glanced(store: Tables, at: datetime, batch: Sequence[Transfer], market: int) -> Decided | None:
    """Decide a batch that ends holds on what seems to stand."""
    standing = store.glance(market, _asked(batch))
    if standing is None:
        return None
    book = Book(balances=standing.balances, rows=standing.rows, at=at, closed_through=standing.closed_through)
    before = {b.id: b.sides() for b in standing.balances}
    if any(code != Code.OK for code in book.decide(batch)) or not book.commutes():
        return None
    changes = [
        Change(b.id, tuple(now - was for now, was in zip(b.sides(), before[b.id], strict=True)))  # type: ignore[arg-type]
        for b in _touched(book)
    ]
    return book.accepted, changes


def _orderly(by: Actor, at: datetime, batch: Sequence[Transfer], market: int) -> list[Code]:
    """Lock the journal, read, decide, write."""
    store = tables()
    standing = store.read(market, _asked(batch))
    if standing is None:
        return Book(balances=[], rows=[], at=at, closed_through=None).decide(batch)
    book = Book(balances=standing.balances, rows=standing.rows, at=at, closed_through=standing.closed_through)
    answers = book.decide(batch)
    if book.accepted:
        written = Written(_batch_record(book.accepted, at, by), at, book.accepted, _touched(book))
        store.write(standing.head, written)
    return answers


def _asked(batch: Sequence[Transfer]) -> Asked:
    holds = {t.pending for t in batch if t.pending is not None}
    return Asked({t.id for t in batch}, holds, {t.debit for t in batch} | {t.credit for t in batch})


def _touched(book: Book) -> list[Balance]:
    return [book.by_id[i] for i in sorted({row.debit for row in book.accepted} | {row.credit for row in book.accepted})]


@requires("ledger", "post")
def post_all(*, by: Actor, at: datetime, batch: Sequence[Transfer], market: int = 1) -> list[Code]:
    """Post a batch of which every transfer must stand; otherwise none does.

    Raises
    ------
    NotPosted
        One was refused; the message names it and the ledger's code.
    """
    with transaction.atomic():
        codes = post(by=by, at=at, batch=batch, market=market)
        for transfer, code in zip(batch, codes, strict=True):
            if code not in STANDS and code != Code.LINKED_EVENT_FAILED:
                what = f"{transfer.purpose or transfer.kind.name.lower()} {transfer.ref}".strip()
                raise NotPosted(
                    f"{what}: {transfer.currency} {transfer.amount} minor units from {transfer.debit or 'the hold'}"
                    f" to {transfer.credit or 'the hold'} refused: {code}"
                )
    return codes


@requires("ledger", "post")
@transaction.atomic
def expire_due(*, by: Actor, at: datetime, limit: int = 1000, market: int = 1) -> int:
    """Release holds whose time is over at ``at``; returns how many."""
    batch = [
        Transfer(id=key("expire", str(hold)), kind=Kind.EXPIRE, pending=hold, purpose="expiry", ref=ref)
        for hold, ref in due(at=at, limit=limit, market=market)
    ]
    return post(by=by, at=at, batch=batch, market=market).count(Code.OK)


@requires("ledger", "close")
@transaction.atomic
def close_period(*, by: Actor, at: datetime, through: datetime, market: int = 1) -> None:
    """Close the books through a time: from now on nothing is posted at or before it. Closing again changes nothing."""
    tables().lock(market)
    _, made = Closing.objects.get_or_create(market=market, through=through, defaults={"at": at})
    if made:
        append([_record("period.closed", "ledger", at, by, {"through": through.isoformat()})], market=market)


def _batch_record(rows: Sequence[Row], at: datetime, by: Actor) -> Record:
    refs = {row.ref for row in rows}
    subject = refs.pop() if len(refs) == 1 else ""
    return _record("batch.posted", subject or "ledger", at, by, {"count": len(rows), "digest": digest(rows, at)})


def _record(kind: str, subject: str, at: datetime, by: Actor, payload: dict[str, object]) -> Record:
    return Record("ledger", kind, subject, at, by.name, by.source.value, canonical(payload))
