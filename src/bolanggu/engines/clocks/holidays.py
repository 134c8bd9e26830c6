"""Holidays (法定节假日): the State Council's holidays and make-up working days in the clock form."""

from __future__ import annotations

from typing import Any

from bolanggu.data import read_yaml


def national(year: int) -> tuple[str, str]:
    """(holidays, workdays) of ``year`` as texts of the clock form.

    Raises
    ------
    KeyError
        The notice for that year is not in the data; nothing is guessed.

    Examples
    --------
    >>> national(2026)[1].split(";")[0]
    '2026-01-04'
    """
    notices: list[dict[str, Any]] = read_yaml("governance/holidays_cn.yaml")
    for notice in notices:
        if notice["year"] == year:
            return ";".join(map(str, notice["holidays"])), ";".join(map(str, notice["workdays"]))
    raise KeyError(f"no holiday notice for {year}; known are {', '.join(str(notice['year']) for notice in notices)}")
