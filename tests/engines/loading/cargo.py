"""Random consignments for the loading tests."""

from __future__ import annotations

import random
from itertools import count

from bolanggu.engines.loading import CartonType, ContainerType

BOX = ContainerType("test", 590, 235, 239, door_width=234, door_height=228, payload_g=20_000_000, tare_g=2_000_000)


def ticking():
    """A stopwatch that counts its calls: the same work on every machine."""
    ticks = count()
    return lambda: float(next(ticks))


def consignment(seed: int, kinds: int = 6, *, rules: bool = False) -> list[CartonType]:
    """Random carton types in cm, about as much as BOX holds; with ``rules`` every kind of limit occurs."""
    draw = random.Random(seed)
    cartons = []
    for row in range(kinds):
        edges = [draw.randint(20, 100) for _ in range(3)]
        facts = {}
        if rules:
            facts = {
                "grams": draw.randint(1000, 30000),
                "max_load_above_g": draw.choice([None, 0, 40_000, 90_000]),
                "max_layers": draw.choice([None, 1, 3]),
                "top_only": draw.random() < 0.15,
                "floor_only": draw.random() < 0.15,
                "group": f"m{row % 3}",
            }
        upright = (draw.random() < 0.6, draw.random() < 0.6, True)
        volume = edges[0] * edges[1] * edges[2]
        quantity = max(1, BOX.volume // (kinds * volume))
        cartons.append(CartonType(f"k{row}", *edges, quantity, upright=upright, **facts))
    return cartons
