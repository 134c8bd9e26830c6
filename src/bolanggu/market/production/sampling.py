"""Sampling (抽样): how many pieces of a lot are drawn, and with how many defective ones it is accepted.

Single sampling, normal inspection, general level II of ISO 2859-1:1999 (GB/T 2828.1-2012), tables 1 and 2-A, recalled
and not compared with the print; two acceptable quality limits are kept, those usual for consumer goods.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

MAJOR_AQL, MINOR_AQL = "2.5", "4.0"

#: largest lot of each code letter, and the letters
_LOTS = (8, 15, 25, 50, 90, 150, 280, 500, 1_200, 3_200, 10_000, 35_000, 150_000, 500_000)
_LETTERS = "ABCDEFGHJKLMNPQ"
#: limit → letter → (sample, acceptance number); where the table's arrow leads to another plan, that plan stands here
_PLANS: dict[str, dict[str, tuple[int, int]]] = {
    "2.5": {
        **dict.fromkeys("ABCD", (5, 0)),
        "E": (20, 1),
        "F": (20, 1),
        "G": (32, 2),
        "H": (50, 3),
        "J": (80, 5),
        "K": (125, 7),
        "L": (200, 10),
        "M": (315, 14),
        **dict.fromkeys("NPQ", (500, 21)),
    },
    "4.0": {
        **dict.fromkeys("ABC", (3, 0)),
        "D": (13, 1),
        "E": (13, 1),
        "F": (20, 2),
        "G": (32, 3),
        "H": (50, 5),
        "J": (80, 7),
        "K": (125, 10),
        "L": (200, 14),
        **dict.fromkeys("MNPQ", (315, 21)),
    },
}


@dataclass(frozen=True, slots=True)
class SamplingPlan:
    """Pieces to draw, and the most defective ones with which the lot is accepted."""

    sample: int
    accept: int


def plan_for(lot: int, limit: str) -> SamplingPlan:
    """The plan for a lot of that many pieces; a lot smaller than its sample is looked at whole.

    >>> plan_for(1_000, MAJOR_AQL), plan_for(3, MINOR_AQL)
    (SamplingPlan(sample=80, accept=5), SamplingPlan(sample=3, accept=0))
    """
    sample, accept = _PLANS[limit][_LETTERS[bisect_left(_LOTS, lot)]]
    return SamplingPlan(min(sample, lot), accept)
