"""Endpoints of orders, cartons, pools, boxes, declarations, money and papers: what they say, and what they refuse."""

import pytest
from tests.interfaces.conftest import AT, SSCC

from bolanggu.interfaces.api.routes import document
from bolanggu.market.consolidation.models import PoolEntry
from bolanggu.market.customs.models import Declaration
from bolanggu.market.orders.models import Order


def waiting(trade: str, sscc: str) -> None:
    PoolEntry.objects.create(
        sscc=sscc, trade=trade, destination="ESBCN", agent="AGENT", terms="FOB", ready_at=AT, source="simulated",
        stated_at=AT,
    )  # fmt: skip


def test_an_order_says_its_lines_in_minor_units(two_trades, signed_in):
    answer = signed_in("merchant", "MERCHANT-A").get(f"/api/v1/orders/{two_trades.a}-001").json()
    assert (answer["currency"], answer["amount_minor"], answer["state"]) == ("CNY", 1500, "placed")
    assert [(line["id"], line["quantity"], line["unit_minor"]) for line in answer["lines"]] == [
        (f"{two_trades.a}-L0001", 12, 125)
    ]


def test_a_merchant_confirms_once_and_again(two_trades, signed_in):
    client = signed_in("merchant", "MERCHANT-A")
    for _ in range(2):
        answer = client.post(f"/api/v1/orders/{two_trades.a}-001/confirm")
        assert (answer.status_code, answer.json()["state"]) == (200, "confirmed")
    assert client.get("/api/v1/orders").json()["count"] == 1


def test_a_draft_order_is_not_confirmed_and_says_why(two_trades, signed_in):
    Order.objects.filter(number=f"{two_trades.a}-001").update(state="draft")
    answer = signed_in("merchant", "MERCHANT-A").post(f"/api/v1/orders/{two_trades.a}-001/confirm")
    assert answer.status_code == 409
    assert answer.json()["type"] == "order_not_open"
    assert "draft" in answer.json()["detail"]
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_strangers_order_is_not_confirmed(two_trades, signed_in):
    assert signed_in("merchant", "MERCHANT-B").post(f"/api/v1/orders/{two_trades.a}-001/confirm").status_code == 404
    assert Order.objects.get(number=f"{two_trades.a}-001").state == "placed"


def test_a_carton_says_promised_and_measured(two_trades, signed_in):
    answer = signed_in("warehouse", "STORE-A").get(f"/api/v1/cartons/{SSCC['A']}").json()
    assert (answer["promised_mm"], answer["measured_mm"], answer["gross_g"]) == ([400, 300, 300], [400, 300, 300], 6000)


def test_a_pool_names_ones_own_trades_and_counts_the_others(two_trades, signed_in):
    waiting(two_trades.a, SSCC["A"])
    waiting(two_trades.b, SSCC["B"])
    answer = signed_in("buyer", "BUYER-A").get("/api/v1/pool/ESBCN").json()
    assert [(pool["cartons"], pool["others_cartons"]) for pool in answer["pools"]] == [(1, 1)]
    assert [part["trade"] for part in answer["pools"][0]["trades"]] == [two_trades.a]
    assert signed_in("warehouse", "NOBODY").get("/api/v1/pool/ESBCN").json()["pools"] == []


def test_a_box_shows_its_share_and_the_whole(two_trades, signed_in):
    answer = signed_in("buyer", "BUYER-A").get(f"/api/v1/containers/{two_trades.a}-B01").json()
    assert answer["equipment"]["number"] == "BLGU0000013"
    assert [share["trade"] for share in answer["shares"]] == [two_trades.a]


def test_a_step_is_taken_in_the_order_of_the_workflow(two_trades, signed_in):
    number = f"{two_trades.a}-D01"
    broker = signed_in("broker", "BROKER-A")
    refused = broker.post(f"/api/v1/declarations/{number}/steps", {"step": "exempt"}, content_type="application/json")
    assert (refused.status_code, refused.json()["type"]) == (409, "wrong_state")
    not_hers = broker.post(f"/api/v1/declarations/{number}/steps", {"step": "settle"}, content_type="application/json")
    assert (not_hers.status_code, not_hers.json()["type"]) == (403, "not_granted")
    finance = signed_in("finance", everywhere=True)
    taken = finance.post(f"/api/v1/declarations/{number}/steps", {"step": "settle"}, content_type="application/json")
    assert (taken.status_code, taken.json()["state"]) == (200, "settled")
    assert Declaration.objects.get(number=number).state == "settled"


def test_an_unknown_step_is_refused_by_its_name(two_trades, signed_in):
    path = f"/api/v1/declarations/{two_trades.a}-D01/steps"
    answer = signed_in("broker", "BROKER-A").post(path, {"step": "bribe"}, content_type="application/json")
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")


def test_money_is_in_the_buyers_currency_and_adds_up(two_trades, signed_in):
    answer = signed_in("buyer", "BUYER-A").get(f"/api/v1/trades/{two_trades.a}/money").json()
    assert answer["currency"] == "USD"
    assert answer["due_minor"] == answer["goods_minor"] + answer["commission_minor"] + answer["charges_minor"]
    assert answer["outstanding_minor"] == answer["due_minor"] - answer["paid_minor"]


def test_papers_tell_their_digest_and_no_path_of_this_machine(two_trades, signed_in):
    rows = signed_in("buyer", "BUYER-A").get(f"/api/v1/trades/{two_trades.a}/papers").json()["papers"]
    assert [len(row["sha256"]) for row in rows] == [64]
    assert all("path" not in row for row in rows)


@pytest.mark.parametrize(
    "noun", ["orders", "cartons", "pool", "containers", "declarations", "trades", "goods", "trace"]
)
def test_the_document_describes_every_noun(noun):
    made = document()
    assert made["openapi"].startswith("3.1")
    assert any(path.startswith(f"/api/v1/{noun}") for path in made["paths"])
