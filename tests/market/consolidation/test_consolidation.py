"""A plan is not the box; shares add up to the box; what stays behind has a reason."""

import pytest
from django.db import IntegrityError, transaction

from bolanggu.market.consolidation import selectors
from bolanggu.market.consolidation.models import Equipment, LoadPlan, PoolEntry, Share
from bolanggu.market.consolidation.services import (
    NotWaiting,
    PlannedBox,
    Pool,
    Reasoned,
    ShipmentDiffers,
    ShipmentOpened,
    Waiting,
    join_pool,
    load,
    mark_stale,
    open_shipment,
    plan,
)
from bolanggu.platform.lineage.walking import walk
from bolanggu.values.code import is_container_number


def waiting(sscc, trade="T1", pieces=12):
    return Waiting(sscc, trade, pieces, 10_000, 9_000, 36_000_000, 1200, "CNY")


CARTONS = [waiting("C1"), waiting("C2"), waiting("C3", "T2", 6), waiting("C4")]


MASSES = {"20GP": (2_300_000, 28_000_000)}
POOL = Pool("ESBCN", "A1", "FOB CNNGB collect")


def box(*ssccs, cost=0):
    placements = [(sscc, 400 * i, 0, 0, 400, 300, 300) for i, sscc in enumerate(ssccs)]
    return PlannedBox("20GP", "FCL", placements, 12.5, 2_300_000, 28_000_000, cost_minor=cost, currency="USD")


def opened(number="S1", trades=("T1", "T2"), pool=POOL):
    return ShipmentOpened(number, pool, {}, trades)


@pytest.fixture
def taken(db, world, at):
    join_pool(by=world, at=at, pool=POOL, cartons=CARTONS)
    return open_shipment(by=world, at=at, opened=opened(), ssccs=["C1", "C2", "C3", "C4"])


@pytest.fixture
def planned(taken, world, at):
    boxes = [box("C1", "C2", "C3", cost=100_01)]
    plan(by=world, at=at, shipment="S1", boxes=boxes, cartons=CARTONS, left=[("C4", "no room")])
    return boxes


def sealed(world, at):
    return load(by=world, at=at, shipment="S1", cartons=CARTONS, masses=MASSES, owner="carrier", free_days=14)


def test_shares_of_a_box_add_up_to_the_box(planned):
    shares = {share.trade: share for share in Share.objects.all()}
    assert (shares["T1"].cartons, shares["T2"].cartons) == (2, 1)
    made = LoadPlan.objects.get()
    assert sum(share.grams for share in shares.values()) == made.gross_g
    assert sum(share.cartons for share in shares.values()) == made.cartons
    assert sum(share.cost_minor for share in shares.values()) == made.cost_minor == 100_01
    assert (shares["T1"].cost_minor, shares["T2"].cost_minor) == (66_67, 33_34)


def test_what_stays_behind_is_listed_with_its_reason(planned):
    assert selectors.left("T1") == [{"sscc": "C4", "reason": "no room"}]
    with pytest.raises(IntegrityError), transaction.atomic():
        PoolEntry.objects.filter(sscc="C4").update(reason="")


def test_a_plan_has_no_equipment_until_it_is_loaded(planned, world, at):
    assert selectors.boxes("T1")[0]["equipment"] is None
    sealed(world, at)
    equipment = selectors.boxes("T1")[0]["equipment"]
    assert is_container_number(equipment["number"])
    assert equipment["vgm_g"] == 2_300_000 + 30_000


def test_loading_twice_uses_one_container(planned, world, at):
    for _ in range(2):
        sealed(world, at)
    assert Equipment.objects.count() == 1


def test_a_carton_leads_forward_through_its_share_to_its_container(planned, world, at):
    sealed(world, at)
    steps = [(s.kind, s.id, s.pieces, s.minor) for s in walk("carton", "C3", "forward")]
    assert steps == [("share", "T2-S1-B01", 6, 1200), ("container", "S1-B01", 6, 1200)]


def test_a_container_leads_back_to_each_trade_its_share(planned, world, at):
    sealed(world, at)
    back = [s for s in walk("container", "S1-B01", "back") if s.kind == "share"]
    assert {s.id: (s.pieces, s.grams, s.minor) for s in back} == {
        "T1-S1-B01": (24, 18_000, 2400),
        "T2-S1-B01": (6, 9_000, 1200),
    }


def test_a_box_heavier_than_its_payload_is_refused_by_the_database(planned, world, at):
    sealed(world, at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Equipment.objects.update(vgm_g=31_000_000)


def test_planning_again_returns_the_plan_that_stands(planned, world, at):
    again = plan(by=world, at=at, shipment="S1", boxes=[], cartons=CARTONS)
    assert [p.number for p in again] == ["S1-B01"]


def test_a_plan_made_anew_supersedes_the_old_one_which_is_kept(planned, world, at):
    assert mark_stale(by=world, at=at, shipment="S1", reason="cartons measured larger") == 1
    plan(by=world, at=at, shipment="S1", boxes=[box("C1"), box("C2", "C3")], cartons=CARTONS, anew=True)
    rows = LoadPlan.objects.order_by("number", "version").values_list("number", "version", "superseded", "stale")
    assert list(rows) == [
        ("S1-B01", 1, True, "cartons measured larger"),
        ("S1-B01", 2, False, ""),
        ("S1-B02", 1, False, ""),
    ]
    assert [share["plan__number"] for share in selectors.boxes("T1")] == ["S1-B01", "S1-B02"]
    sealed(world, at)
    assert mark_stale(by=world, at=at, shipment="S1", reason="too late") == 0


def test_what_finds_no_room_waits_on_for_the_next_shipment(taken, world, at):
    why = [Reasoned("T1", "L9", 1, ships=False, reason="full")]
    plan(by=world, at=at, shipment="S1", boxes=[box("C1", "C2", "C3")], cartons=CARTONS, back=["C4"], choices=why)
    assert [row["sscc"] for row in selectors.waiting(POOL)] == ["C4"]
    assert selectors.choices("T1")[0]["reason"] == "full"
    open_shipment(by=world, at=at, opened=opened("S2", ["T1"]), ssccs=["C4"])
    assert selectors.shipments_of("T1") == ["S1", "S2"]


def test_two_shipments_never_take_the_same_carton(taken, world, at):
    with pytest.raises(NotWaiting, match="which is taken by S1"):
        open_shipment(by=world, at=at, opened=opened("S2"), ssccs=["C1"])
    with pytest.raises(NotWaiting):
        plan(by=world, at=at, shipment="S1", boxes=[box("C9")], cartons=[waiting("C9")])


def test_a_shipment_opened_again_is_the_one_that_stands_unless_it_goes_elsewhere(taken, world, at):
    assert open_shipment(by=world, at=at, opened=opened(), ssccs=["C1"]) == taken
    with pytest.raises(ShipmentDiffers, match="stands for ESBCN of A1"):
        open_shipment(by=world, at=at, opened=opened(pool=Pool("DEHAM", "A1")), ssccs=[])


def test_cartons_of_other_terms_or_wishes_wait_in_other_pools(taken, world, at):
    join_pool(by=world, at=at, pool=Pool("ESBCN", "A1", "FOB CNNGB collect", "rail"), cartons=[waiting("C5")])
    assert [pool.wish for pool in selectors.pools()] == ["rail"]
    assert selectors.waiting(POOL) == []


def test_a_taken_carton_names_its_shipment_by_constraint(taken):
    with pytest.raises(IntegrityError), transaction.atomic():
        PoolEntry.objects.filter(sscc="C1").update(shipment="")
