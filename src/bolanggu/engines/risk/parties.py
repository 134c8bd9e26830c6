"""Indicators of parties (主体指标): bought declarations, shells, denied parties, buyers' papers."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta

from rapidfuzz.distance import JaroWinkler

from bolanggu.engines.risk.records import Entry, Operator, Records, Signal

_LINKS = 4
_NEW, _MONTH = timedelta(days=90), timedelta(days=30)
#: A new operator that pays tax and wages is most likely a new operator.
_UNTRACED = {False: 1.0, None: 0.5, True: 0.2}
_PEERS, _BUSY = 20, 0.5
_SAME, _ALIKE = 0.97, 0.92
_OTHER_NAME = 0.85
_MRZ_WEIGHTS = (7, 3, 1)
_PASSPORT = re.compile(r"[A-Z0-9<]{9}\d")


def missing_chain(records: Records) -> Iterator[Signal]:
    """RK-04: goods without order, payment, warehouse receipt or carton; operators that share their contacts."""
    shared = _sharing(records.operators)
    for entry in records.entries:
        known = [item for item in entry.items if item.chain is not None]
        lacking = [item for item in known if item.chain is not None and len(item.chain) < _LINKS]
        missing = sum(_LINKS - len(item.chain or ()) for item in lacking)
        share = missing / (_LINKS * len(known)) if known else 0.0
        kin = shared.get(entry.operator, ())
        strength = min(1.0, share * 1.2 if share > 0.25 else 0.0) * (1.0 if kin else 0.75)
        if kin and strength == 0:
            strength = min(0.3, 0.1 * len(kin))
        if strength > 0:
            said = f"{share:.0%} of the records behind the goods are missing"
            if kin:
                said += f"; {entry.operator} shares phone, address or line with {len(kin)} operators"
            rows = tuple(f"item:{entry.number}/{place}" for place, item in enumerate(entry.items, 1) if item in lacking)
            yield Signal("RK-04", entry.number, strength, said, rows + tuple(f"operator:{name}" for name in kin))


def _sharing(operators: tuple[Operator, ...]) -> dict[str, tuple[str, ...]]:
    """Operators that share a phone, an address or an address on the net; two share by chance, three do not."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in operators:
        for kind in ("phone", "address", "ip"):
            if value := getattr(one, kind):
                groups[kind, value].append(one.uscc)
    kin: dict[str, set[str]] = defaultdict(set)
    for group in groups.values():
        if len(group) >= 3:
            for name in group:
                kin[name] |= set(group) - {name}
    return {name: tuple(sorted(others)) for name, others in kin.items()}


def shell_burst(records: Records) -> Iterator[Signal]:
    """RK-05: an operator filed for less than 90 days whose busiest 30 days top those of half of all operators."""
    filed = {one.uscc: one.filed_on for one in records.operators if one.filed_on}
    traces = {one.uscc: one.traces for one in records.operators}
    own: dict[str, list[Entry]] = defaultdict(list)
    for entry in records.entries:
        own[entry.operator].append(entry)
    volumes = {name: _busiest(entries) for name, entries in own.items()}
    values = sorted(volumes.values())
    if len(values) < _PEERS:
        return
    top = values[int(len(values) * _BUSY)]
    for name, entries in own.items():
        since = filed.get(name)
        new = [entry for entry in entries if since is not None and entry.at.date() - since <= _NEW]
        volume = _busiest(new)
        if volume <= top:
            continue
        said = f"{name} was filed {since} and declared USD {volume / 100:,.0f} within 30 days"
        said += "; no trace of tax, insurance or power" if traces.get(name) is False else ""
        strength = min(1.0, 0.6 + volume / top / 5) * _UNTRACED[traces.get(name)]
        rows = (f"operator:{name}", *(f"declaration:{entry.number}" for entry in new))
        for entry in new:
            yield Signal("RK-05", entry.number, strength, said, rows)


def _busiest(entries: list[Entry]) -> int:
    """Largest value of 30 days on end, USD cents."""
    ordered = sorted(entries, key=lambda entry: entry.at)
    best = total = start = 0
    for entry in ordered:
        total += entry.value_cents
        while entry.at - ordered[start].at > _MONTH:
            total -= ordered[start].value_cents
            start += 1
        best = max(best, total)
    return best


def denied_party(records: Records) -> Iterator[Signal]:
    """RK-15: buyers whose name equals or resembles one on a list; spelling and word order aside."""
    listed = {fold(name): name for name in records.setting.denied if fold(name)}
    seen: dict[str, tuple[float, str]] = {}
    for entry in records.entries:
        key = fold(entry.buyer_name)
        if not key or not listed:
            continue
        if key not in seen:
            seen[key] = max((JaroWinkler.similarity(key, other), name) for other, name in listed.items())
        alike, name = seen[key]
        if alike >= _ALIKE:
            said = f"buyer {entry.buyer_name} resembles the listed {name} by {alike:.2f}"
            strength = 1.0 if alike >= _SAME else 0.5
            yield Signal("RK-15", entry.number, strength, said, (f"buyer:{entry.buyer}", f"listed:{name}"))


def fold(name: str) -> str:
    """Fold a name: letters without marks, lower case, words in order of the alphabet.

    >>> fold("AL-HASSÁN, Omar") == fold("omar al hassan")
    True
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    words = "".join(char if char.isalnum() else " " for char in plain if not unicodedata.combining(char)).split()
    return " ".join(sorted(words))


def buyer_identity(records: Records) -> Iterator[Signal]:
    """RK-16: a passport whose check digit is wrong, or that bears several names."""
    users: dict[str, list[Entry]] = defaultdict(list)
    for entry in records.entries:
        if entry.passport:
            users[entry.passport].append(entry)
    for passport, entries in users.items():
        names = Counter(fold(entry.buyer_name) for entry in entries)
        usual, times = names.most_common(1)[0]
        others = {name for name in names if JaroWinkler.similarity(name, usual) < _OTHER_NAME}
        wrong = _PASSPORT.fullmatch(passport) is not None and not passport_holds(passport)
        if not (others or wrong):
            continue
        said = [f"passport {passport} bears {len(others) + 1} names"] if others else []
        said += [f"passport {passport} has a wrong check digit"] if wrong else []
        rows = tuple(f"declaration:{entry.number}" for entry in entries)
        for entry in entries:
            strange = bool(others) and (fold(entry.buyer_name) in others or times * 2 <= len(entries))
            if strange or wrong:
                yield Signal("RK-16", entry.number, 1.0 if strange else 0.9, "; ".join(said), rows)


def passport_holds(number: str) -> bool:
    """True if the last digit is the check digit of the nine before it (ICAO Doc 9303: weights 7, 3, 1).

    >>> passport_holds("L898902C36"), passport_holds("L898902C37")
    (True, False)
    """
    values = (0 if char == "<" else int(char, 36) for char in number[:9])
    return sum(value * _MRZ_WEIGHTS[place % 3] for place, value in enumerate(values)) % 10 == int(number[9])
