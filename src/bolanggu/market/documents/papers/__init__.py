"""The papers of a trade (单证种类), one module each: a module's ``sheets(facts)`` gives none while its facts are missing."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from bolanggu.market.documents.facts import Facts
from bolanggu.market.documents.sheet import Sheet
from bolanggu.market.documents.types import TYPES


def sheets(facts: Facts) -> Iterator[Sheet]:
    """Every paper that the facts suffice for, in the order of the process."""
    for kind in TYPES:
        yield from import_module(f"bolanggu.market.documents.papers.{kind}").sheets(facts)
