"""Meaning (所指): what an incident's arguments mean in a trade whose numbers the script cannot know beforehand.

| written in the script | means |
|---|---|
| ``order: {nth: 3}``, ``line: {nth: 3}`` | the order, or the line, of the third ordered line of the list |
| ``pieces: {percent: 80, nth: 3}`` | 80 % of the ordered pieces of that line, whole |
| ``l_mm: {percent: 108, nth: 3}`` (``w_mm``, ``h_mm``, ``gross_g``) | 108 % of what its cartons measured |
| ``minor: {percent: 100, of: deposit}`` | 100 % of the trade's deposit, minor units |
| ``shipment: {nth: 1}``, ``box: {nth: 1}``, ``declaration: {nth: 1}`` | the first in which the trade has goods |
| ``cartons: {first: 2, nth: 1}`` | the trade's first two cartons in the first such box |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bolanggu.market.consolidation import selectors as consolidation
from bolanggu.market.orders import selectors as orders
from bolanggu.market.settlement import selectors as settlement
from bolanggu.market.warehousing import selectors as warehousing
from bolanggu.trade.declared import parts_of
from bolanggu.values.fault import Fault

_SIZES = ("l_mm", "w_mm", "h_mm", "gross_g")


def meant(arguments: Mapping[str, Any], trade: str) -> dict[str, Any]:
    """Arguments with numbers of the trade in place of what the script says.

    Raises
    ------
    Fault
        The trade has no such line, box or declaration.
    """
    return {
        name: _MEANINGS[name](trade, value) if isinstance(value, Mapping) and name in _MEANINGS else value
        for name, value in arguments.items()
    }


def _nth(things: Sequence[Any], value: Mapping[str, Any], what: str, trade: str) -> Any:
    number = value["nth"]
    if not 1 <= number <= len(things):
        raise Fault("season.yaml", f"{what} {number} of trade {trade}, which has {len(things)}")
    return things[number - 1]


def _line(trade: str, value: Mapping[str, Any]) -> dict[str, Any]:
    line: dict[str, Any] = _nth(orders.lines(trade), value, "ordered line", trade)
    return line


def _pieces(trade: str, value: Mapping[str, Any]) -> int:
    return int(_line(trade, value)["quantity"] * value["percent"] // 100)


def _size(name: str) -> Callable[[str, Mapping[str, Any]], int]:
    def measured(trade: str, value: Mapping[str, Any]) -> int:
        line = _line(trade, value)["line"]
        cartons = [row for row in warehousing.cartons(trade) if row["contents"][0]["line"] == line]
        whole = max(cartons, key=lambda row: row["gross_g"], default=None)
        if whole is None:
            raise Fault("season.yaml", f"line {line} has no cartons yet")
        return int(whole[name] * value["percent"] // 100)

    return measured


def _minor(trade: str, value: Mapping[str, Any]) -> int:
    return int(settlement.due(trade).deposit * value["percent"] // 100)


def _boxes(trade: str) -> list[str]:
    return [box["plan__number"] for box in consolidation.boxes(trade)]


def _cartons(trade: str, value: Mapping[str, Any]) -> list[str]:
    number = _nth(_boxes(trade), value, "box", trade)
    box = next(box for box in consolidation.boxes(trade) if box["plan__number"] == number)
    own = {row["sscc"] for row in warehousing.cartons(trade)}
    return sorted(placed[0] for placed in box["plan__placements"] if placed[0] in own)[: value["first"]]


_MEANINGS: Mapping[str, Callable[[str, Mapping[str, Any]], Any]] = {
    "order": lambda trade, value: _line(trade, value)["order__number"],
    "line": lambda trade, value: _line(trade, value)["line"],
    "pieces": _pieces,
    **{name: _size(name) for name in _SIZES},
    "minor": _minor,
    "shipment": lambda trade, value: _nth(consolidation.shipments_of(trade), value, "shipment", trade),
    "box": lambda trade, value: _nth(_boxes(trade), value, "box", trade),
    "declaration": lambda trade, value: _nth([part.number for part in parts_of(trade)], value, "declaration", trade),
    "cartons": _cartons,
}
