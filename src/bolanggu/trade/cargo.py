"""Cargo (货物): the cartons of a shipment as the links need them: rows, what waits, and the measure of it all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.market.consolidation.services import Waiting
from bolanggu.market.warehousing import selectors as warehousing
from bolanggu.trade.values_of_lines import values_of_cartons

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cargo:
    """What is to be carried: cartons, volume in mm³, gross mass in g."""

    cartons: int
    cubic_mm: int
    grams: int


def measure(rows: Sequence[Row]) -> Cargo:
    """Cartons, volume and gross mass of rows."""
    return Cargo(len(rows), sum(cubic_mm(row) for row in rows), sum(row["gross_g"] for row in rows))


def cubic_mm(row: Row) -> int:
    """Volume of a carton as measured."""
    volume: int = row["l_mm"] * row["w_mm"] * row["h_mm"]
    return volume


def cartons_of(shipment: str, trades: Iterable[str]) -> list[dict[str, Any]]:
    """Cartons that a shipment took, trade by trade in the order of their labels."""
    taken = consolidation.taken(shipment)
    return [row for trade in sorted(trades) for row in warehousing.cartons(trade) if row["sscc"] in taken]


def as_waiting(rows: Sequence[Row]) -> list[Waiting]:
    """Cartons as the pool knows them, with what each is worth."""
    minor: dict[str, tuple[int, str]] = {}
    for trade in sorted({row["trade"] for row in rows}):
        minor |= values_of_cartons(trade)
    return [
        Waiting(
            sscc=row["sscc"],
            trade=row["trade"],
            pieces=sum(content["pieces"] for content in row["contents"]),
            grams=row["gross_g"],
            net_g=row["net_g"],
            cubic_mm=cubic_mm(row),
            minor=minor[row["sscc"]][0],
            currency=minor[row["sscc"]][1],
        )
        for row in rows
    ]
