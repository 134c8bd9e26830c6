"""Code lists of the declaration (报关单代码表): supervision modes, units, countries, each with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bolanggu.data import read_csv, read_yaml


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list: code → Chinese name, with the table it is from and how far that was read."""

    name: str
    zh: str
    codes: Mapping[str, str]
    source: str
    article: str
    status: str


@cache
def code_list(name: str) -> CodeList:
    """Read a code list by name, such as ``units`` or ``countries``.

    Raises
    ------
    KeyError
        There is no list of that name.

    Examples
    --------
    >>> code_list("supervision_modes").codes["1039"], len(code_list("units").codes)
    ('市场采购', 123)
    """
    about = read_yaml("codes/customs/lists.yaml")[name]
    codes = {row["code"]: row["zh"] for row in read_csv(f"codes/customs/{name}.csv")}
    return CodeList(name, about["zh"], codes, about["source"], about["article"], about["status"])


def named(name: str, code: str | None) -> str:
    """Give the Chinese name of a code, empty where the list has none.

    >>> named("terms", "3"), named("terms", "Z")
    ('FOB', '')
    """
    return code_list(name).codes.get(code or "", "")


#: Units of the tariff table of the lexicon by the code of the customs table: 千克, 个, 双, 平方米.
LEGAL_UNITS = {"kg": "035", "u": "007", "2u": "025", "m2": "032"}
