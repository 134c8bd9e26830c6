"""The city's network: every fact has a source, conflicts are kept, plans use stated figures."""

import csv

import pytest

from bolanggu.data import city, read_csv, read_yaml
from bolanggu.market.transport.assumptions import lines
from bolanggu.market.transport.places import ports, terminals
from bolanggu.market.transport.sea_lanes import way
from bolanggu.values.place import Position

NINGBO = Position(29.93, 121.85)


@pytest.fixture(scope="module")
def facts():
    with (city("yiwu") / "network" / "facts.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_fact_and_place_has_a_source(facts):
    with (city("yiwu") / "network" / "nodes.csv").open(encoding="utf-8") as file:
        places = list(csv.DictReader(file))
    assert [row for row in (*facts, *places) if not row["source"]] == []


def test_conflicting_statements_are_kept_side_by_side(facts):
    conflicts = {}
    for row in facts:
        if row["conflict"]:
            conflicts.setdefault(row["conflict"], set()).add(row["value"])
    assert {"madrid-days", "london-km", "lines-2024", "trains-2024"} <= conflicts.keys()
    assert all(len(values) > 1 for values in conflicts.values())


def test_plans_use_only_stated_figures_of_known_lines(facts):
    stated = {}
    for row in facts:
        stated.setdefault((row["subject"], row["measure"]), []).append(row["value"])
    measures = {"days": "transit", "km": "distance", "per_week": "frequency"}
    for name, line in lines()["rail"].items():
        assert line["to"] in terminals()
        assert line["reason"]
        for key, measure in measures.items():
            if key in line:
                values = [value.partition("-")[0] for value in stated[name, measure]]
                assert str(line[key]) in values, (name, key)


def test_no_sea_route_is_shorter_than_the_great_circle():
    short = [port for port in ports().values() for km in port.km.values() if km < port.position.distance_km(NINGBO) - 1]
    assert short == []


def test_without_suez_no_route_is_shorter_and_europe_is_much_farther():
    assert all(port.km["cape"] >= port.km["suez"] for port in ports().values() if len(port.km) == 2)
    assert 1.25 < ports()["NLRTM"].km["cape"] / ports()["NLRTM"].km["suez"] < 1.35


@pytest.mark.parametrize(
    ("code", "miles"),
    [
        ("NLRTM", 10454),
        ("DEHAM", 10723),
        ("ESVLC", 8829),
        ("AEJEA", 5591),
        ("USLAX", 5820),
        ("BRSSZ", 10981),
        ("SGSIN", 2095),
    ],
)
def test_check_values_of_sea_distances_hold_within_two_per_cent(code, miles):
    assert ports()[code].km["suez"] == pytest.approx(miles * 1.852, rel=0.02)


def test_a_passage_that_is_closed_is_in_no_route():
    rows = read_csv("sea_lanes.csv")
    for code in ("NLRTM", "DEHAM", "GBFXT", "USNYC", "CAMTR"):
        assert max(point.lat for scenario in ("suez", "cape") for point in way("CNNGB", code, scenario)) < 62
    suez = [row for row in rows if 27.5 < float(row["lat"]) < 31.2 and 32 < float(row["lon"]) < 33.5]
    assert suez
    assert not any(row["cape"] and rows[int(row["cape"])] in suez for row in suez)


def test_every_direct_port_and_hub_is_a_sea_port():
    direct = read_yaml("assumptions/freight.yaml")["sea"]["direct_ports"]
    assert all(ports()[code].by_sea for code in direct)
    assert all(port.hub in direct for port in ports().values() if port.by_sea and port.code not in direct)
