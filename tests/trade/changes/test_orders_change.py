"""A merchant refuses or moves an order; the buyer adds and cancels lines."""

from __future__ import annotations

from tests.trade.changes.bazaar import disagreements, do, go_on, lines_of


def test_nothing_disagrees_while_nothing_goes_wrong(at):
    assert disagreements(at(None)) == []


def test_a_refused_order_closes_its_lines_and_frees_its_deposit(at, folder):
    trade = at("deposit")
    order = lines_of(trade)[0]["order__number"]
    outcome = do(trade, "refuse_order", order=order, reason="sold out")
    assert outcome.done["freed_minor"] > 0
    assert order not in {line["order__number"] for line in lines_of(trade)}
    assert disagreements(trade) == []
    assert disagreements(go_on(folder, trade)) == []
