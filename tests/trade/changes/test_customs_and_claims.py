"""Customs holds and releases; a box arrives with cartons missing."""

from __future__ import annotations

import pytest
from tests.trade.changes.bazaar import disagreements, do, go_on, lines_of

from bolanggu.market.aftersales import selectors as aftersales
from bolanggu.market.aftersales.services import ClaimedBefore, ClaimNotOpen, SettledTooMuch, escalate
from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.market.settlement import selectors as settlement
from bolanggu.market.transport import selectors as transport
from bolanggu.market.warehousing import selectors as warehousing
from bolanggu.platform.lineage.walking import walk
from bolanggu.trade.changes.scene import NotPossible
from bolanggu.trade.declared import declarations_of
from bolanggu.trade.world.cast import WORLD


def states(trade):
    return {one["state"] for one in declarations_of(trade.number)}


def test_a_selected_trade_is_held_until_it_is_released_and_then_leaves(at, folder):
    trade = at("load")
    do(trade, "customs_inspects", reason="at random")
    trade = go_on(folder, trade, "follow")
    assert states(trade) == {"inspecting"}
    assert transport.booking(trade.number)["state"] == "confirmed"
    do(trade, "customs_releases")
    assert states(trade) == {"released"}
    assert transport.booking(trade.number)["state"] == "departed"
    assert disagreements(trade) == []


def test_what_differs_is_corrected_before_it_is_released(at, folder):
    trade = at("load")
    do(trade, "customs_inspects", reason="a signal")
    trade = go_on(folder, trade, "declare")
    number = declarations_of(trade.number)[0]["id"]
    do(trade, "customs_concludes", declaration=number, outcome="differs", found="hair slides, not combs")
    do(trade, "correct_code", line=lines_of(trade)[0]["line"], hs10="9615190000", reason="hair slides")
    standing = declarations_of(trade.number)
    assert {one["version"] for one in standing} == {2}
    assert "9615190000" in {item["hs"] for one in standing for item in one["items"]}
    assert disagreements(trade) == []


def test_what_is_released_is_not_inspected(at):
    with pytest.raises(NotPossible, match="released cannot be inspected"):
        do(at("declare"), "customs_inspects", reason="too late")


def missing_in(trade, count):
    box = consolidation.boxes(trade.number)[0]
    return box["plan__number"], tuple(where[0] for where in box["plan__placements"][:count])


@pytest.mark.parametrize("liable", ["carrier", "agent"])
def test_missing_cartons_are_claimed_by_line_and_paid_through_the_ledger(at, liable):
    trade = at(None)
    box, cartons = missing_in(trade, 3)
    before = settlement.due(trade.number).outstanding
    done = do(trade, "claim_missing", box=box, cartons=cartons, liable=liable, reason="three short").done
    claim = aftersales.claims(trade.number)[0]
    assert sum(line["minor"] for line in claim["lines"]) == claim["minor"] == done["minor"]
    assert {c["sscc"] for c in warehousing.cartons(trade.number) if c["state"] == "missing"} == set(cartons)
    do(trade, "claim_settled", claim=done["claim"], answer="agreed")
    assert aftersales.claims(trade.number)[0]["state"] == "settled"
    assert settlement.due(trade.number).outstanding == before == 0
    back = walk("claim", done["claim"], "back")
    assert sum(step.minor for step in back if step.kind == "line") == done["minor"]
    assert disagreements(trade) == []


def test_a_claim_is_paid_in_part_but_never_above_what_was_claimed(at):
    trade = at(None)
    box, cartons = missing_in(trade, 1)
    done = do(trade, "claim_missing", box=box, cartons=cartons, liable="carrier", reason="one short").done
    with pytest.raises(SettledTooMuch):
        do(trade, "claim_settled", "much", claim=done["claim"], answer="?", minor=done["minor"] + 1)
    do(trade, "claim_settled", claim=done["claim"], answer="half each", minor=done["minor"] // 2)
    with pytest.raises(ClaimNotOpen):
        do(trade, "claim_ended", claim=done["claim"], answer="no")
    assert disagreements(trade) == []


def test_a_carton_is_claimed_once_unless_the_claim_ended_without_payment(at):
    trade = at(None)
    box, cartons = missing_in(trade, 2)
    first = do(trade, "claim_missing", "1", box=box, cartons=cartons, liable="carrier", reason="two short").done
    with pytest.raises(ClaimedBefore):
        do(trade, "claim_missing", "2", box=box, cartons=cartons[:1], liable="agent", reason="one short")
    do(trade, "claim_ended", claim=first["claim"], answer="found behind the door", outcome="withdrawn")
    do(trade, "claim_missing", "3", box=box, cartons=cartons[:1], liable="agent", reason="one short")
    assert [claim["state"] for claim in aftersales.claims(trade.number)] == ["withdrawn", "negotiating"]
    assert disagreements(trade) == []


def test_a_merchant_answers_for_her_own_cartons_alone(at):
    trade = at(None)
    box, cartons = missing_in(trade, 60)
    with pytest.raises(NotPossible, match="several merchants"):
        do(trade, "claim_missing", box=box, cartons=cartons, liable="merchant", reason="all gone")


def test_nothing_is_claimed_before_it_left_or_from_a_box_of_others(at):
    trade = at("load")
    box, cartons = missing_in(trade, 1)
    with pytest.raises(NotPossible, match="has not left yet"):
        do(trade, "claim_missing", box=box, cartons=cartons, liable="carrier", reason="?")
    with pytest.raises(NotPossible, match="has no box"):
        do(trade, "claim_missing", box="X-B01", cartons=cartons, liable="carrier", reason="?")


def test_talks_that_lead_nowhere_wait_for_a_decision(at):
    trade = at(None)
    box, cartons = missing_in(trade, 1)
    do(trade, "claim_missing", box=box, cartons=cartons, liable="carrier", reason="one short")
    claim = aftersales.claims(trade.number)[0]
    assert escalate(by=WORLD, at=claim["stated_at"]) == []
    assert escalate(by=WORLD, at=claim["escalates_at"]) == [claim["number"]]
    assert escalate(by=WORLD, at=claim["escalates_at"]) == []
