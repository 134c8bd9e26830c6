"""Record (记录): one scan in 48 bytes, as it lies in memory and in the files, little-endian.

Bytes 0–23 number of the parcel, 24–31 time in ms since 1970, 32–37 place, 38 stage, 39 tense, 40–43 carrier,
44–47 mass in g. Unused bytes of texts are 0. Two scans are the same event if all 48 bytes are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from bolanggu.engines.parcels.kernel import Ints, kernel
from bolanggu.values.evidence import Tense

BYTES, WORDS = 48, 6
#: Word columns of a record; WHERE holds place, stage and tense, REST carrier and mass.
TIME, WHERE, REST = 3, 4, 5
#: First byte and width of the texts.
NUMBER_AT, NUMBER_WIDTH = 0, 24
PLACE_AT, PLACE_WIDTH = 32, 6
STAGE_AT, TENSE_AT = 38, 39
CARRIER_AT, CARRIER_WIDTH = 40, 4
MASS_AT = 44

#: Stages in the order of a parcel's life; of two scans at one time the later stage counts. Code 0 is none.
STAGES = (
    "",
    "created",
    "collected",
    "sorted",
    "departed",
    "arrived",
    "customs",
    "cleared",
    "out_for_delivery",
    "failed",
    "delivered",
    "returned",
)
TENSES = ("", Tense.PLANNED.value, Tense.ESTIMATED.value, Tense.ACTUAL.value)
ACTUAL = TENSES.index(Tense.ACTUAL.value)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_SEED, _ONE, _TWO = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_HALF = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Scan:
    """One scan of a parcel: ``at`` in UTC to the millisecond, ``grams`` 0 where it was not weighed."""

    number: str
    at: datetime
    stage: str
    place: str
    carrier: str
    grams: int
    tense: Tense


def scan_of(words: Ints) -> Scan:
    """The scan in one record."""
    data = words.tobytes()
    return Scan(
        data[NUMBER_AT : NUMBER_AT + NUMBER_WIDTH].rstrip(b"\0").decode("ascii"),
        _EPOCH + int(words[TIME]) * _MILLISECOND,
        STAGES[data[STAGE_AT]],
        data[PLACE_AT : PLACE_AT + PLACE_WIDTH].rstrip(b"\0").decode("ascii"),
        data[CARRIER_AT : CARRIER_AT + CARRIER_WIDTH].rstrip(b"\0").decode("ascii"),
        int.from_bytes(data[MASS_AT : MASS_AT + 4], "little"),
        Tense(TENSES[data[TENSE_AT]]),
    )


def key_of(number: str) -> Ints:
    """A parcel's number as the first three words of a record.

    >>> key_of("A" * 25)
    Traceback (most recent call last):
    ValueError: "AAAAAAAAAAAAAAAAAAAAAAAAA" is no parcel number: 1 to 24 ASCII letters, digits and - _ . / are
    """
    data = number.encode()
    if not (0 < len(data) <= NUMBER_WIDTH and number.isascii() and number.replace("-", "0").isprintable()):
        raise ValueError(f'"{number}" is no parcel number: 1 to 24 ASCII letters, digits and - _ . / are')
    return np.frombuffer(data.ljust(NUMBER_WIDTH, b"\0"), dtype="<i8").astype(np.int64)


@kernel
def mixed(words: Ints, count: int) -> int:
    """A 63-bit hash of the first ``count`` words (the finaliser of splitmix64, Steele, Lea, Flood 2014)."""
    state = _SEED
    for word in range(count):
        state = (state ^ np.uint64(words[word])) * _ONE
        state = (state ^ (state >> _HALF)) * _TWO
        state = state ^ (state >> _HALF)
    return int(state >> np.uint64(1))


@kernel
def same(one: Ints, other: Ints, count: int) -> bool:
    """True if the first ``count`` words are the same."""
    for word in range(count):  # noqa: SIM110 -- the compiler knows no generators
        if one[word] != other[word]:
            return False
    return True


@kernel
def hashes(records: Ints, count: int, out: Ints) -> None:
    """`mixed` of each record."""
    for row in range(len(records)):
        out[row] = mixed(records[row], count)
