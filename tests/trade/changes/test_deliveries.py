"""What comes short, wrong or late; what is awaited; what goes back."""

from __future__ import annotations

from datetime import timedelta

from tests.trade.changes.bazaar import disagreements, do, go_on, lines_of, moment

from bolanggu.market.orders import selectors as orders
from bolanggu.market.settlement import selectors as settlement
from bolanggu.market.warehousing import selectors as warehousing
from bolanggu.platform.journal.models import Entry
from bolanggu.trade.dossier import dossier


def test_wrong_pieces_go_back_to_their_merchant_and_are_not_owed(at):
    trade = at("receive")
    line = lines_of(trade)[1]
    before = settlement.due(trade.number).goods
    do(trade, "deliver_wrong", line=line["line"], pieces=36, reason="red mugs")
    sent = Entry.objects.get(kind="goods.returned")
    assert sent.subject == line["line"]
    assert '"pieces":36' in sent.payload.replace(" ", "")
    assert settlement.due(trade.number).goods < before
    receipt = warehousing.receipts([line["line"]])[line["line"], line["order__number"]]
    assert (receipt["accepted"], receipt["rejected"]) == (line["quantity"] - 36, 36)
    assert disagreements(trade) == []


def test_the_rest_that_was_awaited_joins_the_boxes_that_are_still_here(at, folder):
    trade = at("receive")
    line = lines_of(trade)[0]
    day = (moment(trade) + timedelta(days=4)).date()
    do(trade, "deliver_short", line=line["line"], pieces=100, reason="rest follows", remedy="wait", rest_on=day)
    trade = go_on(folder, trade, "book")
    boxed = len(warehousing.cartons_by_line(trade.number)[line["line"]])
    do(trade, "deliver_rest", line=line["line"])
    assert len(warehousing.cartons_by_line(trade.number)[line["line"]]) > boxed
    assert lines_of(trade)[0]["quantity"] == line["quantity"]
    assert disagreements(trade) == []
    assert disagreements(go_on(folder, trade)) == []


def test_a_late_order_moves_the_day_on_which_the_trade_is_received(at, folder):
    trade = at("deposit")
    day = (moment(trade) + timedelta(days=90)).date()
    do(trade, "deliver_late", order=lines_of(trade)[0]["order__number"], arrives_on=day, reason="flood")
    trade = go_on(folder, trade, "receive")
    assert trade.steps.get(name="receive").at.date() >= day
    assert disagreements(trade) == []


def test_when_nothing_of_any_line_came_the_trade_ends_with_nothing_owed(at, folder):
    trade = at("deposit")
    for line in lines_of(trade):
        do(trade, "deliver_short", line["line"], line=line["line"], pieces=0, reason="nothing came")
    assert orders.orders(trade.number) == []
    assert disagreements(trade) == []
    assert settlement.due(trade.number).goods == settlement.free_funds(trade.number) == 0
    assert settlement.due(trade.number).paid == 0, "all of her money went back"
    trade = go_on(folder, trade)
    assert disagreements(trade) == []
    assert {line["status"] for line in dossier(trade)["lines"]} == {"unmatched"}
