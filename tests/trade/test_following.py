"""A shipment that is followed: no trouble as planned, trouble with its orders when it is late; arrival from history."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.market.conftest import accepted, at, engagement, parties, placed  # noqa: F401 -- fixtures

from bolanggu.engines.following.delays import Finished, History
from bolanggu.market.consolidation.models import LoadPlan, Share, Shipment, ShipmentTrade
from bolanggu.market.tracking.services import Happening, capture
from bolanggu.market.transport import selectors as transport
from bolanggu.market.transport.planning import plan
from bolanggu.market.transport.services import book, confirm, depart
from bolanggu.trade.following import arrival, finished_legs, planned_legs, troubles
from bolanggu.trade.papers.view import carbon_rows
from bolanggu.trade.world.cast import WORLD
from bolanggu.values.evidence import Tense

pytestmark = pytest.mark.django_db


@pytest.fixture
def shipped(placed, at):  # noqa: F811
    """A booked shipment of trade T1, one box of whose orders it holds."""
    stated = {"source": "simulated", "stated_at": at}
    shipment = Shipment.objects.create(number="T1", destination="ESBCN", **stated)
    ShipmentTrade.objects.create(shipment=shipment, trade="T1")
    box = LoadPlan.objects.create(
        number="T1-B01", shipment="T1", destination="ESBCN", service="FCL", type="20GP", placements=[],
        fill_percent=50, gross_g=1000, cartons=1, cost_minor=1, currency="USD", **stated,
    )  # fmt: skip
    Share.objects.create(
        plan=box, trade="T1", pieces=12, cartons=1, grams=6000, cubic_mm=36_000_000, cost_minor=1, currency="USD"
    )
    journeys = [way for way in plan("ESBCN", at) if way.legs and not way.by_air]
    booking = book(
        by=WORLD, at=at, shipment="T1", journeys=journeys, chosen=0, service="FCL", teu=100,
        freight=journeys[0].cost, boxes={"20GP": 1},
    )  # fmt: skip
    confirm(by=WORLD, at=at, number=booking.number)
    return booking


def happen(leg, milestone, place, when):
    capture(
        by=WORLD, at=when, happenings=[Happening("T1", "container", "T1-B01", Tense.ACTUAL, milestone, place, when)]
    )


def test_a_box_that_keeps_to_the_plan_has_no_trouble(shipped, at):  # noqa: F811
    legs = planned_legs(transport.booking("T1")["legs"])
    happen(1, "gate_in", legs[0].origin, at)
    for number, leg in enumerate(legs, 1):
        happen(number, "departed", leg.origin, leg.depart)
        happen(number, "arrived", leg.destination, leg.arrive)
    assert troubles("T1", legs[-1].arrive + timedelta(days=3)) == []


def test_a_late_box_names_the_orders_that_it_touches(shipped, at):  # noqa: F811
    legs = planned_legs(transport.booking("T1")["legs"])
    happen(1, "gate_in", legs[0].origin, at)
    happen(1, "departed", legs[0].origin, legs[0].depart)
    found = troubles("T1", legs[0].arrive + timedelta(days=2))
    assert found[0].exception.kind == "late"
    assert found[0].orders == ("T1-001", "T1-002")
    assert found[0].box == "T1-B01"


def test_an_arrival_is_learnt_from_legs_that_came_before(shipped, at):  # noqa: F811
    last = transport.booking("T1")["legs"][-1]
    history = History([Finished(last["service"], last["mode"], float(hours)) for hours in range(100)])
    expected = arrival("T1", history)
    planned = planned_legs([last])[0].arrive
    assert planned < expected.p50 < expected.p90
    assert expected.learnt_from == 100
    assert arrival("T9", history) is None


def test_a_leg_that_arrived_becomes_history(shipped, at):  # noqa: F811
    from bolanggu.market.transport.services import state_time

    assert finished_legs() == []
    leg = planned_legs(transport.booking("T1")["legs"])[0]
    depart(by=WORLD, at=leg.depart, number=shipped.number)
    facts = {"number": shipped.number, "sequence": 1, "point": "arrive", "tense": Tense.ACTUAL}
    state_time(by=WORLD, at=leg.arrive, when=leg.arrive + timedelta(hours=5), **facts)
    (finished,) = finished_legs()
    assert finished.late_h == 5


def test_the_carbon_sheet_of_the_chosen_way_has_a_line_for_each_leg_and_hub(shipped):
    ways = transport.journeys("T1")
    rows = carbon_rows(ways)
    chosen = next(way for way in ways if way["chosen"])
    assert len(rows) == 2 * len(chosen["legs"]) - 1
    assert all(row[1].endswith(" g") or row[1].startswith("unknown") for row in rows)
