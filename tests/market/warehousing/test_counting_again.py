"""Counts, measures and cartons are stated anew; pieces, grams and money stay whole."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.trade.changes.bazaar import undone

from bolanggu.market.warehousing import selectors
from bolanggu.market.warehousing.models import Carton, Receipt
from bolanggu.market.warehousing.services import (
    CountDoesNotAddUp,
    Counted,
    Measured,
    NotCounted,
    NotInTheWarehouse,
    Packed,
    count,
    deliver,
    load_out,
    measure,
    measured_as_promised,
    miss,
    pack,
    recount,
    redirect,
    take_back,
    unpack,
)
from bolanggu.market.warehousing.services.measure import LighterThanContents
from bolanggu.market.warehousing.services.unpack import NotUnpackable
from bolanggu.platform import versions
from bolanggu.platform.lineage.models import EdgeRow
from bolanggu.trade.world.cast import WORLD
from bolanggu.values.quantity import Dimensions, Pack

PACK = Pack(12, Dimensions(400, 300, 300), 9600, 10200)


@pytest.fixture
def packed(db, world, at):
    """30 pieces of L1, worth 3,000, in three cartons."""
    count(by=world, at=at, warehouse="W1", counted=[Counted("L1", "O1", 30, 30, 30)])
    row = Packed("L1", "O1", "P1", 30, 3000, "CNY", PACK, "MARK")
    pack(by=world, at=at, trade="T1", warehouse="W1", destination="ESBCN", packed=[row])
    return [carton["sscc"] for carton in selectors.cartons("T1")]


def left(pieces, minor, at):
    return unpack(by=WORLD, at=at, line="L1", pieces=pieces, amount_minor=minor, currency="CNY", reason="short")


def standing():
    sums = EdgeRow.objects.filter(aspect="goods", from_id="L1", superseded=False).aggregate(
        pieces=Sum("pieces"), minor=Sum("minor"), grams=Sum("grams")
    )
    return tuple(sums[name] or 0 for name in ("pieces", "minor", "grams"))


def test_a_recount_keeps_the_count_before(packed, world, at):
    came = Counted("L1", "O1", 30, 28, 25, 3)
    recount(by=world, at=at, counted=came, reason="three are broken", rest_on=date(2026, 4, 1))
    row = Receipt.objects.get()
    assert (row.accepted, row.rejected, row.version, row.rest_on) == (25, 3, 2, date(2026, 4, 1))
    assert versions.history("receipt", "L1@O1")[0].facts["accepted"] == 30


def test_a_recount_adds_up_and_is_never_over_or_first(packed, world, at):
    with pytest.raises(CountDoesNotAddUp):
        recount(by=world, at=at, counted=Counted("L1", "O1", 30, 29, 25, 3), reason="?")
    with pytest.raises(CountDoesNotAddUp):
        recount(by=world, at=at, counted=Counted("L1", "O1", 30, 31, 31), reason="?")
    with pytest.raises(NotCounted):
        recount(by=world, at=at, counted=Counted("L9", "O1", 1, 1, 1), reason="?")
    with pytest.raises(IntegrityError), transaction.atomic():
        Receipt.objects.update(accepted=31, received=31)


def test_unpacked_cartons_are_withdrawn_and_the_rest_is_numbered_anew(packed, at):
    assert left(20, 2000, at) == packed[2:]
    kept = selectors.cartons("T1")
    assert [(c["position"], c["of"], c["contents"][0]["pieces"]) for c in kept] == [(1, 2, 12), (2, 2, 8)]
    assert standing()[:2] == (20, 2000)
    assert Carton.objects.get(sscc=packed[2]).state == "withdrawn"
    assert versions.history("carton", packed[1])[0].facts["contents"][0]["pieces"] == 12


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=4), st.integers(0, 100_000))
def test_whatever_is_unpacked_pieces_money_and_grams_stay_whole(packed, at, wishes, minor):
    with undone():
        for pieces in sorted(wishes, reverse=True):
            left(pieces, minor, at)
            kept = selectors.cartons("T1")
            inside = sum(c["contents"][0]["pieces"] for c in kept)
            assert inside == pieces
            assert standing() == (pieces, minor if pieces else 0, sum(c["net_g"] for c in kept))
            assert all(c["gross_g"] - c["net_g"] == 600 for c in kept)


def test_the_rest_that_comes_later_is_packed_beside_what_is_there(packed, world, at):
    left(13, 1300, at)
    row = Packed("L1", "O1", "P1", 30, 3000, "CNY", PACK, "MARK")
    made = pack(by=world, at=at, trade="T1", warehouse="W1", destination="ESBCN", packed=[row])
    assert made == 2
    assert [(c["position"], c["of"], c["contents"][0]["pieces"]) for c in selectors.cartons("T1")] == [
        (1, 4, 12),
        (2, 4, 1),
        (3, 4, 12),
        (4, 4, 5),
    ]
    assert standing()[:2] == (30, 3000)
    assert pack(by=world, at=at, trade="T1", warehouse="W1", destination="ESBCN", packed=[row]) == 0


def test_more_than_is_packed_cannot_be_left(packed, at):
    with pytest.raises(NotUnpackable, match="30 pieces are packed; 31 cannot be left"):
        left(31, 3100, at)


def test_loaded_cartons_are_not_unpacked_measured_or_redirected(packed, world, at):
    load_out(by=world, at=at, ssccs=packed)
    size = [Measured(packed[0], 1, 1, 1, 99_999)]
    with pytest.raises(NotInTheWarehouse):
        left(1, 100, at)
    with pytest.raises(NotInTheWarehouse):
        measure(by=world, at=at, measures=size, reason="?")
    with pytest.raises(NotInTheWarehouse):
        redirect(by=world, at=at, trade="T1", destination="DEHAM", mark="M", reason="?")
    assert take_back(by=world, at=at, ssccs=packed, reason="opened") == 3
    assert take_back(by=world, at=at, ssccs=packed, reason="opened") == 0
    assert redirect(by=world, at=at, trade="T1", destination="DEHAM", mark="M", reason="moved") == 3


def test_measures_stand_beside_promises_with_who_took_them(packed, world, at):
    assert {c["measured_at"] for c in selectors.cartons("T1")} == {None}
    assert measured_as_promised(by=world, at=at, trade="T1") == 3
    changed = measure(by=world, at=at, measures=[Measured(packed[0], 410, 300, 300, 10_500)], reason="grew")
    assert changed == [packed[0]]
    again = measure(by=world, at=at, measures=[Measured(packed[0], 410, 300, 300, 10_500)], reason="grew")
    assert again == []
    carton = Carton.objects.get(sscc=packed[0])
    assert (carton.l_mm, carton.promised_l_mm, carton.measured_source) == (410, 400, "simulated")
    with pytest.raises(IntegrityError), transaction.atomic():
        Carton.objects.update(measured_source="")


def test_a_carton_does_not_weigh_less_than_what_is_in_it(packed, world, at):
    with pytest.raises(LighterThanContents):
        measure(by=world, at=at, measures=[Measured(packed[0], 400, 300, 300, 9_599)], reason="?")


def test_only_loaded_cartons_arrive_or_are_missing(packed, world, at):
    with pytest.raises(NotInTheWarehouse, match="only a loaded one can be missing"):
        miss(by=world, at=at, ssccs=packed[:1])
    load_out(by=world, at=at, ssccs=packed)
    assert miss(by=world, at=at, ssccs=packed[:1]) == 1
    assert deliver(by=world, at=at, ssccs=packed) == 2
