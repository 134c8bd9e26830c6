"""A network of two ports, small enough to follow by hand: the docstrings' example and the compiler's first input."""

from __future__ import annotations

import numpy as np

from bolanggu.engines.routing.network import Departures, Network, Node, Roads, Service, ints


def two_ports() -> Network:
    """Yiwu, Ningbo and Rotterdam; one aeroplane, one ship that calls at Yantian, and a truck to either port."""
    nodes = tuple(Node(code) for code in ("YIW", "NGB", "YTN", "RTM"))
    departures = Departures(
        service=ints([0, 1, 1]),
        origin=ints([1, 1, 2]),
        destination=ints([3, 2, 3]),
        depart=ints([1000, 3000, 6000]),
        arrive=ints([2000, 5000, 44000]),
        cutoff=ints([480, 2880, 2880]),
        cost=ints([90000, 2000, 10000]),
        co2e=ints([9000000, 100000, 700000]),
        capacity=np.array([np.inf, np.inf, 40.0]),
        run=ints([0, 1, 1]),
        run_names=("F1", "S1"),
    )
    roads = Roads(ints([0, 0]), ints([1, 3]), ints([240, 30000]), ints([25000, 990000]), ints([250000, 12000000]))
    services = (Service("AIR", "air", "one"), Service("SEA", "sea", "two"))
    return Network(nodes, services, departures, roads, {node.code: i for i, node in enumerate(nodes)})
