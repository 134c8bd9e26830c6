"""Runs (班次): join the rows of departures.csv to sailings, trains and flights, and check each chain."""

from __future__ import annotations

from itertools import count

import numpy as np

from bolanggu.engines.routing.network import Ints, ints
from bolanggu.engines.routing.table import Table


def join(table: Table, service: Ints, seq: Ints) -> tuple[Ints, Ints, tuple[str, ...]]:
    """Order the rows by run.

    Returns
    -------
    order
        Row indices, run by run, within a run by seq.
    run
        The run number of each row of that order.
    names
        The name of each run; empty where the file gives none.

    Raises
    ------
    Fault
        A run does not count 1, 2, 3 …
    """
    names = table.column("run") if table.has("run") else ("",) * len(table)
    group, labels = _groups(service, seq, names)
    order = np.lexsort((seq, group)) if len(table) else ints([])
    run = group[order]
    first = np.r_[True, run[1:] != run[:-1]] if len(order) else np.zeros(0, dtype=bool)
    start = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0)) if len(order) else ints([])
    wanted = np.arange(len(order)) - start + 1
    _refuse(table, order, seq[order] != wanted, "seq", "the run must count 1, 2, 3 … without gaps or repetitions")
    return order, run, tuple(labels)


def _groups(service: Ints, seq: Ints, names: tuple[str, ...]) -> tuple[Ints, list[str]]:
    """Number the runs: by name where there is one, else seq 1 opens a run of its service."""
    keys: list[tuple[int, str | int]] = list(zip(service.tolist(), names, strict=True))
    current: dict[int, tuple[int, int]] = {}
    for row in (row for row, name in enumerate(names) if not name.strip()):
        line, place = int(service[row]), int(seq[row])
        opened, last = current.get(line, (row, 0))
        if place != last + 1 or place == 1:
            opened = row
        current[line] = (opened, place)
        keys[row] = (line, opened)
    labels = dict(zip(dict.fromkeys(keys), count(), strict=False))
    return ints(list(map(labels.__getitem__, keys))), [name if isinstance(name, str) else "" for _, name in labels]


def check_chain(table: Table, order: Ints, run: Ints, ends: tuple[Ints, Ints], times: tuple[Ints, Ints]) -> None:
    """Refuse a run whose rows do not join in place and time, or a row that arrives before it leaves.

    ``ends`` are origin and destination, ``times`` departure and arrival, all in file order.
    """
    origin, destination = ends[0][order], ends[1][order]
    depart, arrive = times[0][order], times[1][order]
    _refuse(table, order, arrive <= depart, "arrive", "the arrival is not after the departure")
    if not len(order):
        return
    same = run[1:] == run[:-1]
    _refuse(table, order[1:], same & (origin[1:] != destination[:-1]), "from", "the run went on from another place")
    _refuse(table, order[1:], same & (depart[1:] < arrive[:-1]), "depart", "the run leaves before it has arrived")


def _refuse(
    table: Table, order: Ints, wrong: np.ndarray[tuple[int], np.dtype[np.bool_]], column: str, why: str
) -> None:
    if wrong.any():
        raise table.fault(int(order[wrong].min()), column, why)
