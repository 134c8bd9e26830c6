"""Indicators of goods (货物指标): goods that come back, physics of mass and cube, codes, brand and danger words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from bolanggu.engines.risk.records import Arrival, Entry, Records, Signal
from bolanggu.engines.risk.robust import CELL, OUTLIER, middle

_BACK = (timedelta(days=1), timedelta(days=60))
_NEAR = 0.005
_SURE = 0.5
#: The spread of a density is at least this, in logarithms.
_LEAST = 0.1


def carousel(records: Records) -> Iterator[Signal]:
    """RK-06: the same code, pieces and mass leave and come back within 60 days, or came in and leave again."""
    arrived: dict[tuple[str, int], list[Arrival]] = defaultdict(list)
    for arrival in records.arrivals:
        arrived[arrival.hs10, arrival.pieces].append(arrival)
    for entry in records.entries:
        back = [
            arrival
            for item in entry.items
            for arrival in arrived.get((item.hs10, item.pieces), ())
            if _BACK[0] <= abs(arrival.at - entry.at) <= _BACK[1] and abs(arrival.net_g / item.net_g - 1) <= _NEAR
        ]
        if back:
            share = min(1.0, len(back) / len(entry.items))
            said = f"{len(back)} of {len(entry.items)} items have the pieces and mass of goods that came in"
            rows = tuple(f"arrival:{arrival.number}" for arrival in back)
            yield Signal("RK-06", entry.number, 0.3 + 0.7 * share, said, rows)


def physics(records: Records) -> Iterator[Signal]:
    """RK-10: net above gross, more than the box can carry, a density that goods of these chapters never have."""
    dense = {
        entry.number: np.log(entry.gross_g / entry.volume_l)
        for entry in records.entries
        if entry.gross_g and entry.volume_l
    }
    chapters: dict[str, list[float]] = defaultdict(list)
    for entry in records.entries:
        if entry.number in dense:
            chapters[_chapter(entry)].append(dense[entry.number])
    usual_of = {name: middle(values, least=_LEAST) for name, values in chapters.items() if len(values) >= CELL}
    for entry in records.entries:
        strength, reasons = 0.0, []
        if entry.net_g is not None and entry.gross_g is not None and entry.net_g > entry.gross_g:
            strength, reasons = 1.0, ["net mass above gross"]
        if entry.payload_g and entry.gross_g and entry.gross_g > entry.payload_g:
            strength = 1.0
            reasons.append(f"{entry.gross_g / 1000:,.0f} kg in a box that carries {entry.payload_g / 1000:,.0f}")
        if entry.number in dense and _chapter(entry) in usual_of:
            median, spread = usual_of[_chapter(entry)]
            z = (dense[entry.number] - median) / spread
            if abs(z) > OUTLIER:
                strength = max(strength, min(1.0, (abs(z) - OUTLIER) / 8 + 0.2))
                kg_m3, usual = np.exp(dense[entry.number]), np.exp(median)
                reasons.append(f"{kg_m3:.0f} kg/m³, usual in chapter {_chapter(entry)} {usual:.0f}")
        if reasons:
            yield Signal("RK-10", entry.number, float(strength), "; ".join(reasons), (f"declaration:{entry.number}",))


def _chapter(entry: Entry) -> str:
    """The chapter of the heaviest item."""
    return max(entry.items, key=lambda item: item.net_g).hs10[:2]


def misclassified(records: Records) -> Iterator[Signal]:
    """RK-12: the classifier is sure of another code, and that one bears duty, licence or inspection."""
    for entry in records.entries:
        wrong = [
            (place, item)
            for place, item in enumerate(entry.items, 1)
            if item.gain and item.likely_hs6 and item.likely >= _SURE and item.likely_hs6 != item.hs10[:6]
        ]
        if not wrong:
            continue
        place, item = max(wrong, key=lambda pair: pair[1].likely)
        said = f"{item.name} is declared {item.hs10[:6]}, reads as {item.likely_hs6} ({item.likely:.2f}), which bears "
        said += "duty, licence or inspection"
        yield Signal("RK-12", entry.number, item.likely, said, (f"item:{entry.number}/{place}",))


def brand_words(records: Records) -> Iterator[Signal]:
    """RK-13: a brand word in the name of goods declared as unbranded."""
    for entry in records.entries:
        found = [(place, item) for place, item in enumerate(entry.items, 1) if item.brand_word and item.brand_type == 0]
        if found:
            words = ", ".join(sorted({str(item.brand_word) for _, item in found}))
            rows = tuple(f"item:{entry.number}/{place}" for place, _ in found)
            yield Signal("RK-13", entry.number, 1.0, f"unbranded goods named {words}", rows)


def danger_words(records: Records) -> Iterator[Signal]:
    """RK-14: a battery, magnet, aerosol or other dangerous word under a code that says nothing of it."""
    for entry in records.entries:
        found = [(place, item) for place, item in enumerate(entry.items, 1) if item.danger_word]
        if found:
            words = ", ".join(sorted({str(item.danger_word) for _, item in found}))
            rows = tuple(f"item:{entry.number}/{place}" for place, _ in found)
            yield Signal("RK-14", entry.number, 1.0, f"goods named {words} without the papers for it", rows)
