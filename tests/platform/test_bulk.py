"""Rows inserted at once are the rows that the object way would have written."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from bolanggu.platform.bulk import insert
from bolanggu.platform.journal.models import Entry, Seal
from bolanggu.platform.lineage.models import EdgeRow

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)
COLUMNS = ("sequence", "stream", "kind", "subject", "at", "actor", "source", "payload", "previous", "hash")


def row(number):
    return (number, "event", "x", f"YW-{number}", AT, "a merchant", "person", '{"货": 1}', b"\x00\xff", bytes([number]))


@pytest.mark.django_db
def test_rows_are_read_back_as_they_were_given():
    insert(Entry, COLUMNS, [row(1), row(2)])
    found = list(Entry.objects.order_by("sequence").values_list(*COLUMNS))
    assert [(*r[:8], bytes(r[8]), bytes(r[9])) for r in found] == [row(1), row(2)]


@pytest.mark.django_db
def test_columns_that_are_not_named_get_their_default():
    insert(EdgeRow, ("aspect", "from_kind", "from_id", "to_kind", "to_id"), [("goods", "line", "L", "carton", "C")])
    made = EdgeRow.objects.get()
    beside = EdgeRow(aspect="goods", from_kind="line", from_id="L", to_kind="carton", to_id="C", pk=made.pk)
    fields = [field.attname for field in EdgeRow._meta.concrete_fields]
    assert [getattr(made, name) for name in fields] == [getattr(beside, name) for name in fields]


@pytest.mark.django_db
def test_no_rows_are_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert(Seal, ("sequence",), [])


@pytest.mark.django_db
def test_one_refused_row_refuses_them_all():
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Entry, COLUMNS, [row(1), row(1)])
    assert not Entry.objects.exists()


def test_a_column_that_is_none_is_named():
    with pytest.raises(KeyError, match="colour"):
        insert(Entry, ("colour",), [("red",)])
