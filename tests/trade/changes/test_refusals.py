"""An act that is not possible says what would be right, and changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.trade.changes.bazaar import AT, disagreements, do, lines_of, moment

from bolanggu.platform.accounts.grants import Actor, NotGranted
from bolanggu.platform.ledger import selectors as ledger
from bolanggu.platform.versions.models import Superseded
from bolanggu.trade.changes.arguments import BadArgument
from bolanggu.trade.changes.models import Change, Stale
from bolanggu.trade.changes.scene import KeyReused, NotPossible, Scene, UnknownTrade
from bolanggu.trade.changes.table import ACTS, UnknownAct, perform
from bolanggu.trade.world.cast import WORLD


def first(trade):
    return lines_of(trade)[0]


def refused(trade, words, act, **wishes):
    before = (Change.objects.count(), Superseded.objects.count(), Stale.objects.count(), disagreements(trade))
    with pytest.raises(NotPossible, match=words):
        do(trade, act, **wishes)
    assert (Change.objects.count(), Superseded.objects.count(), Stale.objects.count(), disagreements(trade)) == before


def test_goods_that_came_in_are_not_refused_redated_or_cancelled(at):
    trade = at("receive")
    order, line = first(trade)["order__number"], first(trade)["line"]
    refused(trade, "reject the goods at the door", "refuse_order", order=order, reason="?")
    day = (moment(trade) + timedelta(days=3)).date()
    refused(trade, "state what was counted", "redate_order", order=order, ready_on=day, reason="?")
    refused(trade, "agree a return", "cancel_line", line=line, reason="?")


def test_a_day_in_the_past_is_not_promised(at):
    trade = at("deposit")
    refused(
        trade,
        "write a day to come",
        "redate_order",
        order=first(trade)["order__number"],
        ready_on="2020-01-01",
        reason="?",
    )


def test_short_means_fewer_than_ordered(at):
    trade, words = at("deposit"), "write how many came"
    refused(trade, words, "deliver_short", line=first(trade)["line"], pieces=first(trade)["quantity"], reason="?")
    refused(trade, "say on which day", "deliver_short", line=first(trade)["line"], pieces=1, reason="?", remedy="wait")


def test_more_wrong_pieces_than_came_cannot_be_rejected(at):
    trade = at("receive")
    refused(trade, "cannot be rejected", "deliver_wrong", line=first(trade)["line"], pieces=10**6, reason="?")


def test_no_rest_comes_that_nobody_awaits(at):
    trade = at("receive")
    refused(trade, "no rest is awaited", "deliver_rest", line=first(trade)["line"])


def test_nothing_is_measured_before_it_is_packed_or_after_it_left(at):
    size = {"l_mm": 500, "w_mm": 400, "h_mm": 300, "gross_g": 9000}
    trade = at("deposit")
    refused(trade, "measuring needs receive", "measure_cartons", line=first(trade)["line"], **size)
    trade = at(None)
    refused(trade, "have departed", "measure_cartons", line=first(trade)["line"], **size)
    refused(trade, "have departed", "deliver_short", line=first(trade)["line"], pieces=1, reason="?")
    refused(trade, "have departed", "change_port", destination="DEHAM", reason="?")
    refused(trade, "have departed", "change_terms", incoterm="CIF", reason="?")
    refused(trade, "have departed", "add_line", product="A1", pieces=10)
    refused(trade, "say which shipment is rolled", "roll_box", reason="?")


def test_what_stands_already_is_no_change(at):
    trade = at("deposit")
    refused(trade, "goes to ESBCN already", "change_port", destination="ESBCN", reason="?")
    refused(trade, "stands under these terms already", "change_terms", incoterm="FOB", reason="?")


def test_unknown_goods_lines_and_orders_are_named(at):
    trade = at("deposit")
    refused(trade, "no goods have the code Z9", "add_line", product="Z9", pieces=1)
    refused(trade, "has no ordered line L9", "cancel_line", line="L9", reason="?")
    refused(trade, "has no open order O9", "refuse_order", order="O9", reason="?")
    refused(trade, "is not closed", "take_offer", line=first(trade)["line"], product="A1")


def test_a_key_stands_for_one_wish(at):
    trade = at("deposit")
    do(trade, "cancel_line", "mine", line=first(trade)["line"], reason="not wanted")
    with pytest.raises(KeyReused, match="take a new key"):
        do(trade, "cancel_line", "mine", line=lines_of(trade)[0]["line"], reason="not wanted")


def test_arguments_are_checked_by_name_and_kind(at):
    trade = at("deposit")
    scene = Scene(WORLD, AT, trade.number, "k")
    with pytest.raises(BadArgument, match="reason is missing"):
        perform("cancel_line", scene, {"line": "L"})
    with pytest.raises(BadArgument, match="why not known; this act takes line, reason, money"):
        perform("cancel_line", scene, {"line": "L", "reason": "?", "why": "?"})
    with pytest.raises(BadArgument, match='money: "some" is none of keep, refund'):
        perform("cancel_line", scene, {"line": "L", "reason": "?", "money": "some"})
    with pytest.raises(BadArgument, match='pieces: "2 dz" is not a whole; write 24'):
        perform("deliver_short", scene, {"line": "L", "pieces": "2 dz", "reason": "?"})


def test_unknown_acts_and_trades_are_told(at):
    with pytest.raises(UnknownAct, match="there are renew_quotes, refuse_order"):
        perform("explode", Scene(WORLD, AT, "T", "k"), {})
    with pytest.raises(UnknownTrade):
        perform("cancel_line", Scene(WORLD, AT, "NOBODY", "k"), {"line": "L", "reason": "?"})
    assert at


def test_nobody_acts_without_the_grant_or_in_the_trade_of_others(at):
    trade = at("deposit")
    order, line = first(trade)["order__number"], first(trade)["line"]
    hers, other = first(trade)["order__merchant__number"], lines_of(trade)[-1]["order__merchant__number"]
    public = Actor("visitor", frozenset({"public"}))
    with pytest.raises(NotGranted):
        do(trade, "refuse_order", by=public, order=order, reason="?")
    buyer = Actor("anna", frozenset({"buyer"}), parties=frozenset({"BUYER-OTHER"}))
    with pytest.raises(NotGranted, match="acts for no party that may change order"):
        do(trade, "cancel_line", by=buyer, line=line, reason="?")
    if other != hers:
        with pytest.raises(NotGranted):
            merchant = Actor("li", frozenset({"merchant"}), parties=frozenset({other}))
            do(trade, "refuse_order", by=merchant, order=order, reason="?")
    merchant = Actor("wang", frozenset({"merchant"}), parties=frozenset({hers}))
    assert do(trade, "refuse_order", by=merchant, order=order, reason="sold out").fresh
    change = Change.objects.get()
    assert (change.actor, change.source) == ("wang", "person")
    assert all(not sums.posted for sums in ledger.sums().values())


def test_every_act_has_words_and_fields_for_a_form():
    for name, act in ACTS.items():
        assert all([act.title, act.title_zh, act.says]), name
        assert all(field.says for field in act.fields), [f.name for f in act.fields if not f.says]
