"""Issue papers: each file's digest and seal is recorded; what it replaces stays, marked superseded with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from bolanggu.market.documents.models import Document
from bolanggu.market.documents.selectors import last_versions
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.outbox import Notice

REASON_LENGTH = 300


class Overtaken(RuntimeError):
    """Someone else issued a version of a paper meanwhile."""

    code = "paper_overtaken"


@dataclass(frozen=True, slots=True)
class FileIssued:
    """One file of a paper: its number, language, place under the store, kind of file, digest, signature (hex)."""

    number: str
    language: str
    file: str
    media_type: str
    sha256: str
    signature: str = ""


@dataclass(frozen=True, slots=True)
class PaperIssued:
    """A version of a paper with its files; ``at`` is the time of its facts, ``reason`` why it replaces another."""

    number: str
    kind: str
    version: int
    at: datetime
    facts: str
    files: Sequence[FileIssued]
    figures: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""
    journal: tuple[int, str] = (0, "")
    reason: str = ""


@requires("paper", "issue")
@transaction.atomic
def issue(*, by: Actor, trade: str, papers: Sequence[PaperIssued]) -> int:
    """Record versions of papers and return how many were new. The caller holds the trade.

    A paper that was replaced without a stated reason says that its facts changed.

    Raises
    ------
    Overtaken
        A version that is to be issued is there already, or one in between is missing.
    """
    last = last_versions(trade)
    rows = []
    for paper in papers:
        if paper.version != last.get(paper.number, 0) + 1:
            raise Overtaken(f"version {paper.version} of {paper.number} does not follow {last.get(paper.number, 0)}")
        if paper.version > 1:
            _supersede(trade, paper)
        rows += [_row(trade, paper, file, by) for file in paper.files]
    Document.objects.bulk_create(rows, batch_size=200)
    for at, notices in _notices(papers).items():
        outbox.write_many(notices, at=at, by=by)
    return len(papers)


def _notices(papers: Sequence[PaperIssued]) -> dict[datetime, list[Notice]]:
    """What is told of each paper, by the time of its facts."""
    found: dict[datetime, list[Notice]] = {}
    for paper in papers:
        files = {file.number: file.sha256 for file in paper.files}
        notice = Notice("paper.issued", paper.number, {"kind": paper.kind, "version": paper.version, "files": files})
        found.setdefault(paper.at, []).append(notice)
    return found


@requires("paper", "issue")
@transaction.atomic
def withdraw(*, by: Actor, at: datetime, trade: str, papers: Sequence[str], reason: str) -> int:
    """Mark papers as superseded by nothing, for their facts are gone; return how many files that were."""
    if not papers:
        return 0
    rows = Document.objects.filter(trade=trade, paper__in=list(papers), superseded=False)
    count = rows.update(superseded=True, superseded_at=at, reason=reason[:REASON_LENGTH])
    notices = [Notice("paper.withdrawn", paper, {"reason": reason}) for paper in papers]
    outbox.write_many(notices, at=at, by=by)
    return count


def _supersede(trade: str, paper: PaperIssued) -> None:
    reason = (paper.reason or "the facts changed")[:REASON_LENGTH]
    Document.objects.filter(trade=trade, paper=paper.number, superseded=False).update(
        superseded=True, superseded_at=paper.at, reason=reason
    )


def _row(trade: str, paper: PaperIssued, file: FileIssued, by: Actor) -> Document:
    return Document(
        number=file.number,
        version=paper.version,
        kind=paper.kind,
        trade=trade,
        file=file.file,
        media_type=file.media_type,
        sha256=file.sha256,
        paper=paper.number,
        language=file.language,
        facts=paper.facts,
        figures=dict(paper.figures),
        key=paper.key,
        signature=file.signature,
        journal_sequence=paper.journal[0],
        journal_head=paper.journal[1],
        source=by.source.value,
        stated_at=paper.at,
    )
