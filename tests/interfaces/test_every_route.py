"""Every route declares its grant; nobody sees other people's things. A new route must be entered here."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.interfaces.conftest import AT, OPERATOR, SSCC

from bolanggu.data import read_yaml
from bolanggu.interfaces.api.routes import api
from bolanggu.interfaces.web.declaration.steps import REVIEW, STEPS
from bolanggu.platform.accounts.grants import standing
from bolanggu.platform.accounts.services import give_act, take_act

A = "TAAAAAAAAAA"
CARTON = SSCC["A"]
#: who takes part in a trade and may read trades at all
INVOLVED = {"buyer", "agent", "warehouse", "forwarder", "broker"}
#: route → (path of a thing of trade A, who of side A sees it beside those who see the whole market)
THINGS = {
    "trade": (f"/trades/{A}/", INVOLVED),
    "trade_progress": (f"/trades/{A}/progress/", INVOLVED),
    "paper": (f"/trades/{A}/papers/{A}-packing_list/", {"buyer", "agent", "broker"}),
    "order": (f"/orders/{A}-001/", {"buyer", "agent", "merchant"}),
    "container": (f"/containers/{A}-B01/", INVOLVED),
    "container_picture": (f"/containers/{A}-B01/picture.svg", INVOLVED),
    "declaration": (f"/declarations/{A}-D01/", {"buyer", "agent", "broker"}),
    "container_layer": (f"/containers/{A}-B01/layers/0.svg", INVOLVED),
    "stowage": (f"/containers/{A}-B01/stowage/", INVOLVED),
    "stowage_data": (f"/containers/{A}-B01/stowage.json", INVOLVED),
    "list": (f"/trades/{A}/list/", {"buyer", "agent"}),
    "papers": (f"/trades/{A}/papers/", {"buyer", "agent", "broker"}),
    "acts": (f"/trades/{A}/changes/", {*INVOLVED, "merchant"}),
    "carton": (f"/cartons/{CARTON}/", {*INVOLVED, "merchant"}),
    "carton_label": (f"/cartons/{CARTON}/label.svg", {*INVOLVED, "merchant"}),
    "money_of": (f"/money/{A}/", {"buyer", "agent"}),
    "receive": (f"/receiving/{A}-001/", {"warehouse"}),
    "trace": (f"/trace/?id={A}-L0001", INVOLVED),
    "trace of a carton": ("/trace/?id=100000000000000007", INVOLVED),
    "trace of a box": (f"/trace/?id={A}-B01", INVOLVED),
    "api trade": (f"/api/v1/trades/{A}", INVOLVED),
    "api steps": (f"/api/v1/trades/{A}/steps", INVOLVED),
    "api order": (f"/api/v1/orders/{A}-001", {"buyer", "agent", "merchant"}),
    "api carton": (f"/api/v1/cartons/{CARTON}", {*INVOLVED, "merchant"}),
    "api container": (f"/api/v1/containers/{A}-B01", INVOLVED),
    "api declaration": (f"/api/v1/declarations/{A}-D01", {"buyer", "agent", "broker"}),
    "api money": (f"/api/v1/trades/{A}/money", {"buyer", "agent"}),
    "api papers": (f"/api/v1/trades/{A}/papers", {"buyer", "agent", "broker"}),
    "api trace": (f"/api/v1/trace/{A}-L0001", INVOLVED),
}
#: routes without a thing of somebody's, or whose thing is everybody's
OPEN = {
    "market", "sign_in", "sign_out", "first_password", "choose_role", "choose_language", "choose_light", "account",
    "start", "trades", "new_trade", "orders", "looks", "scan", "receiving", "pool", "pool_of", "declarations", "money",
    "prove", "people", "grant_take", "goods", "product", "trade_map", "ways",
    "blueprint", "blueprint_reforms", "blueprint_index", "blueprint_index_csv", "blueprint_index_sdmx", "blueprint_csv",
    "blueprint_sdmx", "blueprint_document", "blueprint_indicator", "blueprint_embed", "blueprint_records",
    "blueprint_box",
}  # fmt: skip
#: routes that act, by POST alone → (path of a thing of trade A, who of side A may)
DEEDS = {
    "order_confirm": (f"/orders/{A}-001/confirm/", {"merchant"}),
    **{
        f"declaration_{step.name}": (f"/declarations/{A}-D01/{step.name}/", {"broker"})
        for step in STEPS
        if step.name in {"send", "exempt", "close"}
    },
    **{
        f"declaration_{step.name}": (f"/declarations/{A}-D01/{step.name}/", set())
        for step in (*STEPS, REVIEW)
        if step.name in {"review", "inspect", "conclude", "release", "settle"}
    },
    "act": (f"/trades/{A}/changes/redate_order/", {"merchant"}),
}
PARTY = {
    "buyer": "BUYER",
    "agent": "AGENT",
    "merchant": "MERCHANT",
    "warehouse": "STORE",
    "forwarder": "FORWARDER",
    "broker": "BROKER",
    "carrier": "CARRIER",
}
ROLES = [role for role in read_yaml("grants/roles.yaml")["roles"] if role not in {"public", "world"}]
NEEDS = {"paper": ("paper", "read"), "order": ("order", "read"), "declaration": ("declaration", "read")}


def pages() -> list[URLPattern]:
    return [one for one in get_resolver().url_patterns if isinstance(one, URLPattern)]


def endpoints():
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                yield f"{operation.methods} {prefix}{path}", operation.view_func


def test_every_page_declares_a_grant_that_somebody_holds():
    undeclared = [page.name for page in pages() if getattr(page.callback, "needs", None) not in standing()]
    assert undeclared == []


def test_every_endpoint_declares_a_grant_that_somebody_holds():
    found = list(endpoints())
    assert len(found) >= 8
    assert [name for name, view in found if getattr(view, "needs", None) not in standing()] == []


def test_the_only_nested_routes_are_those_of_the_api():
    nested = [one for one in get_resolver().url_patterns if isinstance(one, URLResolver)]
    assert [str(one.pattern) for one in nested] == ["api/v1/"]


def test_every_route_is_part_of_the_sweep():
    assert {page.name for page in pages()} - set(THINGS) - set(DEEDS) - OPEN == set()


def test_a_visitor_is_sent_to_sign_in_or_told_so(two_trades):
    for name, (path, _) in THINGS.items():
        answer = Client().get(path)
        assert answer.status_code == (401 if name.startswith("api") else 302), name
        assert name.startswith("api") or answer.headers["Location"].startswith("/sign-in/?next="), name


@pytest.mark.parametrize("role", ROLES)
def test_a_deed_is_done_by_its_own_people_and_by_nobody_else(two_trades, signed_in, role):
    party = PARTY.get(role, "NOBODY")
    own, strange = signed_in(role, f"{party}-A"), signed_in(role, f"{party}-B")
    for name, (path, done_by) in DEEDS.items():
        if name == "act":
            continue
        assert own.get(path).status_code == 405, name
        answer = own.post(path).status_code
        assert answer == 302 if role in done_by else answer in {403, 404}, (name, answer)
        assert strange.post(path).status_code in {403, 404}, name


def test_a_visitor_does_no_deed(two_trades):
    for name, (path, _) in DEEDS.items():
        assert Client().post(path).headers.get("Location", "").startswith("/sign-in/"), name


def test_an_act_in_a_strangers_trade_is_not_found(two_trades, signed_in):
    for role in ("merchant", "agent", "buyer", "warehouse"):
        stranger = signed_in(role, f"{PARTY[role]}-B")
        assert stranger.get(f"/trades/{A}/changes/").status_code == 404, role
        assert stranger.post(f"/trades/{A}/changes/redate_order/", {}).status_code == 404, role


def test_one_act_over_one_party_opens_that_party_alone(two_trades, signed_in):
    client = signed_in("agent", "AGENT-B", name="amy")
    give_act(by=OPERATOR, at=AT, name="amy", thing="order", action="confirm", party="MERCHANT-A")
    assert client.post(f"/orders/{A}-001/confirm/").status_code == 302
    assert client.post(f"/orders/{two_trades.b}-001/confirm/").status_code == 404
    assert client.get(f"/orders/{A}-001/").status_code == 404


def test_one_reading_act_over_a_buyer_shows_her_trades(two_trades, signed_in):
    client = signed_in("broker", "BROKER-B", name="amy")
    assert client.get(f"/trades/{A}/").status_code == 404
    give_act(by=OPERATOR, at=AT, name="amy", thing="trade", action="read", party="BUYER-A")
    assert client.get(f"/trades/{A}/").status_code == 200
    take_act(by=OPERATOR, at=AT + timedelta(days=1), name="amy", thing="trade", action="read", party="BUYER-A")
    assert client.get(f"/trades/{A}/").status_code == 404


def test_who_saw_my_things_names_others_and_not_myself(two_trades, signed_in):
    owner, broker = signed_in("buyer", "BUYER-A"), signed_in("broker", "BROKER-A")
    owner.get(f"/trades/{A}/")
    broker.get(f"/declarations/{A}-D01/")
    broker.get(f"/declarations/{A}-D01/")
    text = owner.get("/account/looks/").content.decode()
    assert text.count("broker-BROKER-A") == 1
    assert f"{A}-D01" in text
    assert "buyer-BUYER-A</bdi></td>" not in text
    assert "broker-BROKER-A" not in signed_in("buyer", "BUYER-B").get("/account/looks/").content.decode()


@pytest.mark.parametrize("role", ROLES)
def test_a_thing_is_shown_to_its_own_people_and_to_nobody_else(two_trades, signed_in, role):
    party = PARTY.get(role, "NOBODY")
    own, strange = signed_in(role, f"{party}-A"), signed_in(role, f"{party}-B")
    over_all = signed_in(role, everywhere=True, name=f"{role}-all")
    for name, (path, seen_by) in THINGS.items():
        granted = own.get(path).status_code != 403
        assert own.get(path).status_code == (200 if role in seen_by else 404 if granted else 403), (name, "own")
        assert strange.get(path).status_code == (404 if granted else 403), (name, "strange")
        assert over_all.get(path).status_code == (200 if granted else 403), (name, "over all")
        if name in NEEDS:
            assert granted == (role in standing()[NEEDS[name]]), name


@pytest.mark.parametrize("role", sorted(INVOLVED))
def test_lists_hold_ones_own_things_only(two_trades, signed_in, role):
    client = signed_in(role, f"{PARTY[role]}-A")
    for path in ("/start/", "/trades/", "/api/v1/trades"):
        text = client.get(path).content.decode()
        assert two_trades.a in text, path
        assert two_trades.b not in text, path


def test_a_merchant_lists_her_own_orders_only(two_trades, signed_in):
    text = signed_in("merchant", "MERCHANT-A").get("/orders/").content.decode()
    assert f"{two_trades.a}-001" in text
    assert two_trades.b not in text


def test_a_list_handed_in_is_seen_by_its_party_only(two_trades, signed_in):
    assert signed_in("agent", "AGENT-A", name="colleague").get("/trades/TCCCCCCCCCC/").status_code == 200
    assert signed_in("agent", "AGENT-B").get("/trades/TCCCCCCCCCC/").status_code == 404


def test_a_buyer_does_not_see_what_merchants_are_paid(two_trades, signed_in, tmp_path):
    from bolanggu.market.documents.models import Document

    paper = Document.objects.get(number=f"{two_trades.a}-packing_list")
    paper.pk, paper.number, paper.kind = None, f"{two_trades.a}-trade_summary", "trade_summary"
    paper.save()
    path = f"/trades/{two_trades.a}/papers/{two_trades.a}-trade_summary/"
    assert signed_in("buyer", "BUYER-A").get(path).status_code == 404
    assert signed_in("agent", "AGENT-A").get(path).status_code == 200


def test_parties_of_one_role_do_not_widen_another(two_trades, signed_in):
    client = signed_in("agent", "AGENT-A", name="two hats")
    signed_in("buyer", "BUYER-B", name="two hats")
    assert client.get(f"/trades/{two_trades.b}/").status_code == 404
    client.post("/role/", {"role": "buyer"})
    assert client.get(f"/trades/{two_trades.b}/").status_code == 200
    assert client.get(f"/trades/{two_trades.a}/").status_code == 404
    client.post("/role/", {"role": "officer"})
    assert client.get(f"/trades/{two_trades.a}/").status_code == 404


def test_a_shared_box_shows_each_its_own_share(two_trades, signed_in):
    from bolanggu.market.consolidation.models import LoadPlan, Share

    plan = LoadPlan.objects.get(number=f"{two_trades.a}-B01")
    plan.placements = [*plan.placements, [SSCC["B"], 400, 0, 0, 400, 300, 300]]
    plan.cartons = 2
    plan.save()
    Share.objects.create(plan=plan, trade=two_trades.b, pieces=12, cartons=1, grams=6000, cubic_mm=36_000_000)
    text = signed_in("buyer", "BUYER-B").get(f"/containers/{plan.number}/").content.decode()
    assert f"/trades/{two_trades.b}/" in text
    assert "200000000000000004" in text
    assert "100000000000000007" not in text
