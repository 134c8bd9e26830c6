"""Latest (最新状态): one slot a parcel in an open-addressed table, with what is needed to know a scan again.

A slot is one cache line: three words of number, time, WHERE and REST of the latest actual scan (WHERE 0: none
yet), a 64-bit filter of the scans seen (Bloom 1970, two bits each), and the parcel's newest scan in the open segment.
"""

from __future__ import annotations

import numpy as np

from bolanggu.engines.parcels import record as r
from bolanggu.engines.parcels.kernel import Ints, kernel

SLOT_WORDS = 8
FILTER, HEAD = 6, 7
#: A table is at most this full, in tenths.
FULL = 6
#: Verdicts on a scan.
NEW, KNOWN, PERHAPS = 0, 1, 2


def table(slots: int) -> Ints:
    """An empty table; ``slots`` is a power of two."""
    return np.zeros((slots, SLOT_WORDS), dtype=np.int64)


@kernel
def slot_of(latest: Ints, words: Ints) -> int:
    """The slot that holds a number, or the free one where it belongs."""
    mask = len(latest) - 1
    slot = r.mixed(words, 3) & mask
    while latest[slot, 0] != 0 and not r.same(latest[slot], words, 3):
        slot = (slot + 1) & mask
    return slot


@kernel
def spread(old: Ints, new: Ints) -> None:
    """Move all slots into a larger table."""
    for slot in range(len(old)):
        if old[slot, 0] != 0:
            new[slot_of(new, old[slot])] = old[slot]


@kernel
def take(
    records: Ints, start: int, sure: bool, latest: Ints, segment: Ints, chain: Ints, state: Ints, verdicts: Ints
) -> int:
    """Take records from ``start`` on until the segment or the table is full; the first row not taken.

    Parameters
    ----------
    sure
        True if no record lies in an older segment, so that the filter need not be asked.
    segment, chain
        The open segment, and for each of its records the parcel's one before, plus 1.
    state
        Scans in the open segment, parcels known, number of the open segment.
    verdicts
        NEW, KNOWN, or PERHAPS: the older segments must be asked.
    """
    row = start
    while row < len(records):
        if state[0] >= len(segment) or state[1] * 10 >= len(latest) * FULL:
            return row
        words = records[row]
        slot = _parcel(latest, words, state)
        bits = _bits(words)
        verdict = NEW
        if latest[slot, FILTER] & bits == bits:
            verdict = KNOWN if _in_segment(latest, slot, words, segment, chain, state[2]) else PERHAPS
            if verdict == PERHAPS and sure:
                verdict = NEW
        if verdict == NEW:
            _enter(latest, slot, words, bits, segment, chain, state)
        verdicts[row] = verdict
        row += 1
    return row


@kernel
def _parcel(latest: Ints, words: Ints, state: Ints) -> int:
    """The slot of a scan's parcel, taken for it if it is new."""
    slot: int = slot_of(latest, words)
    if latest[slot, 0] == 0:
        for word in range(3):
            latest[slot, word] = words[word]
        state[1] += 1
    return slot


@kernel
def _bits(words: Ints) -> int:
    """The two bits of a scan in its parcel's filter."""
    mixed = r.mixed(words, 6)
    return int(np.int64(1) << (mixed & 63) | np.int64(1) << ((mixed >> 6) & 63))


@kernel
def _in_segment(latest: Ints, slot: int, words: Ints, segment: Ints, chain: Ints, number: int) -> bool:
    head = latest[slot, HEAD]
    if head >> 32 != number:
        return False
    place = head & 0xFFFFFFFF
    while place > 0:
        if r.same(segment[place - 1], words, 6):
            return True
        place = chain[place - 1]
    return False


@kernel
def _enter(latest: Ints, slot: int, words: Ints, bits: int, segment: Ints, chain: Ints, state: Ints) -> None:
    place, head = state[0], latest[slot, HEAD]
    for word in range(6):
        segment[place, word] = words[word]
    chain[place] = head & 0xFFFFFFFF if head >> 32 == state[2] else 0
    latest[slot, HEAD] = state[2] << 32 | (place + 1)
    latest[slot, FILTER] |= bits
    state[0] = place + 1
    _note(latest, slot, words)


@kernel
def _note(latest: Ints, slot: int, words: Ints) -> None:
    """Keep the latest actual scan: by time, then stage, then the rest, whatever order they come in."""
    if (words[r.WHERE] >> 56) & 255 != r.ACTUAL:
        return
    standing = latest[slot]
    if standing[r.WHERE] != 0:
        if words[r.TIME] < standing[r.TIME]:
            return
        if words[r.TIME] == standing[r.TIME]:
            one, other = (words[r.WHERE] >> 48) & 255, (standing[r.WHERE] >> 48) & 255
            if one < other:
                return
            if one == other and (words[r.WHERE], words[r.REST]) <= (standing[r.WHERE], standing[r.REST]):
                return
    for word in range(3, 6):
        standing[word] = words[word]


@kernel
def recall(records: Ints, start: int, latest: Ints, state: Ints) -> int:
    """Note records of an older segment, each as often as one likes; the first row for which the table is too full."""
    for row in range(start, len(records)):
        if state[1] * 10 >= len(latest) * FULL:
            return row
        words = records[row]
        slot = _parcel(latest, words, state)
        latest[slot, FILTER] |= _bits(words)
        _note(latest, slot, words)
    return len(records)
