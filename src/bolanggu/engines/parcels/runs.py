"""Sorted runs (有序段): closed segments, ordered by the hash of the parcel's number, then by number and time.

All scans of a parcel lie together. Hashes are spread evenly, so that a parcel is found by interpolation in a few
steps (Perl, Itai, Avni 1978), without an index.
"""

from __future__ import annotations

import numpy as np

from bolanggu.engines.parcels import record as r
from bolanggu.engines.parcels.kernel import Ints, kernel


def sort(records: Ints) -> Ints:
    """Records in the order of a run."""
    keys = np.empty(len(records), dtype=np.int64)
    r.hashes(records, 3, keys)
    ordered = records[np.argsort(keys, kind="stable")]
    settle(ordered)
    return np.ascontiguousarray(ordered)


@kernel
def before(one: Ints, other: Ints) -> bool:
    """True if ``one`` stands before ``other`` in a run."""
    first, second = r.mixed(one, 3), r.mixed(other, 3)
    if first != second:
        return first < second
    for word in range(6):
        if one[word] != other[word]:
            return bool(one[word] < other[word])
    return False


@kernel
def settle(records: Ints) -> None:
    """Bring records that are in order of hash into full order; few share a hash."""
    held = np.empty(6, dtype=np.int64)
    for row in range(1, len(records)):
        place = row
        if not before(records[row], records[row - 1]):
            continue
        held[:] = records[row]
        while place > 0 and before(held, records[place - 1]):
            records[place] = records[place - 1]
            place -= 1
        records[place] = held


@kernel
def merge(one: Ints, other: Ints, out: Ints) -> None:
    """Join two runs into a third."""
    first, second = 0, 0
    for row in range(len(out)):
        if second >= len(other) or (first < len(one) and not before(other[second], one[first])):
            out[row] = one[first]
            first += 1
        else:
            out[row] = other[second]
            second += 1


@kernel
def first_of(run: Ints, words: Ints) -> int:
    """The first row whose number's hash is not below that of ``words``."""
    wanted = r.mixed(words, 3)
    low, high = 0, len(run)
    least, most = 0, 0x7FFFFFFFFFFFFFFF
    while low < high:
        share = (float(wanted) - float(least)) / (float(most) - float(least)) if most > least else 0.5
        middle = low + int(share * (high - low))
        middle = min(max(middle, low), high - 1)
        found = r.mixed(run[middle], 3)
        if found < wanted:
            low, least = middle + 1, found
        else:
            high, most = middle, found
        if low < high:
            middle = (low + high) >> 1
            found = r.mixed(run[middle], 3)
            if found < wanted:
                low, least = middle + 1, found
            else:
                high, most = middle, found
    return low


@kernel
def holds(run: Ints, records: Ints, rows: Ints, known: Ints) -> None:
    """Set ``known[i]`` to 1 where the run has the record ``rows[i]``."""
    for index in range(len(rows)):
        words = records[rows[index]]
        wanted, place = r.mixed(words, 3), first_of(run, words)
        while known[index] == 0 and place < len(run) and r.mixed(run[place], 3) == wanted:
            if r.same(run[place], words, 6):
                known[index] = 1
            place += 1


@kernel
def span(run: Ints, words: Ints, bounds: Ints) -> None:
    """The rows of one parcel: from ``bounds[0]`` to before ``bounds[1]``."""
    wanted, place = r.mixed(words, 3), first_of(run, words)
    while place < len(run) and r.mixed(run[place], 3) == wanted and not r.same(run[place], words, 3):
        place += 1
    bounds[0] = place
    while place < len(run) and r.same(run[place], words, 3):
        place += 1
    bounds[1] = place
