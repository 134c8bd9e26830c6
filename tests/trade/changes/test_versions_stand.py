"""What a change replaces stays readable, and a result that rests on it says so until it is made again."""

from __future__ import annotations

from tests.trade.changes.bazaar import AT, disagreements, do, lines_of, moment, undone

from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.market.consolidation.models import LoadPlan
from bolanggu.market.customs.models import Declaration
from bolanggu.market.orders.models import OrderGroup
from bolanggu.market.transport import selectors as transport
from bolanggu.market.transport.models import Booking
from bolanggu.market.warehousing.models import Carton
from bolanggu.platform import versions
from bolanggu.trade.changes.refresh import refresh
from bolanggu.trade.changes.scene import Scene
from bolanggu.trade.changes.selectors import changes, stale, superseded
from bolanggu.trade.changes.table import perform
from bolanggu.trade.dossier import dossier
from bolanggu.trade.models import ShipmentStep
from bolanggu.trade.world.cast import WORLD

SIZE = {"l_mm": 460, "w_mm": 350, "h_mm": 340, "gross_g": 6900}


def test_a_measured_carton_keeps_its_promise_and_its_earlier_measure(at):
    trade = at("receive")
    line = lines_of(trade)[0]["line"]
    done = do(trade, "measure_cartons", line=line, **SIZE).done
    carton = Carton.objects.get(sscc=done["changed"][0])
    assert (carton.l_mm, carton.promised_l_mm, carton.version) == (460, 400, 2)
    assert carton.measured_source == "simulated"
    assert versions.history("carton", carton.sscc)[0].facts["l_mm"] == 400
    assert versions.current("carton", carton.sscc) == 2


def test_results_are_stale_with_the_reason_until_they_are_made_again_as_next_versions(at):
    trade = at("declare")
    line = lines_of(trade)[0]["line"]
    when = moment(trade)
    perform("measure_cartons", Scene(WORLD, when, trade.number, "k"), {"line": line, **SIZE}, then_refresh=False)
    marked = stale(trade.number)
    assert [one["result"] for one in marked if one["of"] == "shipment"] == ["book", "load", "declare"]
    assert all(why.startswith("measure_cartons on") for one in marked for why in one["reasons"])
    assert dossier(trade)["stale"] == marked
    made = refresh(trade.number, by=WORLD, at=when)
    assert made == {trade.number: ["book", "load", "declare"]}
    assert refresh(trade.number, by=WORLD, at=when) == {}
    assert disagreements(trade) == []
    plans = LoadPlan.objects.filter(shipment=trade.number)
    assert {plan.version for plan in plans.filter(superseded=True)} == {1}
    assert {plan.version for plan in plans.filter(superseded=False)} == {2}
    assert plans.filter(superseded=True).exclude(stale="").exists()
    for step in ("book", "load", "declare"):
        assert ShipmentStep.objects.get(shipment__number=trade.number, name=step).facts["version"] == 2
        assert versions.history("step", f"{trade.number}/{step}")[0].facts["facts"]
    old = Declaration.objects.filter(trade=trade.number, superseded=True)
    assert old.exists()
    assert {one.version for one in Declaration.objects.filter(trade=trade.number, superseded=False)} == {2}
    assert Booking.objects.filter(shipment=trade.number, state="cancelled").exists()


def test_heavier_cartons_weigh_in_plan_and_declaration(at):
    trade = at("declare")
    before = sum(one.gross_g for one in Declaration.objects.filter(trade=trade.number, superseded=False))
    do(trade, "measure_cartons", line=lines_of(trade)[0]["line"], **SIZE)
    after = sum(one.gross_g for one in Declaration.objects.filter(trade=trade.number, superseded=False))
    boxes = consolidation.boxes_of_shipment(trade.number)
    assert after == sum(box["gross_g"] for box in boxes) > before


def test_a_rolled_box_leaves_later_at_the_same_freight(at):
    trade = at("load")
    before = transport.booking(trade.number)
    done = do(trade, "roll_box", reason="overbooked").done
    after = transport.booking(trade.number)
    assert done["to"] > done["from"]
    assert (after["number"], after["version"]) == (before["number"], before["version"] + 1)
    assert after["freight_minor"] == before["freight_minor"]
    assert [route["cost"] for route in dossier(trade)["routes"] if route["chosen"]]
    assert {plan.version for plan in LoadPlan.objects.filter(shipment=trade.number)} == {1}, "the boxes stay packed"


def test_terms_are_a_new_row_and_the_old_one_stays(at):
    trade = at("deposit")
    old = OrderGroup.objects.get(number=trade.number).terms
    do(trade, "change_terms", incoterm="CIF", place="ESBCN", reason="asked for")
    new = OrderGroup.objects.get(number=trade.number).terms
    assert (old.incoterm, new.incoterm, new.number) == ("FOB", "CIF", f"{trade.number}.v2")
    assert versions.history("terms", trade.number)[0].facts["incoterm"] == "FOB"


def test_another_merchant_is_offered_and_can_be_taken(at):
    trade = at("deposit")
    line = lines_of(trade)[0]
    done = do(trade, "refuse_order", order=line["order__number"], reason="sold out").done
    offers = [offer for offer in done["offers"] if offer["line"] == line["line"]]
    assert [offer["product"] for offer in offers] == ["B1"], "the same goods at another merchant"
    taken = do(trade, "take_offer", line=line["line"], product=offers[0]["product"], deposit="paid").done
    now = next(row for row in lines_of(trade) if row["line"] == line["line"])
    assert now["order__number"] == taken["order"] != line["order__number"]
    assert disagreements(trade) == []


def test_all_that_happened_is_in_the_dossier_in_order(at):
    trade = at("deposit")
    do(trade, "cancel_line", line=lines_of(trade)[0]["line"], reason="not wanted")
    do(trade, "deliver_short", line=lines_of(trade)[0]["line"], pieces=5, reason="most is missing")
    told = dossier(trade)["changes"]
    assert [(one["sequence"], one["act"]) for one in told] == [(1, "cancel_line"), (2, "deliver_short")]
    assert told == changes(trade.number)
    assert {one["kind"] for one in superseded(trade.number)} >= {"order", "order_line", "payment_plan"}


def test_superseding_numbers_versions_without_gaps(db):
    for expected in (2, 3):
        now = versions.supersede(kind="x", facts=[("N", {"a": expected})], at=AT, by=WORLD, reason="changed")
        assert now == {"N": expected}
    assert [one.version for one in versions.history("x", "N")] == [1, 2]
    assert versions.current("x", "M") == 1
    with undone():
        versions.supersede(kind="x", facts=[("N", {})], at=AT, by=WORLD, reason="undone")
    assert versions.current("x", "N") == 3
