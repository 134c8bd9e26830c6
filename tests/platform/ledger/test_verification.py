"""`ledger verify` finds what was tampered with, and names the batch."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from tests.platform.ledger.simulation import BY, OPENINGS, START, World

from bolanggu.platform.ledger import services
from bolanggu.platform.ledger.models import Account, TransferRow
from bolanggu.platform.ledger.verification import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def history() -> None:
    services.open_accounts(by=BY, at=START, openings=OPENINGS)
    world = World(77)
    for _ in range(60):
        services.post(by=BY, at=world.now(), batch=world.batch())


def disarm() -> None:
    """Take the triggers away, as a thief with the database's password would."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


TRANSFER = [f.attname for f in TransferRow._meta.fields if f.attname != "pending_id"]
ACCOUNT = ["credits_posted", "debits_posted", "debits_pending", "code", "currency", "limited"]


def another(field: str, old: Any, chance: random.Random) -> Any:
    """A value that the field did not have."""
    if isinstance(old, bool):
        return not old
    if isinstance(old, datetime):
        return old + timedelta(microseconds=chance.choice([1, 10**6]))
    if isinstance(old, UUID):
        return UUID(int=chance.getrandbits(128))
    if isinstance(old, int):
        if field == "kind" or field.endswith("_id"):
            return old % 5 + 1
        return old + chance.choice([1, 50])
    return {"currency": "EUR", "limited": "none"}.get(field, f"{old}!")


def tamper(chance: random.Random) -> tuple[int | None, str]:
    """Change one field of one row; returns the batch that must be named (None: none) and what was done."""
    disarm()
    model, fields = (Account, ACCOUNT) if chance.random() < 0.2 else (TransferRow, TRANSFER)
    row = chance.choice(list(model.objects.order_by("pk")))
    field = chance.choice(fields)
    old = getattr(row, field)
    new = another(field, old, chance)
    if old is None or new == old:
        raise DatabaseError
    model.objects.filter(pk=row.pk).update(**{field: new})
    return getattr(row, "batch", None), f"{model.__name__}.{field}: {old} -> {new}"


def test_every_one_of_a_hundred_tamperings_is_found_and_its_batch_named(history):
    assert verify().faults == []
    chance, found = random.Random(4), 0
    while found < 100:
        try:
            with transaction.atomic():
                batch, what = tamper(chance)
                faults = verify().faults
                transaction.set_rollback(True)
        except DatabaseError:
            continue
        assert faults, what
        assert batch is None or batch in {f.batch for f in faults}, what
        found += 1
    assert verify().faults == []


def test_a_deleted_batch_a_deleted_transfer_and_a_rewritten_entry_are_found(history):
    last = TransferRow.objects.order_by("-batch", "-row").first()
    for sql in (
        f"DELETE FROM ledger_transfer WHERE batch = {last.batch}",
        f"DELETE FROM ledger_transfer WHERE batch = {last.batch} AND row = {last.row}",
        f'UPDATE journal_entry SET payload = \'{{"count":0,"digest":""}}\' WHERE sequence = {last.batch}',
        f"DELETE FROM journal_entry WHERE sequence = {last.batch}",
        "DELETE FROM ledger_account WHERE code = 'shop'",
    ):
        with transaction.atomic():
            disarm()
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA defer_foreign_keys = ON" if connection.vendor == "sqlite" else "SELECT 1")
                cursor.execute(sql)
            faults = verify().faults
            transaction.set_rollback(True)
        assert faults, sql
        if "account" not in sql:
            assert last.batch in {f.batch for f in faults}, sql


def test_the_report_is_the_contract_of_the_command_line(history):
    told = verify().as_dict()
    assert told["ok"] is True
    assert told["faults"] == []
    assert told["transfers"] == TransferRow.objects.count()
