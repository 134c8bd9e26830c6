"""The route map is one self-contained picture that follows the route over the date line."""

import itertools
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolanggu.engines.routing.drawing import Spot, Stroke, arc, draw, route_map
from bolanggu.values.place import Position

NINGBO = Spot("Ningbo <宁波>", Position(29.9, 121.8))
ANGELES = Spot("Los Angeles", Position(33.7, -118.3))
positions = st.builds(Position, st.floats(-85, 85), st.floats(-180, 180))


def numbers(svg):
    root = ET.fromstring(svg)
    width, height = map(float, root.get("viewBox").split()[2:])
    lines = [line.get("points").split() for line in root.iter("{http://www.w3.org/2000/svg}polyline")]
    return width, height, [[tuple(map(float, point.split(","))) for point in line] for line in lines]


def test_it_is_well_formed_and_refers_to_nothing_outside():
    svg = draw([Stroke("sea", NINGBO, ANGELES)], title="a < b")
    assert ET.fromstring(svg).tag.endswith("svg")
    assert "Ningbo &lt;宁波&gt;" in svg
    assert re.findall(r"href|url\(|<script|<image", svg) == []


def test_a_route_over_the_date_line_is_one_unbroken_line():
    width, _, (line,) = numbers(draw([Stroke("sea", NINGBO, ANGELES)], title=""))
    steps = [abs(one[0] - other[0]) for one, other in itertools.pairwise(line)]
    assert max(steps) < width / 5


@given(st.lists(positions, min_size=2, max_size=5))
def test_every_point_lies_inside_the_picture(stops):
    spots = [Spot(str(number), at) for number, at in enumerate(stops)]
    strokes = [Stroke("air", one, other) for one, other in itertools.pairwise(spots)]
    width, height, lines = numbers(draw(strokes, title=""))
    assert all(-0.1 <= x <= width + 0.1 and -0.6 <= y <= height + 0.6 for line in lines for x, y in line)


@given(positions, positions)
def test_an_arc_is_as_long_as_the_great_circle(one, other):
    points = arc(one, other)
    length = sum(a.distance_km(b) for a, b in itertools.pairwise(points))
    assert length == pytest.approx(one.distance_km(other), rel=1e-4, abs=0.01)


def test_the_chosen_way_is_drawn_in_full_and_the_others_pale():
    leg = {"mode": "sea", "from": "CNNGB", "to": "USLAX", "from_at": [29.9, 121.8], "to_at": [33.7, -118.3]}
    svg = route_map([{"legs": [leg], "chosen": True}, {"legs": [{**leg, "mode": "air"}]}])
    assert (svg.count("<polyline"), svg.count("stroke-opacity")) == (2, 1)
    assert svg.index("stroke-opacity") < svg.rindex("<polyline")


def test_no_positions_no_picture():
    assert route_map([{"legs": [{"mode": "sea", "from": "A", "to": "B"}]}]) == route_map([]) == ""
    with pytest.raises(ValueError, match="at least one leg"):
        draw([], title="")
