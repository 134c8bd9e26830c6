"""The papers of a trade (单证种类), one module each; its ``sheets(facts)`` gives none while its facts are missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from bolanggu.market.documents.facts import Facts
from bolanggu.market.documents.sheet import Sheet
from bolanggu.market.documents.types import TYPES


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet with the facts it was written from: those of the trade, or of its part in a shipment."""

    sheet: Sheet
    facts: Facts


def papers(facts: Facts) -> Iterator[Paper]:
    """Every paper that the facts suffice for, in the order of the process.

    Papers of a shipment are written for the trade's part in each shipment.
    """
    for kind, of in TYPES.items():
        module = import_module(f"bolanggu.market.documents.papers.{kind}")
        for part in facts.shipments if of.of == "shipment" else (facts,):
            for sheet in module.sheets(part):
                yield Paper(sheet, part)
