"""Draws (抽取) for the synthetic city: numbers from a seed and counters, the same on every machine, in any order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_MASK = (1 << 64) - 1


def draw(seed: int, stream: int, counter: int = 0) -> int:
    """Give 64 well-mixed bits for (seed, stream, counter): the finaliser of SplitMix64 (Steele, Lea, Flood 2014).

    No state is kept, so that any shop of the city can be made without making the ones before it.

    >>> draw(1, 2, 3) == draw(1, 2, 3) != draw(1, 2, 4)
    True
    """
    z = (seed * 0xD1342543DE82EF95 + stream * 0x9E3779B97F4A7C15 + counter * 0xC2B2AE3D27D4EB4F + 1) & _MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return z ^ (z >> 31)


def pick(bits: int, options: Sequence[T]) -> tuple[int, T]:
    """Choose one of the options by the low part of ``bits``; give the unused rest for the next choice.

    >>> pick(7, "abc")
    (2, 'b')
    """
    rest, index = divmod(bits, len(options))
    return rest, options[index]
