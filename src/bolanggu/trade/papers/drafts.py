"""Drafts (待签发单证): the papers that a trade's facts give, before their version is known."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bolanggu.market.documents.forms import Form, forms
from bolanggu.market.documents.papers import Paper, papers
from bolanggu.market.documents.sheet import FORM, Figures
from bolanggu.market.documents.types import TYPES
from bolanggu.trade.models import Trade
from bolanggu.trade.papers.gathering import gather


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper to be issued: its digest of facts, the time of those facts, its forms, and where its files go."""

    number: str
    kind: str
    folder: str
    name: str
    digest: str
    at: datetime
    figures: Mapping[str, Any]
    forms: Sequence[Form]

    def file(self, form: Form, version: int) -> str:
        """Place of a file among a trade's papers, every version its own."""
        place = f"{self.folder}/" if self.folder else ""
        return f"{place}{self.name}.v{version}.{form.suffix}"

    def file_number(self, form: Form) -> str:
        """The number that a form of the paper goes by."""
        return f"{self.number}.{form.suffix}"


def drafts_of(trade: Trade) -> list[Draft]:
    """Drafts of the papers of a trade as it stands; a paper of a step that is not done yet is none."""
    facts = gather(trade)
    made = [] if facts is None else papers(facts)
    return [_draft(paper) for paper in made if TYPES[paper.sheet.kind].step in paper.facts.times]


def _draft(paper: Paper) -> Draft:
    sheet, facts = paper.sheet, paper.facts
    of = TYPES[sheet.kind]
    tail = sheet.number.removeprefix(f"{facts.trade}-{of.suffix}")
    return Draft(
        number=sheet.number,
        kind=sheet.kind,
        folder=of.folder,
        name=f"{of.file}{tail}",
        digest=sheet.digest(),
        at=datetime.fromisoformat(facts.times[of.step]),
        figures=_stated(sheet.figures),
        forms=list(forms(paper)),
    )


def _stated(figures: Figures) -> dict[str, Any]:
    """Figures that a paper states, as plain data."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(figures)))
    return {name: value for name, value in plain.items() if value not in (None, [], {})}


def plain_draft(trade: str, kind: str, name: str, content: Any, at: datetime, form: Form) -> Draft:
    """A draft of a paper that is made from data of its own, such as the trade's page."""
    text = json.dumps([FORM, content], ensure_ascii=False, sort_keys=True, default=str)
    return Draft(f"{trade}-{kind}", kind, "", name, hashlib.sha256(text.encode()).hexdigest(), at, {}, [form])
