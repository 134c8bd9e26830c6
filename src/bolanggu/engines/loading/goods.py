"""Carton types flattened into arrays (货物数组), the form that the compiled kernels read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .model import CartonType, ContainerType

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]
Reals = npt.NDArray[np.float64]

#: a limit that nothing reaches
UNLIMITED = 1e18


class Goods(NamedTuple):
    """Types by row, and variants: one allowed orientation of one type by row."""

    quantity: Ints  # (types,)
    volume: Longs  # (types,)
    value: Reals  # (types,) worth of one, scaled so that all cartons are worth their volume in sum
    grams: Longs  # (types,)
    bears: Reals  # (types,) g on top, UNLIMITED without limit, 0 for top-only
    layers: Reals  # (types,)
    floor_only: Ints  # (types,) 0 or 1
    variant_type: Ints  # (variants,)
    variant_edges: Ints  # (variants, 3)
    salt: Longs  # (types,) random words for hashes of count vectors


def flatten(cartons: Sequence[CartonType], container: ContainerType) -> Goods:
    """Arrays of the cartons with those orientations that pass the container's door and fit inside.

    Notes
    -----
    Values are scaled to volumes so that the search's value function means the same whatever the unit of value.
    """
    edges = [
        (row, edge)
        for row, carton in enumerate(cartons)
        for edge in carton.orientations()
        if container.passes_door(*edge)
        and edge[0] <= container.length
        and edge[1] <= container.width
        and edge[2] <= container.height
    ]
    volumes = np.array([carton.volume for carton in cartons], np.int64)
    worth = np.array([carton.worth for carton in cartons], np.float64)
    counts = np.array([carton.quantity for carton in cartons], np.int32)
    total = float((worth * counts).sum())
    scale = float((volumes * counts).sum()) / total if total > 0 else 1.0
    return Goods(
        quantity=counts,
        volume=volumes,
        value=worth * scale,
        grams=np.array([carton.grams for carton in cartons], np.int64),
        bears=np.array([_bears(carton) for carton in cartons], np.float64),
        layers=np.array([_layers(carton) for carton in cartons], np.float64),
        floor_only=np.array([carton.floor_only for carton in cartons], np.int32),
        variant_type=np.array([row for row, _ in edges], np.int32),
        variant_edges=np.array([edge for _, edge in edges], np.int32).reshape(-1, 3),
        salt=np.random.default_rng(20140101).integers(1, 2**62, len(cartons), dtype=np.int64),
    )


def _bears(carton: CartonType) -> float:
    if carton.top_only:
        return 0.0
    return UNLIMITED if carton.max_load_above_g is None else float(carton.max_load_above_g)


def _layers(carton: CartonType) -> float:
    if carton.top_only:
        return 1.0
    return UNLIMITED if carton.max_layers is None else float(max(carton.max_layers, 1))
