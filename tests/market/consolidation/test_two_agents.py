"""Agents who work the same pool at once lose no carton and load none twice."""

from collections import Counter

import pytest
from tests import homes

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
