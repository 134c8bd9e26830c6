"""Two trades in one shipment: what happens to one changes the boxes and the freight of both."""

from __future__ import annotations

import pytest
from tests.trade.changes.bazaar import disagreements, do, lines_of, moment

from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.market.consolidation.models import PoolEntry
from bolanggu.market.consolidation.services import ShipmentOpened, open_shipment
from bolanggu.market.customs.models import Declaration
from bolanggu.trade.process import SHIPPING, walk
from bolanggu.trade.shipping import pool_of
from bolanggu.trade.stages import stage_of
from bolanggu.trade.world.cast import WORLD

SIZE = {"l_mm": 600, "w_mm": 500, "h_mm": 450, "gross_g": 9000}


@pytest.fixture
def shared(at):
    """Two trades of one buyer in shipment S1, brought to a step."""
    trades = [at("receive", key=key) for key in ("one", "two")]

    def bring(step):
        when = max(moment(trade) for trade in trades)
        waiting = PoolEntry.objects.filter(state=PoolEntry.State.WAITING).order_by("sscc")
        first = trades[0]
        opened = ShipmentOpened("S1", pool_of(first), first.cast, sorted(trade.number for trade in trades))
        made = open_shipment(by=WORLD, at=when, opened=opened, ssccs=list(waiting.values_list("sscc", flat=True)))
        walk(stage_of(made), SHIPPING, until=step)
        return trades

    return bring


def costs(trade):
    return sum(box["cost_minor"] for box in consolidation.boxes(trade.number))


def test_the_freight_is_shared_anew_when_the_cartons_of_one_grow(shared):
    one, two = shared("load")
    whole = sum(box["cost_minor"] for box in consolidation.boxes_of_shipment("S1"))
    assert costs(one) + costs(two) == whole
    before = costs(two) / whole
    do(one, "measure_cartons", line=lines_of(one)[0]["line"], **SIZE)
    whole = sum(box["cost_minor"] for box in consolidation.boxes_of_shipment("S1"))
    assert costs(one) + costs(two) == whole
    assert costs(two) / whole < before
    assert disagreements(one) == []
    assert disagreements(two) == []


def test_a_short_delivery_of_one_is_declared_for_both_anew(shared):
    one, two = shared("declare")
    line = lines_of(one)[0]
    do(one, "deliver_short", line=line["line"], pieces=line["quantity"] // 2, reason="half of it")
    assert {d.version for d in Declaration.objects.filter(superseded=False)} == {2}
    assert disagreements(one) == []
    assert disagreements(two) == []


def test_who_changes_the_port_leaves_the_shared_boxes_and_waits(shared):
    one, two = shared("load")
    done = do(one, "change_port", destination="DEHAM", reason="the buyer moved").done
    assert done["left"] == ["S1"]
    assert consolidation.boxes(one.number) == []
    assert consolidation.still_waiting([one.number])[one.number] > 0
    assert {box["trade"] for b in consolidation.boxes_of_shipment("S1") for box in b["shares"]} == {two.number}
    assert disagreements(one) == []
    assert disagreements(two) == []


def test_a_rolled_box_is_rolled_for_all_in_it(shared):
    one, two = shared("load")
    done = do(one, "roll_box", reason="overbooked").done
    assert done["shipment"] == "S1"
    assert disagreements(one) == []
    assert disagreements(two) == []
