"""What the warehouse is told by others: pieces as counted, lines to be packed, measures taken. Plain values."""

from __future__ import annotations

from dataclasses import dataclass

from bolanggu.values.quantity import Pack


@dataclass(frozen=True, slots=True)
class Counted:
    """Pieces of one line as counted at the door."""

    line: str
    order: str
    expected: int
    received: int
    accepted: int
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class Packed:
    """Accepted pieces of one line to be packed: what is in the cartons and how they are marked."""

    line: str
    order: str
    product: str
    pieces: int
    amount_minor: int
    currency: str
    pack: Pack
    mark: str
    this_side_up: bool = False
    fragile: bool = False
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """One carton as measured: outer size in mm, gross mass in g."""

    sscc: str
    l_mm: int
    w_mm: int
    h_mm: int
    gross_g: int
