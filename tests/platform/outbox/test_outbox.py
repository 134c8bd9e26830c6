"""Events are written with the deed and read once, in order, by each named reader."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from bolanggu.platform import outbox
from bolanggu.platform.accounts.actor import Actor
from bolanggu.platform.journal.models import Head
from bolanggu.platform.outbox.reading import unread

AT = datetime(2026, 3, 1, tzinfo=UTC)
ME = Actor("me", frozenset({"merchant"}))


def write(*numbers):
    outbox.write_many([outbox.Notice("order.placed", f"YW-{n}", {"n": n}) for n in numbers], at=AT, by=ME)


@pytest.mark.django_db
def test_each_reader_gets_each_event_once():
    write(1, 2)
    with unread("board") as events:
        assert [e.subject for e in events] == ["YW-1", "YW-2"]
    write(3)
    with unread("board") as events:
        assert [e.payload for e in events] == [{"n": 3}]
    with unread("other") as events:
        assert len(events) == 3


@pytest.mark.django_db
def test_a_reader_that_fails_reads_the_same_again():
    write(1)
    with pytest.raises(RuntimeError), unread("board") as events:
        assert len(events) == 1
        raise RuntimeError
    with unread("board") as events:
        assert len(events) == 1


@pytest.mark.django_db
def test_an_event_of_a_rolled_back_deed_is_never_read():
    with pytest.raises(RuntimeError), transaction.atomic():
        write(1)
        raise RuntimeError
    with unread("board") as events:
        assert events == []


@pytest.mark.django_db
def test_a_reader_takes_no_more_than_its_limit():
    write(1, 2, 3)
    with unread("board", limit=2) as events:
        assert len(events) == 2
    with unread("board", limit=2) as events:
        assert [e.subject for e in events] == ["YW-3"]


@pytest.mark.django_db
def test_events_of_several_deeds_are_gathered_and_written_in_their_order():
    write(0)
    with transaction.atomic(), outbox.gathered():
        write(1)
        assert Head.objects.get().sequence == 1
        with outbox.gathered():
            write(2, 3)
    with unread("board") as events:
        assert [e.subject for e in events] == ["YW-0", "YW-1", "YW-2", "YW-3"]


@pytest.mark.django_db
def test_gathered_events_of_a_deed_that_fails_are_never_written():
    with pytest.raises(RuntimeError), transaction.atomic(), outbox.gathered():
        write(1)
        raise RuntimeError
    write(2)
    with unread("board") as events:
        assert [e.subject for e in events] == ["YW-2"]
