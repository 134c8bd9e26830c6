"""Reading (读入) of scans as carriers send them: CSV lines, checked sign by sign while they become records.

``parcel,time,stage,place,carrier,grams,tense`` and one line a scan: number of at most 24 letters, digits and
``- _ . /``; ISO 8601 time with a zone, at most milliseconds; a stage of `record.STAGES`; place of at most 6 signs such
as a UN/LOCODE; carrier of at most 4 (SCAC); whole grams or nothing; PLN, EST or ACT.
"""

from __future__ import annotations

import numpy as np

from bolanggu.engines.parcels import record as r
from bolanggu.engines.parcels.kernel import Ints, Signs, kernel
from bolanggu.values.fault import Fault

COLUMNS = ("parcel", "time", "stage", "place", "carrier", "grams", "tense")
HEADER = ",".join(COLUMNS)
RIGHT = {
    "parcel": "is no parcel number: 1 to 24 ASCII letters, digits and - _ . / are",
    "time": "is no ISO 8601 time with a zone, such as 2026-03-20T14:30:05.123Z",
    "stage": f"is no stage; write one of {', '.join(r.STAGES[1:])}",
    "place": "is no place code of 1 to 6 letters, digits and - _ . /",
    "carrier": "is no carrier code of 1 to 4 letters, digits and - _ . /",
    "grams": "is no whole number of grams below 4 294 967 296",
    "tense": "is none of PLN, EST, ACT",
}
_NEWLINE, _RETURN, _COMMA = 10, 13, 44


def read(text: bytes, *, name: str = "scans.csv") -> Ints:
    r"""Records of all lines.

    Returns
    -------
    array
        One row a scan, six 64-bit words.

    Raises
    ------
    Fault
        The first cell that cannot be read, with its line (the header is line 1) and column. Nothing is taken then.

    Examples
    --------
    >>> lines = b"parcel,time,stage,place,carrier,grams,tense\nYT1,2026-03-20T14:30+08:00,sorted,CNYIW,YTOE,250,ACT\n"
    >>> r.scan_of(read(lines)[0]).at.isoformat()
    '2026-03-20T06:30:00+00:00'
    """
    header, _, body = text.removeprefix(b"\xef\xbb\xbf").partition(b"\n")
    if header.strip() != HEADER.encode():
        raise Fault(name, f"the header must be {HEADER}", row=1)
    signs = np.frombuffer(body, dtype=np.uint8)
    records = np.zeros((body.count(b"\n") + 1, r.WORDS), dtype=np.int64)
    wrong = np.zeros(2, dtype=np.int64)
    count = read_lines(signs, _STAGES, _TENSES, records, records.view(np.uint8).reshape(-1, r.BYTES), wrong)
    if wrong[0]:
        line = body.split(b"\n")[wrong[0] - 1].rstrip(b"\r").decode("utf-8", "replace")
        cells = line.split(",")
        if len(cells) != len(COLUMNS):
            raise Fault(name, f"the line has {len(cells)} cells; {len(COLUMNS)} are needed", row=int(wrong[0]) + 1)
        column = COLUMNS[wrong[1]]
        raise Fault(name, f'"{cells[wrong[1]]}" {RIGHT[column]}', row=int(wrong[0]) + 1, column=column)
    return records[:count]


def _padded(words: tuple[str, ...]) -> Signs:
    return np.array([list(word.encode().ljust(16, b"\0")) for word in words], dtype=np.uint8)


_STAGES, _TENSES = _padded(r.STAGES), _padded(r.TENSES)


@kernel
def read_lines(signs: Signs, stages: Signs, tenses: Signs, records: Ints, cells: Signs, wrong: Ints) -> int:
    """Fill ``records`` (``cells`` are their bytes); the count, and line and column of the first fault in ``wrong``."""
    row, place, line = 0, 0, 0
    ends = np.empty(8, dtype=np.int64)
    while place < len(signs):
        line += 1
        found, stop = 0, place
        ends[0] = place - 1
        while stop < len(signs) and signs[stop] != _NEWLINE:
            if signs[stop] == _COMMA and found < 7:
                found += 1
                ends[found] = stop
            stop += 1
        last = stop - 1 if stop > place and signs[stop - 1] == _RETURN else stop
        if last > place:
            bad = 0
            if found == 6:
                ends[7] = last
                bad = _line(signs, ends, stages, tenses, records[row], cells[row])
            if found != 6 or bad >= 0:
                wrong[0], wrong[1] = line, bad
                return row
            row += 1
        place = stop + 1
    return row


