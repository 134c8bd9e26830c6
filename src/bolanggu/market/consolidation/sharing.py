"""Sharing a box's cost (费用分摊): by the larger of volume share and weight share, to the cent.

A carrier asks the same for a box of feathers and a box of nails; a trade that takes much of either bears much of the
cost. Each trade's weight is the larger of its share of the cubic millimetres and of the grams in the box; the cost is
divided by these weights with the largest remainder, so that the parts add up to the cost.
"""

from __future__ import annotations

from collections.abc import Sequence

from bolanggu.values.money import split


def weights(parts: Sequence[tuple[int, int]]) -> list[int]:
    """Whole numbers in the ratio of max(volume share, weight share) of each ``(cubic_mm, grams)``.

    >>> weights([(30, 100), (10, 300)])  # 3/4 of the volume and 1/4 of the mass, and the other way round
    [12000, 12000]
    """
    volume = sum(cubic_mm for cubic_mm, _ in parts)
    mass = sum(grams for _, grams in parts)
    return [max(cubic_mm * mass, grams * volume) or cubic_mm or grams for cubic_mm, grams in parts]


def share(minor: int, parts: Sequence[tuple[int, int]]) -> list[int]:
    """Divide a cost in minor units over the ``(cubic_mm, grams)`` of each part; the parts add up to the cost.

    >>> share(100, [(1, 1), (1, 1), (1, 1)])
    [34, 33, 33]
    """
    return split(minor, weights(parts))
