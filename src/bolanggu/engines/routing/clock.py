"""Clock (时刻): a whole column of times in the common form ``2026-03-20T14:30Z`` at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bolanggu.engines.routing.network import Ints

_FORM = "0000-00-00T00:00Z"
_MARKS = [index for index, sign in enumerate(_FORM) if sign != "0"]
_DIGITS = [index for index, sign in enumerate(_FORM) if sign == "0"]
_DAYS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


def column_of_minutes(cells: Sequence[str]) -> Ints | None:
    """Minutes since 1970-01-01T00:00Z of each cell, or None if one of them has another form or is no time.

    >>> column_of_minutes(["1970-01-01T00:01Z", "1970-01-02T00:00Z"]).tolist()
    [1, 1440]
    >>> column_of_minutes(["1970-01-01"]) is column_of_minutes(["1970-02-29T00:00Z"]) is None
    True
    """
    if not cells or {len(_FORM)} != set(map(len, cells)) or not (text := "".join(cells)).isascii():
        return None
    signs = np.frombuffer(text.encode("ascii"), dtype=np.uint8).reshape(len(cells), len(_FORM))
    form = np.frombuffer(_FORM.encode("ascii"), dtype=np.uint8)
    digits = signs[:, _DIGITS].astype(np.int64) - ord("0")
    if (signs[:, _MARKS] != form[_MARKS]).any() or digits.min() < 0 or digits.max() > 9:
        return None
    pairs = digits[:, ::2] * 10 + digits[:, 1::2]
    year, (month, day, hour, minute) = pairs[:, 0] * 100 + pairs[:, 1], pairs[:, 2:].T
    if year.min() < 1 or month.min() < 1 or month.max() > 12:
        return None
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0)) & (month == 2)
    if day.min() < 1 or (day > _DAYS[month - 1] + leap).any() or hour.max() > 23 or minute.max() > 59:
        return None
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]").astype(np.int64) + day - 1
    return np.asarray(days * 1440 + hour * 60 + minute, dtype=np.int64)
