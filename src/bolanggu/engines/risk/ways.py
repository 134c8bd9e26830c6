"""Indicators of way and time (物流与时间指标): routes, mirror figures, awards, and what earlier looks found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bolanggu.engines.risk.records import Entry, Outcome, Records, Signal
from bolanggu.engines.risk.robust import CELL, OUTLIER, middle

#: The spread of a journey's hours is at least this.
_LEAST_HOURS = 1.0
_GAP = 2.5
#: Partner figures below USD 10,000 count as that: small flows are often not published.
_LEAST_CENTS = 1_000_000
_FEW = 6
#: Beta prior of a hit: one in twenty looks, worth twenty looks.
_HITS, _MISSES = 1.0, 19.0


def routes(records: Records) -> Iterator[Signal]:
    """RK-18: another gate than declared, a changed seal, a journey far longer or shorter than usual to that gate."""
    hours: dict[str, list[float]] = defaultdict(list)
    for entry in records.entries:
        if entry.transit_hours is not None:
            hours[entry.exit_port].append(entry.transit_hours)
    usual = {port: middle(seen, least=_LEAST_HOURS) for port, seen in hours.items() if len(seen) >= CELL}
    for entry in records.entries:
        strength, said = 0.0, []
        if entry.gate_in and entry.exit_port and entry.gate_in != entry.exit_port:
            strength = 0.6
            said.append(f"declared for {entry.exit_port}, gate-in at {entry.gate_in}")
        if entry.seal and entry.gate_seal and entry.seal != entry.gate_seal:
            strength = max(strength, 0.8) + (0.2 if said else 0)
            said.append(f"seal {entry.seal} at loading, {entry.gate_seal} at the gate")
        if entry.transit_hours is not None and entry.exit_port in usual:
            median, spread = usual[entry.exit_port]
            z = abs(entry.transit_hours - median) / spread
            if z > OUTLIER:
                strength = min(1.0, max(strength, min(0.8, 0.2 + (z - OUTLIER) / 8)) + (0.2 if said else 0))
                said.append(f"{entry.transit_hours:.0f} h to the gate, usual {median:.0f} h")
        if said:
            yield Signal("RK-18", entry.number, strength, "; ".join(said), (f"declaration:{entry.number}",))


def mirror_gap(records: Records) -> Iterator[Signal]:
    """RK-19: value declared to a country under a code against what that country says it took in."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    rows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entry in records.entries:
        for item in entry.items:
            cell = item.hs10[:6], entry.destination
            sums[cell] += item.value_cents
            rows[cell].append(entry.number)
    wide = {
        cell: sums[cell] / max(taken, _LEAST_CENTS)
        for cell, taken in records.setting.mirror.items()
        if sums[cell] > _GAP * max(taken, _LEAST_CENTS)
    }
    for cell, ratio in wide.items():
        said = f"{cell[0]} to {cell[1]}: declared {ratio:.1f} times what the partner's figures show"
        for number in dict.fromkeys(rows[cell]):
            yield Signal("RK-19", number, min(1.0, ratio / 10), said, (f"mirror:{cell[0]}/{cell[1]}",))


def award_farming(records: Records) -> Iterator[Signal]:
    """RK-20: an operator that exports only while an award runs, from suppliers far away."""
    if not records.setting.awards:
        return
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in records.entries:
        groups[entry.operator].append(entry)
    within = {entry.number: _within(records, entry) for entry in records.entries}
    usual = sum(within.values()) / len(within)
    for name, group in groups.items():
        inside = [entry for entry in group if within[entry.number]]
        share = len(inside) / len(group)
        far = [entry for entry in inside if any(i.supplier in records.setting.far_suppliers for i in entry.items)]
        distant = len(far) / len(inside) if inside else 0.0
        if len(group) >= _FEW and share > 0.9 and usual < 0.6 and distant > 0.5:
            said = (
                f"{share:.0%} of {name}'s declarations fall into award periods (usual {usual:.0%}), suppliers far away"
            )
            rows = tuple(f"declaration:{entry.number}" for entry in far)
            for entry in inside:
                yield Signal("RK-20", entry.number, 0.5 + 0.5 * distant, said, rows)


def _within(records: Records, entry: Entry) -> bool:
    return any(start <= entry.at.date() <= end for start, end in records.setting.awards)


def hit_feedback(records: Records) -> Iterator[Signal]:
    """RK-21: what earlier looks at this operator found, as a rate with a prior; only looks before the declaration."""
    looks: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in records.outcomes:
        looks[outcome.operator].append(outcome)
    for entry in records.entries:
        before = [outcome for outcome in looks.get(entry.operator, ()) if outcome.at < entry.at]
        hits = [outcome for outcome in before if outcome.hit]
        rate = (_HITS + len(hits)) / (_HITS + _MISSES + len(before))
        if hits and rate > 2 * _HITS / (_HITS + _MISSES):
            said = f"{len(hits)} of {len(before)} earlier looks at {entry.operator} found something"
            rows = tuple(f"outcome:{outcome.number}" for outcome in hits)
            yield Signal("RK-21", entry.number, min(1.0, rate * 2), said, rows)
