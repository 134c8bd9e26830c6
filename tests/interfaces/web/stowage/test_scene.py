"""What the view draws: loading order and colours; of other people's cartons only the room they take."""

from __future__ import annotations

import json

import pytest
from tests.interfaces.conftest import SSCC, A

from bolanggu.interfaces.web.stowage.scene import OTHERS, Seen, scene
from bolanggu.market.consolidation.models import LoadPlan

PLACED = [("1", 0, 0, 0, 4, 3, 3), ("2", 4, 0, 0, 4, 3, 3), ("3", 0, 0, 3, 4, 3, 3)]


def carton(group):
    return Seen(group, "mark", "line", "4 × 3 × 3 mm", 1.5, "/cartons/1/")


def test_boxes_stand_in_loading_order_with_their_group():
    told = scene((9, 9, 9), PLACED, {"1": carton("b"), "2": carton("a"), "3": carton("b")}, "others")
    assert [row[:3] for row in told["boxes"]] == [[0, 0, 0], [4, 0, 0], [0, 0, 3]]
    assert [told["groups"][row[6]]["name"] for row in told["boxes"]] == ["b", "a", "b"]
    assert len({group["colour"] for group in told["groups"]}) == 2


def test_of_a_strange_carton_only_its_room_is_told():
    told = scene((9, 9, 9), PLACED, {"2": carton("a")}, "others")
    assert told["cartons"][0] is None
    assert told["cartons"][2] is None
    assert told["cartons"][1]["sscc"] == "2"
    assert told["groups"][-1] == {"name": "others", "colour": OTHERS}
    assert '"1"' not in json.dumps(told)


def test_an_empty_box_is_drawn_empty():
    assert scene((9, 9, 9), [], {}, "others") == {"size": [9, 9, 9], "boxes": [], "groups": [], "cartons": []}


@pytest.mark.urls("tests.interfaces.web.stowage.routes")
def test_the_page_shows_the_drawing_where_there_is_no_script(two_trades, signed_in):
    page = signed_in("forwarder", "FORWARDER-A").get(f"/containers/{A}-B01/stowage/").content.decode()
    assert f"/containers/{A}-B01/picture.svg" in page
    assert f'data-scene="/containers/{A}-B01/stowage.json"' in page
    assert "<script>" not in page


@pytest.mark.urls("tests.interfaces.web.stowage.routes")
def test_a_carton_is_told_with_its_order(two_trades, signed_in):
    told = signed_in("forwarder", "FORWARDER-A").get(f"/containers/{A}-B01/stowage.json").json()
    assert told["size"] == [5888, 2342, 2383]
    assert told["boxes"] == [[0, 0, 0, 400, 300, 300, 0]]
    assert told["cartons"][0]["sscc"] == SSCC["A"]
    assert told["groups"][0]["name"] == f"{A}-001"


@pytest.mark.urls("tests.interfaces.web.stowage.routes")
def test_a_carton_of_another_trade_in_the_box_is_not_named(two_trades, signed_in):
    plan = LoadPlan.objects.get(number=f"{A}-B01")
    plan.placements = [*plan.placements, [SSCC["B"], 400, 0, 0, 400, 300, 300]]
    plan.save()
    answer = signed_in("forwarder", "FORWARDER-A").get(f"/containers/{A}-B01/stowage.json")
    assert answer.json()["cartons"][1] is None
    assert SSCC["B"] not in answer.content.decode()


@pytest.mark.urls("tests.interfaces.web.stowage.routes")
def test_a_stranger_finds_no_box(two_trades, signed_in):
    client = signed_in("forwarder", "FORWARDER-B")
    assert client.get(f"/containers/{A}-B01/stowage/").status_code == 404
    assert client.get(f"/containers/{A}-B01/stowage.json").status_code == 404
