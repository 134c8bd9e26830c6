"""Agents who work the same pool at once lose no carton and load none twice."""

from collections import Counter

import pytest
from tests import homes
from tests.market.consolidation.test_consolidation import CARTONS, box

from bolanggu.market.consolidation.models import LoadPlan, PoolEntry
from bolanggu.market.consolidation.services import NotWaiting, join_pool, plan

AGENTS = "tests.market.consolidation.agents"


@pytest.mark.slow
def test_two_agents_of_one_pool_lose_nothing(tmp_path):
    home = tmp_path / "home"
    agents = homes.at_once(home, [(AGENTS, "A", 0, 150, 250), (AGENTS, "B", 100, 250, 250)])
    told = homes.at_once(home, [(AGENTS, "told")])[0]
    homes.remove(home)
    cartons = Counter(f"C{n:04d}" for n in range(250))
    assert told["pool"] == dict.fromkeys(cartons, "loaded")
    assert Counter(told["placed"]) == Counter(told["edges"]) == cartons
    assert all(agent["made"] for agent in agents)
    assert told["plans"] == sum(agent["made"] for agent in agents) == told["sealed"]
    assert len(set(told["containers"])) == told["plans"]
    assert told["shared"] == {"n": 250, "g": 250 * 10_000}
    assert told["faults"] == 0


def test_a_carton_that_another_plan_took_is_refused_and_nothing_is_recorded(db, world, at):
    join_pool(by=world, at=at, destination="ESBCN", cartons=CARTONS)
    facts = {"by": world, "at": at, "destination": "ESBCN", "cartons": CARTONS}
    plan(**facts, trade="T1", boxes=[box("C1", "C2")], left=[])
    with pytest.raises(NotWaiting, match="1 of 3 cartons do not wait, first C2, which is planned"):
        plan(**facts, trade="T2", boxes=[box("C2", "C3")], left=[("C4", "no room")])
    assert LoadPlan.objects.count() == 1
    assert set(PoolEntry.objects.filter(state="waiting").values_list("sscc", flat=True)) == {"C3", "C4"}


def test_a_carton_that_never_joined_the_pool_cannot_be_planned(db, world, at):
    join_pool(by=world, at=at, destination="ESBCN", cartons=CARTONS[:2])
    with pytest.raises(NotWaiting, match="first C3, which is not in the pool"):
        plan(by=world, at=at, destination="ESBCN", cartons=CARTONS, trade="T1", boxes=[box("C1", "C3")], left=[])
