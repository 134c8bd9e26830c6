"""Endpoints of events: who may, what conflicts, pages, subscriptions of one's own."""

from __future__ import annotations

import pytest
from tests.market.tracking.test_documents import EVENT, TRANSPORT, many

API = "/api/v1"


@pytest.fixture
def carrier(two_trades, signed_in):
    return signed_in("carrier", everywhere=True)


def of_trade(trade, **fields):
    return EVENT | {"bizTransactionList": [{"type": "bol", "bizTransaction": f"urn:bolanggu:trade:{trade}"}]} | fields


def post(client, path, body, **headers):
    return client.post(f"{API}{path}", body, content_type="application/json", headers=headers)


def test_one_event_is_created_and_the_same_again_is_a_conflict(carrier):
    assert post(carrier, "/epcis/events", EVENT).status_code == 201
    again = post(carrier, "/epcis/events", EVENT)
    assert (again.status_code, again.json()["type"]) == (409, "event_known")
    assert again.headers["Content-Type"] == "application/problem+json"


def test_a_document_is_taken_whole_or_as_far_as_it_can_be_read(carrier):
    bad = EVENT | {"eventTime": "soon"}
    document = {"type": "EPCISDocument", "epcisBody": {"eventList": [EVENT, bad]}}
    refused = post(carrier, "/epcis/capture", document)
    assert (refused.status_code, refused.json()["errors"][0]["column"]) == (422, "eventTime")
    taken = post(carrier, "/epcis/capture", document, **{"GS1-Capture-Error-Behaviour": "proceed"})
    assert taken.status_code == 202
    assert (len(taken.json()["new"]), len(taken.json()["faults"])) == (1, 1)
    assert post(carrier, "/epcis/capture", {"type": "x"}).status_code == 422


def test_a_buyer_sees_events_of_her_own_trades_alone(two_trades, carrier, signed_in):
    for trade in (two_trades.a, two_trades.b):
        post(carrier, "/epcis/events", of_trade(trade, epcList=[f"urn:bolanggu:container:{trade}-B01"]))
    buyer = signed_in("buyer", "BUYER-A")
    found = buyer.get(f"{API}/epcis/events").json()["epcisBody"]["queryResults"]["resultsBody"]["eventList"]
    assert [event["epcList"] for event in found] == [[f"urn:bolanggu:container:{two_trades.a}-B01"]]
    assert post(buyer, "/epcis/events", EVENT).status_code == 403
    assert signed_in("merchant", "MERCHANT-A").get(f"{API}/epcis/events").status_code == 403


def test_pages_follow_one_another_and_give_each_event_once(carrier):
    post(carrier, "/epcis/capture", {"type": "EPCISDocument", "epcisBody": {"eventList": many(7)}})
    path, seen = f"{API}/epcis/events?perPage=3", []
    while path:
        answer = carrier.get(path)
        seen += [e["eventID"] for e in answer.json()["epcisBody"]["queryResults"]["resultsBody"]["eventList"]]
        path = answer.headers.get("Link", "").partition(">")[0].removeprefix("<")
    assert len(seen) == len(set(seen)) == 7


def test_dcsa_events_go_in_and_out(carrier):
    assert post(carrier, "/dcsa/events", [TRANSPORT]).status_code == 201
    assert carrier.get(f"{API}/dcsa/events").json() == [TRANSPORT]
    assert post(carrier, "/dcsa/events", [{"payload": {}}]).status_code == 422


def test_a_subscription_moves_on_when_it_is_acknowledged(carrier, signed_in):
    wanted = {"name": "mine", "query": {"EQ_bizStep": "departing"}}
    assert post(carrier, "/epcis/subscriptions", wanted).status_code == 201
    assert post(carrier, "/epcis/subscriptions", wanted | {"query": {}}).status_code == 409
    post(carrier, "/epcis/events", EVENT)
    path = f"{API}/epcis/subscriptions/mine"
    waiting = carrier.get(f"{path}/events").json()
    assert len(waiting["events"]) == 1
    assert carrier.get(f"{path}/events").json() == waiting
    assert post(carrier, f"/epcis/subscriptions/mine/acknowledge/{waiting['position']}", {}).status_code == 200
    assert carrier.get(f"{path}/events").json()["events"] == []
    assert post(carrier, "/epcis/subscriptions/mine/acknowledge/99999", {}).status_code == 409
    assert signed_in("carrier", everywhere=True, name="other").get(f"{path}/events").status_code == 404
    assert carrier.delete(path).status_code == 204
    assert carrier.get(f"{path}/events").status_code == 404
