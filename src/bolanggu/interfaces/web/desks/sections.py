"""Sections of a desk: a title, how many wait, the first of them as rows; one template shows them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bolanggu.platform.accounts.grants import Actor

#: rows that a desk shows of one section; the rest stands behind ``more``
ROWS = 6


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that waits: where it leads, its name, a second line, a state, and what stands at the end."""

    url: str
    name: str
    sub: str = ""
    state: str = ""
    end: str = ""
    name_is_code: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """What waits of one kind. ``nothing`` is said where nothing does."""

    title: Any
    rows: list[Row]
    count: int
    nothing: Any
    more: str = ""
    act: tuple[str, Any] = field(default=("", ""))


Make = Callable[[Actor, datetime], Section]


@dataclass(frozen=True, slots=True)
class Offer:
    """A section that a desk may have: the grant it needs, and how it is made."""

    need: tuple[str, str]
    make: Make
