"""The journal is append-only, chained, and any change to it is found."""

import random
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from bolanggu.platform.journal import selectors
from bolanggu.platform.journal.chain import GENESIS, Record, breaks, canonical, entry_hash
from bolanggu.platform.journal.models import Entry, Head, Seal
from bolanggu.platform.journal.services import append, seal

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)


def record(number):
    return Record("event", "order.placed", f"YW-{number}", AT, "a merchant", "person", canonical({"n": number}))


def chained(count):
    rows, before = [], GENESIS
    for sequence in range(1, count + 1):
        hashed = entry_hash(before, 1, sequence, record(sequence))
        rows.append((1, sequence, record(sequence), before, hashed))
        before = hashed
    return rows


@pytest.mark.django_db
def test_entries_are_numbered_without_gaps_and_verified():
    append([record(1), record(2)])
    append([record(3)])
    assert list(Entry.objects.order_by("sequence").values_list("sequence", flat=True)) == [1, 2, 3]
    assert selectors.faults() == []
    assert selectors.head()[0] == 3


@pytest.mark.django_db
def test_the_database_refuses_to_change_an_entry():
    append([record(1)])
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Entry.objects.update(kind="order.never")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Entry.objects.all().delete()


@pytest.mark.django_db
def test_two_markets_have_two_chains():
    append([record(1)], market=1)
    append([record(1)], market=2)
    assert selectors.head(1)[0] == selectors.head(2)[0] == 1
    assert selectors.faults(1) == selectors.faults(2) == []


@pytest.mark.django_db
def test_a_rolled_back_deed_leaves_no_entry():
    with pytest.raises(RuntimeError), transaction.atomic():
        append([record(1)])
        raise RuntimeError
    append([record(2)])
    assert selectors.head()[0] == 1
    assert selectors.faults() == []


@pytest.mark.django_db
def test_a_row_written_past_the_service_is_found():
    append([record(1), record(2)])
    Entry.objects.create(
        sequence=4,
        stream="event",
        kind="x",
        subject="y",
        at=AT,
        actor="",
        source="",
        payload="",
        previous=b"",
        hash=b"",
    )
    whys = [found.why for found in selectors.faults()]
    assert "entry 3 is missing before entry 4" in whys


@pytest.mark.django_db
def test_a_head_that_was_set_back_is_found():
    append([record(1), record(2)])
    Head.objects.update(sequence=1)
    assert any("head names entry 1" in found.why for found in selectors.faults())


@pytest.mark.django_db
def test_a_seal_signs_the_head_once_and_is_verified():
    append([record(1)])
    first, again = (seal(private_key=bytes(range(32)), at=AT) for _ in range(2))
    assert first.pk == again.pk
    assert Seal.objects.count() == 1
    assert selectors.faults() == []


@pytest.mark.django_db
def test_a_forged_seal_is_found():
    append([record(1)])
    made = seal(private_key=bytes(range(32)), at=AT)
    Seal.objects.create(sequence=0, hash=made.hash, key=made.key, signature=b"\1" * 64, at=AT)
    assert any("not signed by its key" in found.why for found in selectors.faults())


@given(st.integers(2, 12), st.randoms(use_true_random=False))
def test_any_edit_drop_or_swap_is_found(count, chance):
    rows = chained(count)
    assert list(breaks(rows)) == []
    at = chance.randrange(count)
    damage = chance.choice(["edit", "drop", "swap"])
    if damage == "edit":
        market, sequence, stated, before, hashed = rows[at]
        changed = Record(*(getattr(stated, f) for f in ("stream", "kind")), "YW-other", AT, "a", "person", "{}")
        rows[at] = (market, sequence, changed, before, hashed)
    elif damage == "drop":
        if at == count - 1:
            return  # a cut tail is found by the head, not by the chain
        del rows[at]
    else:
        other = (at + 1) % count
        rows[at], rows[other] = rows[other], rows[at]
    assert list(breaks(rows))


def test_every_single_bit_of_a_payload_counts():
    chance = random.Random(7)
    stated = record(1)
    honest = entry_hash(GENESIS, 1, 1, stated)
    for _ in range(200):
        raw = bytearray(stated.payload.encode())
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(7)
        forged = Record("event", stated.kind, stated.subject, AT, stated.actor, stated.source, raw.decode("latin-1"))
        assert entry_hash(GENESIS, 1, 1, forged) != honest


def test_fields_cannot_be_shifted_into_each_other():
    one = Record("event", "ab", "c", AT, "", "", "")
    two = Record("event", "a", "bc", AT, "", "", "")
    assert entry_hash(GENESIS, 1, 1, one) != entry_hash(GENESIS, 1, 1, two)


def test_the_journal_runs_on_the_database_it_is_tested_on():
    assert connection.vendor in {"sqlite", "postgresql"}
