"""Whose things: declarations shared by trades, cartons of merchants, deliveries of warehouses, one query each."""

import pytest
from tests.interfaces.conftest import SSCC

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.access.needs import NotYours
from bolanggu.market.customs.models import Declaration, DeclarationItem, ItemSource
from bolanggu.platform.accounts.grants import Actor, Permit


def actor(role: str, *parties: str, **more) -> Actor:
    return Actor(role, frozenset({role, "public"}), parties=frozenset(parties), **more)


@pytest.fixture
def shared(two_trades):
    """A declaration under a reference of its own, with a line of trade A in it."""
    declared = Declaration.objects.get(number=f"{two_trades.a}-D01")
    declared.pk, declared.number, declared.trade = None, "SAAAAAAAAAA-1-D01", "SAAAAAAAAAA-1"
    declared.save()
    item = DeclarationItem.objects.create(
        declaration=declared, number="SAAAAAAAAAA-1-D01-1", position=1, hs10="3924100000", hs_status="assumed", kinds=1,
        pieces=12, net_g=5000, value_cents=2100,
    )  # fmt: skip
    ItemSource.objects.create(
        item=item, line=f"{two_trades.a}-L0001", merchant="MERCHANT-A", hs10="3924100000", pieces=12, net_g=5000,
        value_cents=2100, minor=1500, currency="CNY",
    )  # fmt: skip
    return declared


def test_a_shared_declaration_is_seen_by_those_with_a_line_in_it(shared, two_trades):
    for role, party in (("buyer", "BUYER"), ("agent", "AGENT"), ("broker", "BROKER")):
        assert whose.declaration(actor(role, f"{party}-A"), shared.number).pk == shared.pk
        with pytest.raises(NotYours):
            whose.declaration(actor(role, f"{party}-B"), shared.number)
    assert whose.trades_in(actor("broker", "BROKER-A"), shared) == [two_trades.a]
    assert whose.trades_in(actor("broker", "BROKER-B"), shared) == []


def test_declarations_are_counted_once_however_many_lines_are_in_them(shared, two_trades):
    found = whose.declarations(actor("buyer", "BUYER-A"))
    assert sorted(found.values_list("number", flat=True)) == sorted([f"{two_trades.a}-D01", shared.number])


def test_a_superseded_version_is_not_found(shared):
    Declaration.objects.filter(pk=shared.pk).update(superseded=True)
    with pytest.raises(NotYours):
        whose.declaration(actor("buyer", "BUYER-A"), shared.number)


def test_a_merchant_sees_the_cartons_of_her_orders_only(two_trades):
    merchant = actor("merchant", "MERCHANT-A")
    assert whose.carton(merchant, SSCC["A"]).order == f"{two_trades.a}-001"
    with pytest.raises(NotYours, match="no carton"):
        whose.carton(merchant, SSCC["B"])


def test_a_warehouse_receives_what_comes_to_it_and_nothing_else(two_trades):
    store = actor("warehouse", "STORE-A")
    assert [order.number for order in whose.deliveries(store)] == [f"{two_trades.a}-001"]
    with pytest.raises(NotYours):
        whose.delivery(store, f"{two_trades.b}-001")
    whose.deliveries(store).update(state="closed")
    with pytest.raises(NotYours):
        whose.delivery(store, f"{two_trades.a}-001")


def test_a_permit_over_a_merchant_opens_her_orders_for_that_act_only(two_trades):
    amy = actor("buyer", "BUYER-B", permits=frozenset({Permit("order", "confirm", party="MERCHANT-A")}))
    assert whose.order(amy, f"{two_trades.a}-001", "confirm").merchant.number == "MERCHANT-A"
    for number, action in ((f"{two_trades.a}-001", "read"), (f"{two_trades.b}-001", "confirm")):
        with pytest.raises(NotYours):
            whose.order(amy, number, action)


def test_an_actor_of_nobody_sees_nothing(two_trades):
    nobody = actor("agent")
    assert whose.trades(nobody).count() == 0
    assert whose.cartons(nobody).count() == 0
    assert whose.declarations(nobody).count() == 0
    assert whose.deliveries(nobody).count() == 0
