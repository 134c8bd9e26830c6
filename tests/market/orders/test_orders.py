"""One order a merchant; terms frozen; what was placed can be confirmed and nothing else."""

import pytest
from django.db import IntegrityError, transaction

from bolanggu.market.orders import selectors
from bolanggu.market.orders.models import Order, OrderLine, Terms
from bolanggu.market.orders.services import GroupOpened, OrderNotOpen, TermsOffered, confirm, place
from bolanggu.platform.accounts.grants import Actor, NotGranted
from bolanggu.platform.lineage.models import EdgeRow


def test_one_order_a_merchant_with_the_sum_of_its_lines(placed):
    rows = selectors.orders("T1")
    assert [(row["merchant__number"], row["amount_minor"]) for row in rows] == [("M1", 36 * 125), ("M2", 1800)]
    assert {line["order__number"] for line in selectors.lines("T1")} == {"T1-001", "T1-002"}


def test_the_same_group_is_placed_once(placed, parties, engagement, accepted, world, at):
    again = place(
        by=world,
        at=at,
        group=GroupOpened("T1", "T1", parties["B1"].pk, engagement.pk, "USD", []),
        terms=TermsOffered(),
        lines=[accepted("L9")],
    )
    assert again.pk == placed.pk
    assert OrderLine.objects.count() == 3


def test_terms_cannot_be_altered_even_past_the_services(placed):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Terms.objects.update(deposit_bp=0)


def test_a_line_becomes_an_edge_to_its_order(placed):
    edges = EdgeRow.objects.filter(aspect="order").values_list("from_id", "to_id", "pieces", "minor", "currency")
    assert ("L1", "T1-001", 12, 1500, "CNY") in set(edges)


def test_placed_orders_are_confirmed_once(placed, world, at):
    assert {o.number for o in confirm(by=world, at=at, numbers=["T1-001", "T1-002"])} == {"T1-001", "T1-002"}
    confirm(by=world, at=at, numbers=["T1-001"])
    assert Order.objects.get(number="T1-001").confirmed_at == at


def test_a_cancelled_order_cannot_be_confirmed(placed, world, at):
    Order.objects.filter(number="T1-001").update(state="cancelled", reason="sold out")
    with pytest.raises(OrderNotOpen, match="order T1-001 is cancelled; only a placed order can be confirmed"):
        confirm(by=world, at=at, numbers=["T1-001"])


def test_a_confirmed_order_has_a_time_by_constraint(placed):
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.update(state="confirmed")


def test_an_amount_that_is_not_price_times_pieces_is_refused_by_the_database(placed):
    with pytest.raises(IntegrityError), transaction.atomic():
        OrderLine.objects.filter(line="L1").update(amount_minor=1)


def test_a_warehouse_may_not_place_orders(placed, at):
    with pytest.raises(NotGranted):
        confirm(by=Actor("warehouse", frozenset({"warehouse"})), at=at, numbers=["T1-001"])
