"""Plans lead to every kind of destination, quickly, with figures that can be retraced."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from bolanggu.market.transport import sea_lanes
from bolanggu.market.transport.connections import drive
from bolanggu.market.transport.offers import NoOffer, charge_air, charge_groupage, offers, price
from bolanggu.market.transport.places import SEA_SCENARIOS, UnknownPlace, airports, find, known, ports, terminals
from bolanggu.market.transport.planning import plan
from bolanggu.values.fault import Fault
from bolanggu.values.place import Position

READY = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def barcelona():
    return plan("ESBCN", READY)


@pytest.mark.parametrize(
    "code", ["ESBCN", "ESMAD", "MUC", "DEMUC", "KZALA", "USDEN", "NPKTM", "PFPPT", "CNSHA", "CNNGB"]
)
def test_every_kind_of_destination_has_a_way(code):
    ways = plan(code, READY)
    assert ways
    for way in ways:
        assert way.legs[0].origin.code == "CNYIW"
        assert way.legs[-1].destination.code == code
        assert way.mode_chain
        assert way.cost.minor > 0
        assert way.co2e_g > 0


def test_no_way_is_beaten_by_another_in_all_three(barcelona):
    points = [(way.arrive, way.cost.minor, way.co2e_g) for way in barcelona]
    assert points == sorted(points)
    for one in points:
        assert not any(all(a <= b for a, b in zip(other, one, strict=True)) for other in points if other != one)


def test_legs_join_keep_their_cut_offs_and_add_up(barcelona):
    for way in barcelona:
        assert way.arrive == way.legs[-1].arrive
        assert sum(leg.cost.minor for leg in way.legs) == way.cost.minor
        assert sum(leg.co2e_g for leg in way.legs) == way.co2e_g == way.sheet.grams
        ready = READY
        for leg in way.legs:
            assert ready <= leg.cutoff <= leg.depart < leg.arrive
            ready = leg.arrive
        for one, other in pairwise(way.legs):
            assert one.destination.code == other.origin.code


def test_by_the_cape_it_takes_longer_and_weighs_more(barcelona):
    sea = next(way for way in barcelona if way.mode_chain == "rail-sea")
    cape = next(way for way in plan("ESBCN", READY, scenario="cape") if way.mode_chain == "rail-sea")
    assert cape.arrive > sea.arrive
    assert cape.co2e_g > sea.co2e_g


def test_a_closed_border_takes_its_trains_away():
    trains = {leg.service for way in plan("ESMAD", READY) for leg in way.legs}
    assert "YXO-MAD" in trains
    shut = {leg.service for way in plan("ESMAD", READY, closed=frozenset({"ALASHANKOU"})) for leg in way.legs}
    assert not any(service.startswith("YXO") for service in shut)


def test_a_full_departure_is_left_out(barcelona):
    ship = next(leg for way in barcelona for leg in way.legs if leg.mode == "sea")
    left = {(ship.service, ship.depart): 0.5}
    later = plan("ESBCN", READY, left=left)
    assert (ship.service, ship.depart) not in {(leg.service, leg.depart) for way in later for leg in way.legs}
    assert plan("ESBCN", READY, left=left, teu=0.5) == barcelona


def test_the_same_question_has_the_same_answer_whenever_it_is_asked(barcelona):
    assert plan("ESBCN", READY) == barcelona
    later = plan("ESBCN", READY + timedelta(days=1))
    assert later[-1].arrive >= barcelona[-1].arrive


def test_only_legs_with_a_stated_frequency_and_time_are_marked_generated():
    basis = {leg.service: leg.basis for code in ("DEDUI", "ESBCN") for way in plan(code, READY) for leg in way.legs}
    assert basis["YXO-DUI"] == "generated"
    assert basis["SEA-CNNGB-ESBCN"] == "assumed"


@pytest.mark.parametrize(
    ("code", "nearest"), [("ESBCM", "ESBCN"), ("Barcelona", "ESBCN"), ("rotterdam", "NLRTM"), ("NLRTN", "NLRTM")]
)
def test_an_unknown_code_names_the_nearest_known_ones(code, nearest):
    with pytest.raises(UnknownPlace, match=nearest) as refused:
        find(code)
    assert isinstance(refused.value, Fault)


def test_codes_are_read_in_any_case_and_airports_with_or_without_country():
    assert known(" esbcn") == "ESBCN"
    assert find("DEMUC").airport == find("MUC").airport
    with pytest.raises(UnknownPlace):
        find("FRMUC")


def test_an_unknown_scenario_and_a_time_without_zone_are_refused():
    with pytest.raises(Fault, match="suez, cape"):
        plan("ESBCN", READY, scenario="arctic")
    with pytest.raises(Fault, match="time zone"):
        plan("ESBCN", READY.replace(tzinfo=None))


def test_all_rail_terminals_and_many_ports_and_airports_are_known():
    assert (len(ports()) > 3900, len(airports()) > 7800, len(terminals()) >= 14) == (True, True, True)


@pytest.mark.slow
def test_a_sample_of_all_codes_can_be_planned():
    codes = [*ports(), *terminals(), *airports()][::97]
    assert [code for code in codes if code not in {"CNYIW", "YIW"} and not plan(code, READY)] == []


def test_prices_for_containers_groupage_and_air_cargo(barcelona):
    air, sea = barcelona[0], barcelona[-1]
    assert [offer.unit for offer in offers(sea)] == ["20GP", "40GP", "40HC", "45HC", "W/M"]
    assert [offer.unit for offer in offers(air)] == ["kg"]
    assert price(sea, "20GP").price == sea.cost
    with pytest.raises(NoOffer, match="kg"):
        price(air, "40HC")
    per_wm, per_kg = price(sea, "W/M").price, price(air, "kg").price
    assert charge_groupage(sea, cubic_mm=2_500_000_000, grams=800_000) == per_wm.portion(5, 2)
    assert charge_groupage(sea, cubic_mm=1_000, grams=1_000) == per_wm
    assert charge_air(air, cubic_mm=6_000_000, grams=100_000) == per_kg * 100
    assert charge_air(air, cubic_mm=600_000_000, grams=1_000) == per_kg * 100


def test_the_sheet_can_be_followed_by_hand_and_says_what_is_unknown(barcelona):
    sea = barcelona[-1]
    line = next(line for line in sea.sheet.lines if line.leg.startswith("sea"))
    km = next(leg.km for leg in sea.legs if leg.mode == "sea")
    assert line.grams == round(km * Decimal("1.15") * Decimal("71.7"))
    assert line.arithmetic == f"1 TEU × {km} km × 1.15 × 71.7 g/TEU-km = {line.grams} g"
    assert sea.sheet.unknown == ("hub CNNGB",)


def test_a_truck_is_never_shorter_than_the_great_circle(barcelona):
    ends = barcelona[-1].legs[0].origin, barcelona[-1].legs[0].destination
    assert drive(*ends).km >= ends[0].position.distance_km(ends[1].position)


@pytest.mark.parametrize(
    ("to", "scenario", "longer"),
    [
        ("NLRTM", "cape", True),
        ("NLRTM", "horn", False),
        ("USNYC", "horn", True),
        ("USNYC", "cape", False),
        ("USLAX", "capes", False),
    ],
)
def test_a_closed_canal_makes_ways_longer_where_it_lies_on_them_and_nowhere_else(to, scenario, longer):
    port = ports()[to]
    assert (port.km[scenario] > port.km["suez"]) is longer


def test_no_scenario_goes_through_the_arctic_or_is_shorter_than_with_all_canals_open():
    great_circle = {code: Position(29.93, 121.85).distance_km(port.position) for code, port in ports().items()}
    for code, port in ports().items():
        for km in port.km.values():
            assert km >= port.km["suez"]
            assert km >= 0.98 * great_circle[code]
    assert all(
        point.lat < 74
        for to in ("NLRTM", "USNYC", "DEHAM")
        for name in SEA_SCENARIOS
        for point in sea_lanes.way("CNNGB", to, name)
    )


@pytest.mark.parametrize("scenario", ["horn", "capes"])
def test_ways_are_planned_with_the_panama_canal_closed_even_to_its_own_ports(scenario):
    for to in ("USNYC", "PAONX", "PABLB", "BRSSZ"):
        assert plan(to, READY, scenario=scenario)
