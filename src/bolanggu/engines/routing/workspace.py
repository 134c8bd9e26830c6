"""Workspace (工作区): the memory of one search, used again by the next; nothing in it outlives a search."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bolanggu.engines.routing.network import Ints

#: Columns of a label in the pool.
ARRIVE, COST, CO2E, PARENT, BOARDED, ALIGHTED, ROAD = range(7)
#: Kinds of a label: at its node by service (or as the start), or by truck.
SERVICE, TRUCK = 0, 1
#: Columns of a shelf's state: how many labels stand there, and the latest arrival that ever stood there.
STANDING, NEWEST = 0, 1
#: What the scan returns when a part of the workspace is too small.
POOL_FULL, SHELF_FULL, RIDERS_FULL, FRONT_FULL = -1, -2, -3, -4


class Query(NamedTuple):
    """One question: node indices, minutes since 1970, the last minute of arrival, and ε in millionths."""

    origin: int
    destination: int
    ready: int
    latest: int
    slack: int


class Workspace(NamedTuple):
    """``pool[i]`` is a label (columns above).

    ``shelf[kind, node, j]`` holds arrive, cost, CO2e and pool index of the labels that stand at a node, and
    ``state[kind, node]`` its state. ``riders[k]`` is cost and CO2e relative to the part's sums, pool index, row
    boarded, and the next rider of the part; ``first_rider[part]`` its first. ``front`` holds arrive, cost, CO2e
    and pool index of the journeys found, by arrival; ``counts`` the numbers of labels, riders and journeys.
    """

    pool: Ints
    shelf: Ints
    state: Ints
    riders: Ints
    first_rider: Ints
    front: Ints
    counts: Ints


def workspace(nodes: int, parts: int, sizes: tuple[int, int, int, int]) -> Workspace:
    """Fresh memory; ``sizes`` are the rooms for labels, labels at a node, riders, and journeys."""
    pool, shelf, riders, front = sizes
    return Workspace(
        np.empty((pool, 7), dtype=np.int64),
        np.empty((2, nodes, shelf, 4), dtype=np.int64),
        np.empty((2, nodes, 2), dtype=np.int64),
        np.empty((riders, 5), dtype=np.int64),
        np.empty(parts, dtype=np.int64),
        np.empty((front, 4), dtype=np.int64),
        np.zeros(3, dtype=np.int64),
    )
