"""Overseas warehouses: stations of the network, roads to buyers, stock that never goes below none and counts once."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from bolanggu.market.transport import selectors
from bolanggu.market.transport.models import StationStock
from bolanggu.market.transport.overseas import last_mile, nearest, stations
from bolanggu.market.transport.services.stock import MoveStated, NotInStock, UnknownStation, move_stock


def test_a_station_without_a_place_is_named_and_serves_nobody():
    assert stations()["AFRICA-STATION"].position is None
    assert last_mile("AFRICA-STATION", "EGALY") is None


def test_the_nearest_station_by_road_comes_first_and_none_crosses_the_sea():
    (first, way), *_ = nearest("DEMUC")
    assert first.code == "CZ-STATION"
    assert 0 < way.km < 700
    assert nearest("JPOSA") == []


@pytest.fixture
def move(db, world, at):
    def moved(pieces, key, station="CZ-STATION", product="P1"):
        return move_stock(by=world, at=at, station=station, product=product, pieces=pieces, key=key)

    return moved


def test_stock_is_what_came_in_less_what_went_out(move):
    move(100, "T1-L0001")
    move(-30, "order-1")
    move(5, "T1-L0001", product="P2")
    assert selectors.stock() == [
        {"station": "CZ-STATION", "product": "P1", "pieces": 70},
        {"station": "CZ-STATION", "product": "P2", "pieces": 5},
    ]
    assert [row["pieces"] for row in selectors.stock("P2", "CZ-STATION")] == [5]


def test_a_move_said_twice_counts_once_and_another_number_is_refused(move):
    move(100, "T1-L0001")
    move(100, "T1-L0001")
    assert selectors.stock("P1")[0]["pieces"] == 100
    with pytest.raises(MoveStated, match="stands with 100 pieces, not 99"):
        move(99, "T1-L0001")


def test_no_more_goes_out_than_there_is_and_the_refused_move_leaves_nothing(move):
    move(10, "in")
    with pytest.raises(NotInStock, match="has 10 pieces of P1, 11 are to go out"):
        move(-11, "out")
    move(-10, "out")
    assert selectors.stock() == []


def test_an_unknown_station_is_refused(move):
    with pytest.raises(UnknownStation, match="CZ-STATION"):
        move(1, "x", station="MOON")


def test_the_database_refuses_less_than_none(db, at):
    with pytest.raises(IntegrityError), transaction.atomic():
        StationStock.objects.create(station="CZ-STATION", product="P1", pieces=-1, stated_at=at)
