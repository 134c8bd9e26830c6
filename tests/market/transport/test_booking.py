"""A booking holds space, keeps its times apart, and can be rolled until it leaves."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from bolanggu.market.transport import selectors
from bolanggu.market.transport.models import Booking, Departure, LegTime, Way
from bolanggu.market.transport.planning import plan
from bolanggu.market.transport.services import arrive, book, cancel, confirm, depart, roll, state_time
from bolanggu.market.transport.services.errors import BookingNotOpen, CutoffMissed, DepartureFull, NoWay, TimeStated
from bolanggu.platform.accounts.actor import Actor
from bolanggu.platform.accounts.grants import NotGranted
from bolanggu.values.evidence import Tense
from bolanggu.values.money import Money

READY = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def ways():
    return plan("ESBCN", READY)


@pytest.fixture
def booked(db, world, at, ways):
    return book(by=world, at=at, **wish("T1", ways))


def wish(trade, ways, teu=185, chosen=None):
    position = len(ways) - 1 if chosen is None else chosen
    facts = {"shipment": trade, "journeys": ways, "chosen": position, "service": "FCL", "teu": teu}
    return {**facts, "freight": Money("USD", 228446), "boxes": {"40HC": 1}}


def test_a_booking_takes_space_on_each_departure_of_its_way(booked, ways):
    services = [leg.service for leg in ways[-1].legs]
    assert [row["service"] for row in selectors.legs(booked.number)] == services
    assert {row.taken for row in Departure.objects.all()} == {185}
    assert selectors.booking("T1")["number"] == booked.number == "SO00000001"


def test_booking_the_same_trade_again_books_nothing_twice(booked, world, at, ways):
    assert book(by=world, at=at, **wish("T1", ways)).pk == booked.pk
    assert {row.taken for row in Departure.objects.all()} == {185}


def test_all_ways_are_kept_and_one_is_chosen(booked, ways):
    kept = selectors.journeys("T1")
    assert [way["mode_chain"] for way in kept] == [way.mode_chain for way in ways]
    assert [way["chosen"] for way in kept] == [False] * (len(ways) - 1) + [True]
    assert kept[-1]["co2e_kg"] == sum(line["grams"] or 0 for line in kept[-1]["carbon"]["lines"]) / 1000
    assert kept[-1]["legs"][-1]["to"] == "ESBCN"
    with pytest.raises(IntegrityError), transaction.atomic():
        Way.objects.update(chosen=True)


def test_space_cannot_be_taken_twice(booked, world, at, ways):
    train = Departure.objects.get(mode="rail")
    with pytest.raises(DepartureFull, match=r"98\.15 TEU left, 99 are asked for"):
        book(by=world, at=at, **wish("T2", ways, teu=9900))
    assert not Booking.objects.filter(shipment="T2").exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Departure.objects.filter(pk=train.pk).update(taken=train.space + 1)
    full = selectors.space_left(READY)
    assert full[train.service, train.departs_at] == 98.15
    assert plan("ESBCN", READY, teu=99, left=full)


def test_a_way_that_is_not_planned_or_comes_too_late_is_refused(db, world, at, ways):
    with pytest.raises(NoWay):
        book(by=world, at=at, **wish("T1", ways, chosen=99))
    with pytest.raises(NoWay):
        book(by=world, at=at, **wish("T1", plan("CNYIW", READY)))
    with pytest.raises(CutoffMissed):
        book(by=world, at=READY + timedelta(days=30), **wish("T1", ways))


def test_it_departs_only_when_confirmed_and_arrives_only_when_departed(booked, world, at):
    for act in (depart, arrive):
        with pytest.raises(BookingNotOpen, match="requested"):
            act(by=world, at=at, number=booked.number)
    for act in (confirm, confirm, depart, depart, arrive, arrive):
        act(by=world, at=at, number=booked.number)
    assert Booking.objects.get().state == "arrived"


def test_planned_estimated_and_actual_times_stand_side_by_side(booked, world, at):
    leg = {"number": booked.number, "sequence": 2, "point": "arrive"}
    planned = selectors.legs(booked.number)[1]["arrive"]["PLN"]
    first, second = READY + timedelta(days=40), READY + timedelta(days=41)
    state_time(by=world, at=at, tense=Tense.ESTIMATED, when=first, **leg)
    state_time(by=world, at=at + timedelta(hours=1), tense=Tense.ESTIMATED, when=second, **leg)
    state_time(by=world, at=at, tense=Tense.ACTUAL, when=second, **leg)
    state_time(by=world, at=at, tense=Tense.ACTUAL, when=second, **leg)
    times = {"PLN": planned, "EST": second.isoformat(), "ACT": second.isoformat()}
    assert selectors.legs(booked.number)[1]["arrive"] == times
    with pytest.raises(TimeStated):
        state_time(by=world, at=at, tense=Tense.ACTUAL, when=first, **leg)
    actual = LegTime.objects.get(tense="ACT")
    actual.pk, actual.stated_at = None, at + timedelta(days=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        actual.save()


def test_a_rolled_booking_keeps_its_number_and_gives_its_space_back(booked, world, at):
    later = plan("ESBCN", READY + timedelta(days=14))
    roll(by=world, at=at, number=booked.number, journeys=later, chosen=len(later) - 1, reason="ship full")
    assert [row["service"] for row in selectors.legs(booked.number)] == [leg.service for leg in later[-1].legs]
    taken = dict(Departure.objects.values_list("departs_at", "taken"))
    assert {taken[leg.depart] for leg in later[-1].legs} == {185}
    assert sum(taken.values()) == 185 * len(later[-1].legs)
    assert Booking.objects.get().version == 2
    with pytest.raises(NoWay, match="NLRTM"):
        roll(by=world, at=at, number=booked.number, journeys=plan("NLRTM", READY), chosen=0, reason="?")


def test_a_cancelled_booking_frees_its_trade_and_needs_a_reason(booked, world, at, ways):
    cancel(by=world, at=at, number=booked.number, reason="buyer withdrew")
    assert set(Departure.objects.values_list("taken", flat=True)) == {0}
    assert selectors.booking("T1") is None
    assert book(by=world, at=at, **wish("T1", ways)).number == "SO00000002"
    with pytest.raises(BookingNotOpen):
        depart(by=world, at=at, number=booked.number)
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=booked.pk).update(reason="")


def test_who_has_no_grant_books_nothing(db, at, ways):
    nobody = Actor(name="passer-by", roles=frozenset({"public"}))
    with pytest.raises(NotGranted):
        book(by=nobody, at=at, **wish("T1", ways))
