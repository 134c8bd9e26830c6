"""The filling specification (填制规范) as data, and what a finding about a field says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bolanggu.data import read_yaml

FORMAT = "bolanggu-declaration/1"
Draft = Mapping[str, Any]
Row = Mapping[str, str]
NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,20})?")
PARTS = ("header", "items", "containers")


@dataclass(frozen=True, slots=True)
class FieldFinding:
    """A field that does not hold what it must: ``refused`` cannot be sent so, at ``review`` a person looks."""

    part: str
    row: int
    field: str
    effect: str
    message: str
    no: int
    zh: str
    status: str

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as JSON data, with the source of the rule."""
        place = self.field if self.part == "header" else f"{self.part}[{self.row}].{self.field}"
        source = {"text": spec()["source"], "article": f"item {self.no}", "status": self.status}
        return {
            "rule": f"FLD-{self.no:02d}",
            "effect": self.effect,
            "field": place,
            "title": {"zh": self.zh},
            "message": f"{place} ({self.zh}): {self.message}",
            "source": source,
        }


@cache
def spec() -> Mapping[str, Any]:
    """Read the specification: source, and the fields of header, items and containers."""
    document: dict[str, Any] = read_yaml("rules/declaration_fields.yaml")
    return document


def finding(part: str, row: int, field: str, effect: str, message: str) -> FieldFinding:
    """Make the finding of one field, with number, name and status of its rule."""
    rule = spec()[part][field]
    return FieldFinding(
        part, row, field, effect, message, rule["item"], rule["zh"], rule.get("status", spec()["status"])
    )
