"""The page of ways: the set, a map, a chart, three side by side, and faults in words."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from bolanggu.interfaces.web.way.chart import Dot, pareto_chart

ASK = {"to": "ESBCN", "ready": "2026-03-02", "teu": "1", "scenario": "suez"}


@pytest.fixture
def forwarder(db, signed_in):
    return signed_in("forwarder", everywhere=True)


def test_the_set_stands_on_the_map_in_the_chart_and_in_the_table(forwarder):
    text = forwarder.get("/ways/", ASK).content.decode()
    assert text.count("<svg ") >= 2
    rows = text.count('name="way"')
    assert rows >= 3
    chart = text[text.rindex("<svg ") :]
    assert chart.count("<circle ") == rows


def test_at_most_three_ways_stand_side_by_side_with_their_carbon(forwarder):
    text = forwarder.get("/ways/", ASK | {"way": ["1", "2", "3", "4", "x", "0"]}).content.decode()
    assert text.count(" checked") == 3
    assert len(re.findall(r"km.* × .*g/t?.*km", text)) >= 3
    assert "glec32" in text


def test_an_unknown_place_is_told_with_the_nearest_and_a_bad_day_too(forwarder):
    text = forwarder.get("/ways/", ASK | {"to": "ESBCM"}).content.decode()
    assert "ESBCN" in text
    assert text.count("<circle ") == 0
    assert forwarder.get("/ways/", ASK | {"ready": "soon"}).status_code == 200
    assert forwarder.get("/ways/", ASK | {"ready": "9999-01-01"}).status_code == 200


def test_with_a_canal_closed_the_answer_changes(forwarder):
    days = [
        re.findall(
            r'<td class="number">([\d.,]+)</td>', forwarder.get("/ways/", ASK | {"scenario": name}).content.decode()
        )
        for name in ("suez", "cape")
    ]
    assert days[0] != days[1]


def test_who_may_not_see_ways_does_not(db, signed_in):
    assert signed_in("merchant", "M").get("/ways/", ASK).status_code == 403


def test_the_chart_is_whole_and_larger_dots_emit_more():
    dots = [
        Dot(1, 3, 9000, 8000, "air", "<air>"),
        Dot(2, 33, 1300, 1600, "sea", "sea"),
        Dot(3, 20, 4000, 2600, "rail", ""),
    ]
    tree = ET.fromstring(pareto_chart(dots, title="a & b", days="days", cost="USD", marked=frozenset({2})))
    circles = {c.get("stroke"): c for c in tree.iter("{http://www.w3.org/2000/svg}circle")}
    radii = sorted(float(circle.get("r")) for circle in circles.values())
    assert len(radii) == 3
    assert radii[2] / radii[0] == pytest.approx((8000 / 1600) ** 0.5, rel=0.02)
    assert [circle.get("stroke-width") for circle in circles.values()].count("3") == 1
    for circle in circles.values():
        assert 0 < float(circle.get("cx")) < 720
        assert 0 < float(circle.get("cy")) < 340


def test_one_way_and_ways_of_one_cost_can_be_drawn():
    assert pareto_chart([], title="t", days="d", cost="c") == ""
    one = [Dot(1, 0.5, 0.0, 0.0, "road", "")]
    ET.fromstring(pareto_chart(one, title="t", days="d", cost="c"))
