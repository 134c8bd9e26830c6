"""Every act at every step at which it is possible: afterwards everything agrees, now and at the end of the trade."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.trade.changes.bazaar import disagreements, do, go_on, lines_of, moment

from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.market.orders import selectors as orders
from bolanggu.market.settlement import selectors as settlement
from bolanggu.trade.declared import declarations_of
from bolanggu.trade.dossier import dossier


def refuse_order(trade):
    return "refuse_order", {"order": lines_of(trade)[0]["order__number"], "reason": "sold out"}


def refuse_and_refund(trade):
    return "refuse_order", {"order": lines_of(trade)[0]["order__number"], "reason": "sold out", "money": "refund"}


def redate_order(trade):
    day = (moment(trade) + timedelta(days=40)).date()
    return "redate_order", {"order": lines_of(trade)[0]["order__number"], "ready_on": day, "reason": "dye is late"}


def deliver_late(trade):
    day = (moment(trade) + timedelta(days=40)).date()
    return "deliver_late", {"order": lines_of(trade)[0]["order__number"], "arrives_on": str(day), "reason": "truck"}


def cancel_line(trade):
    return "cancel_line", {"line": lines_of(trade)[1]["line"], "reason": "not wanted", "money": "refund"}


def add_line(trade):
    return "add_line", {"product": "B2", "pieces": 96, "deposit": "paid"}


def change_port(trade):
    return "change_port", {"destination": "DEHAM", "reason": "the buyer moved"}


def change_terms(trade):
    return "change_terms", {"incoterm": "CIF", "place": "ESBCN", "freight": "prepaid", "reason": "asked for"}


def change_release(trade):
    return "change_terms", {"bill_of_lading": "original", "reason": "the bank wants it"}


def deliver_short(trade):
    line = lines_of(trade)[0]
    return "deliver_short", {"line": line["line"], "pieces": line["quantity"] * 4 // 5, "reason": "20 % less"}


def deliver_nothing(trade):
    return "deliver_short", {"line": lines_of(trade)[2]["line"], "pieces": 0, "reason": "nothing came"}


def deliver_short_and_wait(trade):
    line = lines_of(trade)[0]
    day = (moment(trade) + timedelta(days=10)).date()
    return "deliver_short", {
        "line": line["line"], "pieces": 77, "reason": "the rest follows", "remedy": "wait", "rest_on": day,
    }  # fmt: skip


def deliver_wrong(trade):
    return "deliver_wrong", {"line": lines_of(trade)[1]["line"], "pieces": 36, "reason": "red mugs"}


def measure_cartons(trade):
    return "measure_cartons", {
        "line": lines_of(trade)[0]["line"], "l_mm": 460, "w_mm": 350, "h_mm": 340, "gross_g": 6900,
    }  # fmt: skip


def fail_inspection(trade):
    return "inspect_goods", {"line": lines_of(trade)[3]["line"], "critical": 1, "reason": "sharp edge"}


def pass_inspection(trade):
    return "inspect_goods", {"line": lines_of(trade)[3]["line"], "minor": 1}


def roll_box(trade):
    return "roll_box", {"reason": "overbooked"}


def customs_selects(trade):
    return "customs_inspects", {"reason": "at random"}


def correct_code(trade):
    return "correct_code", {"line": lines_of(trade)[0]["line"], "hs10": "9615190000", "reason": "hair slides"}


EARLY = [refuse_order, refuse_and_refund, redate_order, deliver_late, cancel_line, add_line, change_port, change_terms]
GOODS = [deliver_short, deliver_nothing, deliver_short_and_wait, deliver_wrong]
PACKED = [measure_cartons, fail_inspection, pass_inspection, add_line, change_port, change_terms, change_release]
CASES = (
    [("order", act) for act in [*EARLY[:3], cancel_line, add_line]]
    + [("deposit", act) for act in [*EARLY, *GOODS, change_release, customs_selects, correct_code]]
    + [("receive", act) for act in [*GOODS, *PACKED]]
    + [("book", act) for act in [*GOODS, *PACKED, roll_box]]
    + [("load", act) for act in [*GOODS, *PACKED, roll_box, correct_code]]
    + [
        ("declare", act)
        for act in [deliver_short, measure_cartons, fail_inspection, change_port, roll_box, correct_code]
    ]
)


@pytest.mark.parametrize(("step", "act"), CASES, ids=[f"{act.__name__}-after-{step}" for step, act in CASES])
def test_after_an_act_everything_agrees_now_and_at_the_end(at, folder, step, act):
    trade = at(step)
    name, wishes = act(trade)
    when = moment(trade)
    outcome = do(trade, name, "once", at=when, **wishes)
    assert outcome.fresh
    waits = act is deliver_short_and_wait
    assert [fault for fault in disagreements(trade) if not waits] == []
    again = do(trade, name, "once", at=when + timedelta(days=1), **wishes)
    assert (again.fresh, again.done, again.sequence) == (False, outcome.done, outcome.sequence)
    trade.refresh_from_db()
    trade = go_on(folder, trade)
    if waits and step != "deposit":
        return
    assert disagreements(trade) == []
    _paid_up(trade)


def _paid_up(trade):
    """At the end nobody owes anybody: the buyer paid what is due, no money of hers is left over."""
    if not declarations_of(trade.number):
        return
    summary = settlement.summary(trade.number)
    assert summary["outstanding_minor"] == 0
    shown = dossier(trade)
    assert shown["ledger"]["sums"] == dict.fromkeys(shown["ledger"]["sums"], 0)
    cartons = sum(line.get("cartons", 0) for line in shown["lines"] if line["status"] == "ordered")
    assert cartons == sum(box["cartons"] for box in shown["containers"]) + shown["leftover_cartons"]
    assert {line["status"] for line in shown["lines"]} <= {"ordered", "unmatched"}
    assert all(line["reason"] for line in shown["lines"] if line["status"] == "unmatched")
    assert orders.closed(trade.number).keys() == {
        line["id"] for line in shown["lines"] if line["status"] == "unmatched"
    }
    assert all(not box["stale"] for box in consolidation.boxes_of_shipment(trade.number))
