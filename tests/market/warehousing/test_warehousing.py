"""Received is accepted and rejected; cartons hold all pieces once, with valid labels."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from bolanggu.market.warehousing import selectors
from bolanggu.market.warehousing.models import Carton, Receipt
from bolanggu.market.warehousing.packing import fill_cartons
from bolanggu.market.warehousing.services import CountDoesNotAddUp, Counted, Packed, count, load_out, pack
from bolanggu.platform.lineage.models import EdgeRow
from bolanggu.values.code import is_sscc
from bolanggu.values.quantity import Dimensions, Pack

PACK = Pack(12, Dimensions(400, 300, 300), 9600, 10200)


def packed(line="L1", pieces=30, minor=3000):
    return Packed(line, "O1", "P1", pieces, minor, "CNY", PACK, "MARK")


def test_a_count_that_does_not_add_up_is_refused(db, world, at):
    with pytest.raises(CountDoesNotAddUp, match="10 received, but 8 accepted and 1 rejected"):
        count(by=world, at=at, warehouse="W1", counted=[Counted("L1", "O1", 10, 10, 8, 1)])


def test_the_database_keeps_the_same_sum(db, world, at):
    count(by=world, at=at, warehouse="W1", counted=[Counted("L1", "O1", 10, 10, 8, 2)])
    with pytest.raises(IntegrityError), transaction.atomic():
        Receipt.objects.update(rejected=0)


def test_a_line_is_counted_once(db, world, at):
    rows = [Counted("L1", "O1", 10, 10, 10)]
    assert count(by=world, at=at, warehouse="W1", counted=rows) == 1
    assert count(by=world, at=at, warehouse="W1", counted=rows) == 0


def test_cartons_are_labelled_numbered_and_staged(db, world, at):
    assert pack(by=world, at=at, trade="T1", warehouse="W1", destination="ESBCN", packed=[packed()]) == 3
    cartons = selectors.cartons("T1")
    assert all(is_sscc(carton["sscc"]) for carton in cartons)
    assert [(c["position"], c["of"], c["contents"][0]["pieces"]) for c in cartons] == [
        (1, 3, 12),
        (2, 3, 12),
        (3, 3, 6),
    ]
    assert {carton["state"] for carton in cartons} == {"staged"}
    assert selectors.cartons_by_line("T1") == {"L1": [carton["sscc"] for carton in cartons]}


def test_the_value_of_a_line_is_spread_over_its_cartons_to_the_last_unit(db, world, at):
    pack(by=world, at=at, trade="T1", warehouse="W1", destination="ESBCN", packed=[packed(pieces=31, minor=1001)])
    assert sum(EdgeRow.objects.values_list("minor", flat=True)) == 1001
    assert sum(EdgeRow.objects.values_list("pieces", flat=True)) == 31


def test_a_line_is_packed_once_and_no_label_twice(db, world, at):
    for _ in range(2):
        pack(by=world, at=at, trade="T1", warehouse="W1", destination="ESBCN", packed=[packed()])
    pack(by=world, at=at, trade="T2", warehouse="W1", destination="ESBCN", packed=[packed("L2")])
    assert Carton.objects.count() == 6


def test_cartons_leave_once(db, world, at):
    pack(by=world, at=at, trade="T1", warehouse="W1", destination="ESBCN", packed=[packed()])
    ssccs = [carton["sscc"] for carton in selectors.cartons("T1")]
    assert load_out(by=world, at=at, ssccs=ssccs) == 3
    assert load_out(by=world, at=at, ssccs=ssccs) == 0


@given(st.integers(1, 5000), st.integers(1, 300), st.integers(1, 30_000), st.integers(0, 2000))
def test_cartons_hold_every_piece_and_never_weigh_more_than_a_full_one(pieces, in_full, net, box):
    spec = Pack(in_full, Dimensions(400, 300, 300), net, net + box)
    cartons = list(fill_cartons(pieces, spec))
    assert sum(carton.pieces for carton in cartons) == pieces
    assert all(1 <= carton.pieces <= in_full for carton in cartons)
    assert all(carton.net_g <= max(1, net) and carton.gross_g - carton.net_g == box for carton in cartons)
    assert [carton.position for carton in cartons] == list(range(1, cartons[0].of + 1))
