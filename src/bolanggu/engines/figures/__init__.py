"""Figures (读数): every figure and every commitment of a Chinese official text, with its exact span.

>>> from bolanggu.engines.figures import read
>>> reading = read("2024年，全市出口3586亿元、增长24.6%，居全省第1位。")
>>> [(figure.indicator, figure.value, figure.unit) for figure in reading.figures]
[('出口', 358600000000, '元'), ('出口', 24.6, '%'), ('出口排名', 1, '位')]
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bolanggu.engines.figures.commitments import Commitment, read_commitments
from bolanggu.engines.figures.figure import Figure
from bolanggu.engines.figures.reading import read_figures
from bolanggu.engines.figures.view import view

__all__ = ["Commitment", "Figure", "Reading", "read"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text says: figures and commitments, each in order of its span."""

    figures: list[Figure]
    commitments: list[Commitment]

    def as_dict(self) -> dict[str, Any]:
        """The reading as JSON data."""
        return {
            "figures": [figure.as_dict() for figure in self.figures],
            "commitments": [commitment.as_dict() for commitment in self.commitments],
        }


def read(text: str, published: date | None = None) -> Reading:
    """Read ``text``; offsets are code points of ``text`` from 0, end exclusive. Linear time.

    ``published`` is the day of publication where it is known from outside the text; it settles 今年 and dates without
    a year. Without it only what the text itself says is settled, the rest is None.
    """
    seen = view(text)
    figures = read_figures(seen, published)
    return Reading(figures, read_commitments(seen, figures))
