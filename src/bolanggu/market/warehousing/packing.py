"""Packing a line into its cartons: full ones first, the last with what is left. No database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bolanggu.values.quantity import Pack, ceil_div


@dataclass(frozen=True, slots=True)
class Filled:
    """One carton as filled."""

    position: int
    of: int
    pieces: int
    net_g: int
    gross_g: int


def fill_cartons(pieces: int, pack: Pack) -> Iterator[Filled]:
    """Cartons for ``pieces`` of one kind. A part-filled carton keeps its box and weighs less, at least 1 g net.

    >>> from bolanggu.values.quantity import Dimensions
    >>> [c.pieces for c in fill_cartons(25, Pack(12, Dimensions(400, 300, 300), 9600, 10200))]
    [12, 12, 1]
    >>> [c.gross_g for c in fill_cartons(25, Pack(12, Dimensions(400, 300, 300), 9600, 10200))]
    [10200, 10200, 1400]
    """
    count = ceil_div(pieces, pack.pieces)
    box_g = pack.gross_g - pack.net_g
    for position in range(1, count + 1):
        inside = min(pack.pieces, pieces - (position - 1) * pack.pieces)
        net = max(1, pack.net_g * inside // pack.pieces)
        yield Filled(position, count, inside, net, net + box_g)
