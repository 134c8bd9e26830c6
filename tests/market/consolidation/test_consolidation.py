"""A plan is not the box; shares add up to the box; what stays behind has a reason."""

import pytest
from django.db import IntegrityError, transaction

from bolanggu.market.consolidation import selectors
from bolanggu.market.consolidation.models import Equipment, LoadPlan, PoolEntry, Share
from bolanggu.market.consolidation.services import PlannedBox, Waiting, join_pool, load, plan
from bolanggu.platform.lineage.walking import walk
from bolanggu.values.code import is_container_number


def waiting(sscc, trade="T1", pieces=12):
    return Waiting(sscc, trade, pieces, 10_000, 9_000, 36_000_000, 1200, "CNY")


CARTONS = [waiting("C1"), waiting("C2"), waiting("C3", "T2", 6), waiting("C4")]


def box(*ssccs):
    placements = [(sscc, 400 * i, 0, 0, 400, 300, 300) for i, sscc in enumerate(ssccs)]
    return PlannedBox("20GP", "FCL", placements, 12.5, 2_300_000, 28_000_000)


@pytest.fixture
def planned(db, world, at):
    join_pool(by=world, at=at, destination="ESBCN", cartons=CARTONS)
    boxes = [box("C1", "C2", "C3")]
    plan(by=world, at=at, trade="T1", destination="ESBCN", boxes=boxes, cartons=CARTONS, left=[("C4", "no room")])
    return boxes


def test_shares_of_a_box_add_up_to_the_box(planned):
    shares = {share.trade: share for share in Share.objects.all()}
    assert (shares["T1"].cartons, shares["T2"].cartons) == (2, 1)
    made = LoadPlan.objects.get()
    assert sum(share.grams for share in shares.values()) == made.gross_g
    assert sum(share.cartons for share in shares.values()) == made.cartons


def test_what_stays_behind_is_listed_with_its_reason(planned):
    assert selectors.left("T1") == [{"sscc": "C4", "reason": "no room"}]
    with pytest.raises(IntegrityError), transaction.atomic():
        PoolEntry.objects.filter(sscc="C4").update(reason="")


def test_a_plan_has_no_equipment_until_it_is_loaded(planned, world, at):
    assert selectors.boxes("T1")[0]["equipment"] is None
    load(by=world, at=at, trade="T1", boxes=planned, cartons=CARTONS, owner="carrier", free_days=14)
    equipment = selectors.boxes("T1")[0]["equipment"]
    assert is_container_number(equipment["number"])
    assert equipment["vgm_g"] == 2_300_000 + 30_000


def test_loading_twice_uses_one_container(planned, world, at):
    for _ in range(2):
        load(by=world, at=at, trade="T1", boxes=planned, cartons=CARTONS, owner="carrier", free_days=14)
    assert Equipment.objects.count() == 1


def test_a_carton_leads_forward_to_its_container(planned, world, at):
    load(by=world, at=at, trade="T1", boxes=planned, cartons=CARTONS, owner="carrier", free_days=14)
    assert [(s.kind, s.id, s.pieces) for s in walk("carton", "C3", "forward")] == [("container", "T1-B01", 6)]


def test_a_box_heavier_than_its_payload_is_refused_by_the_database(planned, world, at):
    load(by=world, at=at, trade="T1", boxes=planned, cartons=CARTONS, owner="carrier", free_days=14)
    with pytest.raises(IntegrityError), transaction.atomic():
        Equipment.objects.update(vgm_g=31_000_000)


def test_planning_again_returns_the_plan_that_stands(planned, world, at):
    again = plan(by=world, at=at, trade="T1", destination="ESBCN", boxes=[], cartons=CARTONS, left=[])
    assert [p.number for p in again] == ["T1-B01"]
