"""Indicators of value (货值指标): splitting under the cap, bunching below it, unit prices, items recounted."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from bolanggu.engines.risk.records import Entry, Item, Records, Signal
from bolanggu.engines.risk.robust import CELL, OUTLIER, middle

_WINDOW = timedelta(hours=72)
_PART, _WEAK_PART = 0.8, 0.6
_BAND = 145_000 / 150_000
#: The spread of a price is at least this, in logarithms.
_LEAST = 0.12
#: Items below this share of a declaration's value are no reason to look at it.
_TELLING = 0.05


def cap_splitting(records: Records) -> Iterator[Signal]:
    """RK-01: one operator, buyer and destination, one vessel, bill or container, 72 h, together above the cap."""
    cap = records.setting.cap_cents
    groups: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in records.entries:
        groups[entry.operator, entry.buyer, entry.destination].append(entry)
    for group in groups.values():
        if len(group) < 2:
            continue
        for entry in group:
            parts = [other for other in group if other is not entry and _together(entry, other)]
            for least, strength in ((_PART, 1.0), (_WEAK_PART, 0.5)):
                large = [other for other in parts if other.value_cents >= least * cap]
                total = entry.value_cents + sum(other.value_cents for other in large)
                if large and entry.value_cents >= least * cap and total > cap:
                    names = tuple(f"declaration:{other.number}" for other in (entry, *large))
                    said = f"{len(names)} declarations of one shipment together USD {total / 100:,.2f}, above the cap"
                    yield Signal("RK-01", entry.number, strength, said, names)
                    break


def _together(one: Entry, other: Entry) -> bool:
    shared = (one.bl_no, other.bl_no), (one.vessel, other.vessel), (one.container, other.container)
    return abs(one.at - other.at) <= _WINDOW and any(left and left == right for left, right in shared)


def bunching(records: Records) -> Iterator[Signal]:
    """RK-02: an operator's share of values just below the cap against all others; a binomial tail."""
    cap = records.setting.cap_cents
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in records.entries:
        groups[entry.operator].append(entry)
    near = {
        name: [entry for entry in group if _BAND * cap < entry.value_cents <= cap] for name, group in groups.items()
    }
    total, total_near = len(records.entries), sum(map(len, near.values()))
    for name, group in groups.items():
        others = total - len(group)
        if len(near[name]) < 3 or not others:
            continue
        usual = (total_near - len(near[name]) + 1) / (others + 2)
        rarity = -_log10_tail(len(group), len(near[name]), usual)
        if rarity > 2:
            said = f"{len(near[name])} of {len(group)} declarations of {name} lie just below the cap, usual {usual:.1%}"
            names = tuple(f"declaration:{entry.number}" for entry in near[name])
            for entry in near[name]:
                yield Signal("RK-02", entry.number, min(1.0, (rarity - 1) / 6), said, names)


def _log10_tail(trials: int, least: int, share: float) -> float:
    """Base-10 logarithm of P(X ≥ least) for a binomial count.

    >>> round(_log10_tail(10, 10, 0.1), 6), _log10_tail(10, 0, 0.1)
    (-10.0, 0.0)
    """
    if least <= 0:
        return 0.0
    logs = [
        math.lgamma(trials + 1)
        - math.lgamma(k + 1)
        - math.lgamma(trials - k + 1)
        + k * math.log(share)
        + (trials - k) * math.log1p(-share)
        for k in range(least, trials + 1)
    ]
    top = max(logs)
    return min(0.0, (top + math.log(sum(math.exp(value - top) for value in logs))) / math.log(10))


def unit_prices(records: Records) -> Iterator[Signal]:
    """RK-03: USD per kg against the same code, month and destination; wider cells where these hold fewer than eight."""
    rows = [
        (entry, item, math.log(item.value_cents / item.net_g))
        for entry in records.entries
        for item in entry.items
        if item.net_g > 0 and item.value_cents > 0
    ]
    cells: dict[tuple[str, ...], list[float]] = defaultdict(list)
    for entry, item, price in rows:
        for cell in _cells(entry, item):
            cells[cell].append(price)
    usual: dict[tuple[str, ...], tuple[float, float]] = {
        cell: middle(prices, least=_LEAST) for cell, prices in cells.items() if len(prices) >= CELL
    }
    told: dict[str, list[_Price]] = defaultdict(list)
    for entry, item, price in rows:
        known = [cell for cell in _cells(entry, item) if cell in usual]
        if known and item.value_cents >= _TELLING * entry.value_cents:
            told[entry.number].append(_Price(entry, item, price, usual[known[0]], "/".join(known[0])))
    for prices in told.values():
        yield from _price_signal(prices)


@dataclass(frozen=True, slots=True)
class _Price:
    """The logarithm of an item's price (cents a gram) in its cell of median and spread."""

    entry: Entry
    item: Item
    price: float
    middle: tuple[float, float]
    cell: str

    @property
    def z(self) -> float:
        return (self.price - self.middle[0]) / self.middle[1]


def _price_signal(prices: list[_Price]) -> Iterator[Signal]:
    """The single worst item, or all items of a declaration that lean one way (Stouffer's sum by value)."""
    worst = max(prices, key=lambda one: abs(one.z))
    weight = [one.item.value_cents for one in prices]
    lean = sum(w * one.z for w, one in zip(weight, prices, strict=True)) / math.sqrt(sum(w * w for w in weight))
    z = max(abs(worst.z), abs(lean))
    if z <= OUTLIER:
        return
    entry, usual = worst.entry, math.exp(worst.middle[0]) * 10
    said = (
        f"{worst.item.name} ({worst.item.hs10}) at {math.exp(worst.price) * 10:.2f} USD/kg, usual {usual:.2f} in "
        f"{worst.cell}: {'above' if worst.z > 0 else 'below'} by {abs(worst.z):.1f} spreads; all items {lean:+.1f}"
    )
    far = [one for one in prices if one is worst or abs(one.z) > OUTLIER / 2]
    rows = tuple(f"item:{entry.number}/{entry.items.index(one.item) + 1}" for one in far)
    yield Signal("RK-03", entry.number, min(1.0, (z - OUTLIER) / 8 + 0.2), said, rows)


def _cells(entry: Entry, item: Item) -> tuple[tuple[str, ...], ...]:
    month = f"{entry.at:%Y-%m}"
    return (item.hs10, month, entry.destination), (item.hs10, entry.destination), (item.hs10, month), (item.hs10,)


def recounting(records: Records) -> Iterator[Signal]:
    """RK-11: items that differ from the goods list merged as the rules say."""
    for entry in records.entries:
        if entry.recount_faults:
            said = f"{entry.recount_faults} items differ from the goods list merged as the rules say"
            yield Signal("RK-11", entry.number, 1.0, said, (f"declaration:{entry.number}",))
