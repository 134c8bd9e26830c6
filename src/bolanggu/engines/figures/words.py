"""Words and units (词表): the lists of ``data/figures`` as sets and regular-expression fragments."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from bolanggu.data import read_yaml


@cache
def words(name: str) -> tuple[str, ...]:
    """One list of ``words.yaml``, longest words first."""
    listed: dict[str, list[Any]] = read_yaml("figures/words.yaml")
    return tuple(sorted((str(word) for word in listed[name]), key=len, reverse=True))


@cache
def units() -> dict[str, str]:
    """Unit as written → its group (money, people, guarded …)."""
    listed: dict[str, Any] = read_yaml("figures/units.yaml")
    return {str(unit): group for group, entries in listed.items() if group != "base" for unit in entries}


@cache
def base_units() -> dict[str, str]:
    """Unit as written → the unit that is reported, where they differ."""
    listed: dict[str, dict[str, str]] = read_yaml("figures/units.yaml")
    return listed["base"]


def either(*lists: str) -> str:
    """Regular-expression fragment: any word of these lists, longest first."""
    return pattern(word for name in lists for word in words(name))


def pattern(entries: Any) -> str:
    """Regular-expression fragment for literal ``entries``, longest first."""
    return "(?:" + "|".join(re.escape(entry) for entry in sorted(set(entries), key=len, reverse=True)) + ")"
