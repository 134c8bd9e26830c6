"""Choosing among known loads (装法组合): prices of cartons and the cheapest set of loads that covers a consignment.

Column generation of Gilmore & Gomory 1961: the linear program over known loads prices each carton, the search then
looks for a load worth more than its container at these prices.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import highspy
import numpy as np


def _silent_solver() -> Any:
    """Make a solver without its banner: the library prints it before any option can forbid it."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        ctypes.CDLL(None).fflush(None)
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
    solver.silent()
    return solver


def _program(loads: Sequence[Mapping[str, int]], costs: Sequence[int], demand: Mapping[str, int]) -> Any:
    """Least cost of loads such that each carton type is covered at least as often as asked."""
    solver = _silent_solver()
    solver.resetGlobalScheduler(True)  # another solver of this process may have started it with more threads
    solver.setOptionValue("threads", 1)
    rows = {key: row for row, key in enumerate(demand)}
    for count in demand.values():
        solver.addRow(float(count), highspy.kHighsInf, 0, np.array([], np.int32), np.array([], float))
    for load, cost in zip(loads, costs, strict=True):
        kinds = np.array([rows[key] for key in load], np.int32)
        numbers = np.array(list(load.values()), float)
        solver.addCol(float(cost), 0.0, highspy.kHighsInf, len(kinds), kinds, numbers)
    return solver


def prices(loads: Sequence[Mapping[str, int]], costs: Sequence[int], demand: Mapping[str, int]) -> dict[str, float]:
    """Price of one carton of each type: what covering one more would cost.

    >>> prices([{"a": 2}, {"a": 1, "b": 1}], [10, 10], {"a": 4, "b": 1})
    {'a': 5.0, 'b': 5.0}
    """
    solver = _program(loads, costs, demand)
    solver.run()
    return dict(zip(demand, map(float, solver.getSolution().row_dual), strict=True))


def cheapest_cover(
    loads: Sequence[Mapping[str, int]], costs: Sequence[int], demand: Mapping[str, int], nodes: int = 1000
) -> list[int]:
    """Loads of the cheapest cover found within ``nodes`` of branch and bound, a load as often as it is used.

    Empty when none was found. Nodes and not seconds: the same cover on every machine.

    >>> cheapest_cover([{"a": 2}, {"a": 1, "b": 1}], [10, 10], {"a": 3, "b": 1})
    [0, 1]
    """
    solver = _program(loads, costs, demand)
    solver.setOptionValue("mip_max_nodes", nodes)
    for column in range(len(loads)):
        solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)
    solver.run()
    values = list(solver.getSolution().col_value)
    return [column for column, value in enumerate(values) for _ in range(round(value))]
