"""Mixed consignments (拼箱货) as a consolidator meets them: merchants, order lines, masses, marks, rules of stacking.

Edges, masses and the share of marked cartons are assumptions of this bench: cartons of 0.02 to 0.25 m³ with 90 to
420 kg a cubic metre, a twentieth fragile, a quarter limited in load above, a tenth in layers.
"""

from __future__ import annotations

import random
from dataclasses import replace

from bolanggu.engines.loading import CartonType, Offer, container

#: what a container costs, minor units
COSTS = {"20GP": 100_000, "40GP": 170_000, "40HC": 180_000}


def consignment(
    seed: int, *, cubic_metres: float, merchants: int, lines: int = 4, rules: bool = True
) -> tuple[CartonType, ...]:
    """Carton types of about so many cubic metres: ``merchants`` with 1 to ``2 * lines - 1`` lines each.

    Without ``rules`` cartons weigh nothing, may be turned about the upright axis only, and bear everything: what a
    solver of plain volume can be asked.

    >>> cartons = consignment(1, cubic_metres=30, merchants=5)
    >>> len({carton.group for carton in cartons}), sum(c.volume * c.quantity for c in cartons) // 10**9
    (5, 30)
    """
    draw = random.Random(seed)
    made = [
        _line(draw, f"M{merchant:03d}", line)
        for merchant in range(1, merchants + 1)
        for line in range(1, draw.randint(1, 2 * lines - 1) + 1)
    ]
    wanted, rows = cubic_metres * 1e9, []
    for carton, share in zip(made, _shares(draw, len(made)), strict=True):
        rows.append(replace(carton, quantity=max(1, round(wanted * share / carton.volume))))
    return tuple(rows) if rules else tuple(map(_plain, rows))


def _shares(draw: random.Random, number: int) -> list[float]:
    weights = [draw.lognormvariate(0.0, 0.8) for _ in range(number)]
    return [weight / sum(weights) for weight in weights]


def _line(draw: random.Random, merchant: str, line: int) -> CartonType:
    edges = sorted((draw.randint(30, 80) * 10, draw.randint(25, 60) * 10, draw.randint(20, 50) * 10), reverse=True)
    density = draw.choice((90, 150, 220, 300, 420)) * draw.uniform(0.8, 1.2)
    grams = max(500, round(edges[0] * edges[1] * edges[2] * density / 1e6))
    marked = draw.random()
    return CartonType(
        f"{merchant}-{line}",
        *edges,
        1,
        grams=grams,
        upright=(False, draw.random() < 0.4, True),
        group=merchant,
        top_only=marked < 0.05,
        max_load_above_g=round(grams * draw.randint(4, 9)) if 0.05 <= marked < 0.3 else None,
        max_layers=draw.choice((4, 6, 8)) if 0.3 <= marked < 0.4 else None,
    )


def _plain(carton: CartonType) -> CartonType:
    return replace(carton, grams=0, top_only=False, max_load_above_g=None, max_layers=None)


def offers() -> list[Offer]:
    """The three boxes of this trade at the costs of this bench."""
    return [Offer(container(name), cost) for name, cost in COSTS.items()]