@kernel
def _line(signs: Signs, ends: Ints, stages: Signs, tenses: Signs, words: Ints, cells: Signs) -> int:  # noqa: PLR0911 -- one for each column
    """Read one line; the column of its first fault, or -1."""
    if not _text(signs, ends[0] + 1, ends[1], cells, r.NUMBER_AT, r.NUMBER_WIDTH):
        return 0
    time = _time(signs, ends[1] + 1, ends[2])
    if time < 0:
        return 1
    words[r.TIME] = time
    stage = _word(signs, ends[2] + 1, ends[3], stages)
    if stage == 0:
        return 2
    if not _text(signs, ends[3] + 1, ends[4], cells, r.PLACE_AT, r.PLACE_WIDTH):
        return 3
    if not _text(signs, ends[4] + 1, ends[5], cells, r.CARRIER_AT, r.CARRIER_WIDTH):
        return 4
    grams = _whole(signs, ends[5] + 1, ends[6])
    if grams < 0 or grams >= 1 << 32:
        return 5
    tense = _word(signs, ends[6] + 1, ends[7], tenses)
    if tense == 0:
        return 6
    cells[r.STAGE_AT], cells[r.TENSE_AT] = stage, tense
    for byte in range(4):
        cells[r.MASS_AT + byte] = (grams >> (8 * byte)) & 255
    return -1


@kernel
def _text(signs: Signs, start: int, end: int, cells: Signs, at: int, width: int) -> bool:
    if end <= start or end - start > width:
        return False
    for place in range(start, end):
        sign = signs[place]
        plain = 48 <= sign <= 57 or 65 <= sign <= 90 or 97 <= sign <= 122
        if not (plain or sign == 95 or 45 <= sign <= 47):
            return False
        cells[at + place - start] = sign
    return True


@kernel
def _word(signs: Signs, start: int, end: int, known: Signs) -> int:
    """The number of a word, or 0."""
    if end - start > 16:
        return 0
    for number in range(1, len(known)):
        place = 0
        while place < end - start and known[number, place] == signs[start + place]:
            place += 1
        if place == end - start and (place == 16 or known[number, place] == 0):
            return number
    return 0


@kernel
def _whole(signs: Signs, start: int, end: int) -> int:
    """A whole number; 0 for nothing, -1 for what is none."""
    value = 0
    if end - start > 10:
        return -1
    for place in range(start, end):
        if not 48 <= signs[place] <= 57:
            return -1
        value = value * 10 + signs[place] - 48
    return value


@kernel
def _digits(signs: Signs, start: int, count: int, end: int) -> int:
    if start + count > end:
        return -1
    return _whole(signs, start, start + count)


@kernel
def _time(signs: Signs, start: int, end: int) -> int:  # noqa: PLR0911 -- each part of a time may be wrong
    """Milliseconds since 1970, or -1."""
    if end - start < 17 or signs[start + 4] != 45 or signs[start + 7] != 45 or signs[start + 13] != 58:
        return -1
    year, month = _digits(signs, start, 4, end), _digits(signs, start + 5, 2, end)
    day, hour = _digits(signs, start + 8, 2, end), _digits(signs, start + 11, 2, end)
    minute, place = _digits(signs, start + 14, 2, end), start + 16
    if signs[start + 10] != 84 or year < 1970 or not 1 <= month <= 12 or not 0 <= hour < 24 or not 0 <= minute < 60:
        return -1
    if not 1 <= day <= _month_length(year, month):
        return -1
    second, thousandth = 0, 0
    if signs[place] == 58:
        second, place = _digits(signs, place + 1, 2, end), place + 3
        if not 0 <= second < 60:
            return -1
        if place < end and (signs[place] == 46 or signs[place] == 44):
            place += 1
            scale = 100
            while place < end and 48 <= signs[place] <= 57:
                thousandth += scale * (signs[place] - 48)
                scale //= 10
                place += 1
            if scale == 100:
                return -1
    shift = _zone(signs, place, end)
    if shift == _NO_ZONE:
        return -1
    minutes = (_days(year, month, day) * 24 + hour) * 60 + minute - shift
    return (minutes * 60 + second) * 1000 + thousandth


_NO_ZONE = 10_000


@kernel
def _zone(signs: Signs, place: int, end: int) -> int:
    """Minutes east of UTC, or _NO_ZONE."""
    if end - place == 1 and signs[place] == 90:
        return 0
    if end - place not in (5, 6) or (signs[place] != 43 and signs[place] != 45):
        return _NO_ZONE
    colon = end - place - 5
    if colon and signs[place + 3] != 58:
        return _NO_ZONE
    hours, minutes = _digits(signs, place + 1, 2, end), _digits(signs, place + 3 + colon, 2, end)
    if not 0 <= hours < 24 or not 0 <= minutes < 60:
        return _NO_ZONE
    return (hours * 60 + minutes) * (1 if signs[place] == 43 else -1)


@kernel
def _month_length(year: int, month: int) -> int:
    if month == 2:
        return 29 if (year % 4 == 0 and year % 100 != 0) or year % 400 == 0 else 28
    return 30 if month in (4, 6, 9, 11) else 31


@kernel
def _days(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01 (the count of days from March on, Hinnant 2013)."""
    if month <= 2:
        year -= 1
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468
