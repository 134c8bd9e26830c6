"""Money comes short, twice, or in another currency: it is kept in full, and what is not owed has a name."""

from __future__ import annotations

import pytest
from tests.trade.changes.bazaar import disagreements, do, go_on

from bolanggu.market.settlement import accounts, selectors
from bolanggu.market.settlement.models import Receipt, Unmatched
from bolanggu.market.settlement.services.decide_unmatched import NothingUnmatched
from bolanggu.market.settlement.services.receive import ReceiptDiffers
from bolanggu.platform.ledger import selectors as ledger
from bolanggu.trade.changes.scene import NotPossible


def unmatched_in(trade, currency):
    balance = ledger.balance(accounts.unmatched(trade.number, currency))
    return balance.available if balance else 0


def test_a_short_payment_is_matched_and_leaves_the_rest_outstanding(at):
    trade = at("deposit")
    owed = selectors.due(trade.number).outstanding
    done = do(trade, "receive_payment", number="BANK-1", minor=owed - 500, currency="USD").done
    assert (done["matched_minor"], done["unmatched_minor"], done["outstanding_minor"]) == (owed - 500, 0, 500)
    assert disagreements(trade) == []


def test_a_payment_that_comes_twice_is_kept_and_the_second_is_unmatched(at):
    trade = at("deposit")
    owed = selectors.due(trade.number).outstanding
    do(trade, "receive_payment", number="BANK-1", minor=owed, currency="USD")
    done = do(trade, "receive_payment", number="BANK-2", minor=owed, currency="USD").done
    assert (done["received_minor"], done["matched_minor"], done["unmatched_minor"]) == (owed, 0, owed)
    assert f"{owed} are too much" in done["reason"]
    assert unmatched_in(trade, "USD") == owed
    assert disagreements(trade) == []


def test_the_same_bank_number_is_one_payment(at):
    trade = at("deposit")
    first = do(trade, "receive_payment", "a", number="BANK-1", minor=100_000_000, currency="USD").done
    again = do(trade, "receive_payment", "b", number="BANK-1", minor=100_000_000, currency="USD").done
    assert again == first
    assert Receipt.objects.filter(number="BANK-1").count() == 1
    with pytest.raises(ReceiptDiffers, match="give the bank's own number"):
        do(trade, "receive_payment", "c", number="BANK-1", minor=1, currency="USD")


def test_what_is_too_much_goes_back_once(at):
    trade = at("deposit")
    owed = selectors.due(trade.number).outstanding
    do(trade, "receive_payment", number="BANK-1", minor=owed + 77, currency="USD")
    done = do(trade, "return_payment", number="BANK-1", reason="too much").done
    assert (done["returned_minor"], done["currency"]) == (77, "USD")
    assert unmatched_in(trade, "USD") == 0
    with pytest.raises(NothingUnmatched):
        do(trade, "return_payment", "again", number="BANK-1", reason="too much")
    assert disagreements(trade) == []


def test_money_in_another_currency_is_kept_apart_until_it_is_converted(at, folder):
    trade = at("deposit")
    before = selectors.due(trade.number).outstanding
    kept = do(trade, "receive_payment", number="BANK-E", minor=50_000, currency="EUR").done
    assert (kept["matched_minor"], kept["unmatched_minor"], kept["outstanding_minor"]) == (0, 50_000, before)
    assert "came in EUR, the buyer pays in USD" in kept["reason"]
    assert unmatched_in(trade, "EUR") == 50_000
    sold = do(trade, "convert_payment", number="BANK-E").done
    assert sold["matched_minor"] > 0
    assert selectors.due(trade.number).outstanding == before - sold["matched_minor"]
    assert unmatched_in(trade, "EUR") == 0
    assert disagreements(trade) == []
    assert disagreements(go_on(folder, trade)) == []
    assert ledger.balance(accounts.liquidity("EUR")).available == 0, "the bank squared what was sold"


def test_money_in_another_currency_can_go_back_in_it(at):
    trade = at("deposit")
    do(trade, "receive_payment", number="BANK-E", minor=50_000, currency="EUR")
    do(trade, "return_payment", number="BANK-E", reason="pay in dollars")
    assert Unmatched.objects.get(number="BANK-E").left_minor == 0
    assert ledger.balance(accounts.bank("EUR")).available == 0
    assert disagreements(trade) == []


def test_a_payment_too_much_pays_an_added_line_later(at, folder):
    trade = at("deposit")
    owed = selectors.due(trade.number).outstanding
    do(trade, "receive_payment", number="BANK-1", minor=owed + 10_000, currency="USD")
    added = do(trade, "add_line", product="B2", pieces=48).done
    assert added["deposit_owed_minor"] == 0, "her funds held it"
    done = do(trade, "convert_payment", number="BANK-1").done
    assert done["matched_minor"] > 0
    assert disagreements(go_on(folder, trade)) == []


def test_an_added_line_is_made_when_its_deposit_has_come(at, folder):
    trade = at("receive")
    added = do(trade, "add_line", product="B2", pieces=480).done
    owed = added["deposit_owed_minor"]
    assert owed > 0
    assert any("receive" in fault for fault in disagreements(trade))
    do(trade, "receive_payment", number="BANK-9", minor=owed, currency="USD")
    assert disagreements(trade) == []
    assert disagreements(go_on(folder, trade)) == []


def test_before_a_plan_stands_no_payment_can_be_matched(at):
    trade = at("quote")
    with pytest.raises(NotPossible, match="no payment plan yet"):
        do(trade, "receive_payment", number="BANK-1", minor=1, currency="USD")


def test_a_deposit_that_came_short_is_completed_not_paid_twice(at, folder):
    trade = at("order")
    asked = selectors.plan_of(trade.number).deposit_minor
    done = do(trade, "receive_payment", number="BANK-1", minor=asked // 2, currency="USD").done
    assert done["matched_minor"] == asked // 2
    trade = go_on(folder, trade, "deposit")
    assert selectors.due(trade.number).paid == asked
    assert disagreements(go_on(folder, trade)) == []
