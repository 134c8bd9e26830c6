"""Orders are refused, redated, reduced and added to; what they said before stays, and edges follow."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from bolanggu.market.orders import selectors
from bolanggu.market.orders.models import Order, OrderLine
from bolanggu.market.orders.services import (
    AcceptedLine,
    MoreThanOrdered,
    OrderNotOpen,
    UnknownOrder,
    add,
    change_terms,
    close_lines,
    redate,
    reduce_lines,
    refuse,
)
from bolanggu.market.orders.services.change_terms import UnknownTerm
from bolanggu.platform import versions
from bolanggu.platform.lineage.models import EdgeRow


def edges(line):
    return list(EdgeRow.objects.filter(aspect="order", from_id=line, superseded=False).values_list("pieces", "minor"))


def test_a_reduced_line_costs_less_and_its_edge_says_so(placed, world, at):
    reduce_lines(by=world, at=at, pieces={"L2": 10}, reason="short")
    line = OrderLine.objects.get(line="L2")
    assert (line.quantity, line.amount_minor, line.open, line.version) == (10, 1250, True, 2)
    assert Order.objects.get(number="T1-001").amount_minor == 12 * 125 + 1250
    assert edges("L2") == [(10, 1250)]
    assert versions.history("order_line", "L2")[0].facts["quantity"] == 24


def test_the_same_reduction_again_changes_nothing(placed, world, at):
    reduce_lines(by=world, at=at, pieces={"L2": 10}, reason="short")
    assert reduce_lines(by=world, at=at, pieces={"L2": 10}, reason="short") == []
    assert versions.current("order_line", "L2") == 2


def test_a_line_is_never_reduced_to_more(placed, world, at):
    with pytest.raises(MoreThanOrdered, match="24 pieces, it cannot be reduced to 30"):
        reduce_lines(by=world, at=at, pieces={"L2": 30}, reason="?")


def test_an_order_without_open_lines_is_cancelled_with_the_reason(placed, world, at):
    close_lines(by=world, at=at, lines=["L1", "L2"], reason="not wanted")
    order = Order.objects.get(number="T1-001")
    assert (order.state, order.amount_minor, order.reason) == ("cancelled", 0, "not wanted")
    assert selectors.closed("T1") == {"L1": "not wanted", "L2": "not wanted"}
    assert [row["number"] for row in selectors.orders("T1")] == ["T1-002"]
    assert edges("L1") == []
    with pytest.raises(UnknownOrder, match="no open order line goes by L1"):
        close_lines(by=world, at=at, lines=["L1"], reason="again")


def test_a_refused_order_names_its_merchant_in_the_reason(placed, world, at):
    refuse(by=world, at=at, order="T1-002", reason="sold out")
    assert selectors.closed("T1") == {"L3": "refused by M2: sold out"}
    with pytest.raises(OrderNotOpen, match="T1-002 is cancelled"):
        refuse(by=world, at=at, order="T1-002", reason="sold out")
    with pytest.raises(UnknownOrder):
        refuse(by=world, at=at, order="T1-009", reason="?")


def test_days_promised_before_stay_readable(placed, world, at):
    for day in (date(2026, 4, 1), date(2026, 4, 9), date(2026, 4, 9)):
        redate(by=world, at=at, order="T1-001", ready_on=day, reason="dye")
    assert [one.facts["ready_on"] for one in versions.history("order", "T1-001")] == [None, "2026-04-01"]


def test_a_closed_line_is_ordered_anew_at_another_merchant_under_its_own_number(placed, parties, world, at):
    refuse(by=world, at=at, order="T1-002", reason="sold out")
    line = AcceptedLine("Q-NEW", parties["M1"].pk, "CNY", "L3", "P-X", 6, 6, 310)
    order = add(by=world, at=at, group="T1", lines=[line])[0]
    assert (order.number, order.state) == ("T1-003", "confirmed")
    assert add(by=world, at=at, group="T1", lines=[line])[0].pk == order.pk
    assert selectors.closed("T1") == {}
    assert selectors.merchants_of("T1", line="L3") == {"M1"}


def test_a_line_is_open_in_one_order_at_most(placed, parties, world, at):
    with pytest.raises(OrderNotOpen, match="line L3 is ordered in T1-002"):
        add(by=world, at=at, group="T1", lines=[AcceptedLine("Q", parties["M1"].pk, "CNY", "L3", "P", 1, 1, 1)])
    other = Order.objects.get(number="T1-001")
    with pytest.raises(IntegrityError), transaction.atomic():
        OrderLine.objects.create(line="L3", order=other, product="P", asked=1, quantity=1, unit_minor=1, amount_minor=1)


def test_a_closed_line_and_a_cancelled_order_say_why_by_constraint(placed):
    with pytest.raises(IntegrityError), transaction.atomic():
        OrderLine.objects.filter(line="L1").update(open=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.update(state="cancelled")


def test_unknown_terms_and_rules_are_refused_by_name(placed, world, at):
    with pytest.raises(UnknownTerm, match="colour is not a term; known are incoterm"):
        change_terms(by=world, at=at, group="T1", terms={"colour": "red"}, reason="?")
    with pytest.raises(UnknownTerm, match="XXX is no Incoterms 2020 rule"):
        change_terms(by=world, at=at, group="T1", terms={"incoterm": "XXX"}, reason="?")
    same = change_terms(by=world, at=at, group="T1", terms={"incoterm": "FOB"}, reason="?")
    assert same.number == "T1"
