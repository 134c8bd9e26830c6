"""Issuing (签发): which papers are new versions, their files made and sealed, recorded and kept; old versions stay."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from bolanggu.market.documents import selectors as documents
from bolanggu.market.documents.services import FileIssued, Overtaken, PaperIssued, issue, withdraw
from bolanggu.market.documents.setting import Issue
from bolanggu.platform.again import again
from bolanggu.platform.journal import selectors as journal
from bolanggu.platform.seals import Journal, Key, Paper, seal
from bolanggu.platform.seals.house import house_key
from bolanggu.trade.models import Trade
from bolanggu.trade.papers.drafts import Draft
from bolanggu.trade.papers.files import write
from bolanggu.trade.world.cast import WORLD

_TRIES = 3
Rows = Sequence[Mapping[str, Any]]


def issue_papers(trade: Trade, drafts: Sequence[Draft], *, at: datetime, reason: str = "") -> None:
    """Issue what is new among the drafts, and make again what stands and is gone from the store.

    Parameters
    ----------
    at
        The time of the last fact of the trade: a paper that changed is of that time, and so is a withdrawal.
    reason
        Why papers change, where the caller knows; else the figures that changed are named.

    Raises
    ------
    Overtaken
        Others issued papers of the same trade meanwhile, three times in a row.
    """
    for attempt in range(_TRIES):
        try:
            Round(trade, at, reason).issue(drafts)
        except Overtaken:
            if attempt + 1 == _TRIES:
                raise
        else:
            return


@dataclass(frozen=True, slots=True)
class Made:
    """The files of one version of a paper: what is recorded, and the bytes by file."""

    paper: PaperIssued
    contents: Mapping[str, bytes]


@dataclass(slots=True)
class Round:
    """One round of issuing: what stands, the last versions, the key, and the place in the journal, read once."""

    trade: Trade
    at: datetime
    reason: str
    standing: Mapping[str, Rows] = field(init=False)
    last: Mapping[str, int] = field(init=False)
    key: Key = field(init=False)
    place: tuple[int, str] = field(init=False)

    def __post_init__(self) -> None:
        """Read what the round rests on."""
        number = self.trade.number
        self.standing, self.last = documents.standing(number), documents.last_versions(number)
        self.key, self.place = house_key(), journal.last_of(number)

    def issue(self, drafts: Sequence[Draft]) -> None:
        """Make what is new, record it in one transaction, and keep its files."""
        fresh = [self._next(draft) for draft in drafts if not self._stands(draft)]
        gone = self._gone(drafts)
        if not fresh and not gone:
            return

        @transaction.atomic
        def record() -> None:
            Trade.objects.select_for_update().get(pk=self.trade.pk)  # one at a time: no gaps and no doubles
            why = self.reason or "the facts for it are gone"
            issue(by=WORLD, trade=self.trade.number, papers=[made.paper for made in fresh])
            withdraw(by=WORLD, at=self.at, trade=self.trade.number, papers=gone, reason=why)

        again(record)
        for made in fresh:
            _keep(made.contents)

    def _stands(self, draft: Draft) -> bool:
        """True if the draft's facts are those of the standing version, whose files are kept or made again."""
        rows = self.standing.get(draft.number)
        if not rows or rows[0]["facts"] != draft.digest:
            return False
        if all(_intact(row) for row in rows):
            return True
        return rows[0]["key"] == self.key.public and self._made_again(draft, rows)

    def _made_again(self, draft: Draft, rows: Rows) -> bool:
        first = rows[0]
        place = first["journal_sequence"], first["journal_head"]
        made = self._made(draft, first["version"], first["stated_at"], place)
        recorded = {row["file"]: row["sha256"] for row in rows}
        same = recorded == {file.file: file.sha256 for file in made.paper.files}
        if same:
            _keep(made.contents)
        return same

    def _gone(self, drafts: Sequence[Draft]) -> list[str]:
        """Papers of the kinds at hand that the facts no longer give, such as that of a box that was rolled."""
        kinds, numbers = {draft.kind for draft in drafts}, {draft.number for draft in drafts}
        return [number for number, rows in self.standing.items() if number not in numbers and rows[0]["kind"] in kinds]

    def _next(self, draft: Draft) -> Made:
        version = self.last.get(draft.number, 0) + 1
        rows = self.standing.get(draft.number)
        if not rows:
            return self._made(draft, version, draft.at, self.place)
        why = self.reason or _differences(rows[0], draft, self.key)
        return self._made(draft, version, max(self.at, draft.at), self.place, why)

    def _made(self, draft: Draft, version: int, at: datetime, place: tuple[int, str], reason: str = "") -> Made:
        """Make and seal every form of a version."""
        key, number = self.key, self.trade.number
        under = Issue(version, key.issuer, key.public, *place, at)
        files, contents = [], {}
        for form in draft.forms:
            paper = Paper(draft.file_number(form), draft.kind, version, form.language, number)
            moment = at.astimezone(UTC).isoformat()
            sealed, stated = seal(form.make(under), paper=paper, at=moment, journal=Journal(*place), key=key)
            file = f"{number}/versions/{draft.file(form, version)}"
            contents[file] = sealed
            digest = hashlib.sha256(sealed).hexdigest()
            files.append(FileIssued(paper.number, form.language, file, form.media_type, digest, stated.signature))
        issued = PaperIssued(
            number=draft.number,
            kind=draft.kind,
            version=version,
            at=at,
            facts=draft.digest,
            files=files,
            figures=draft.figures,
            key=key.public,
            journal=place,
            reason=reason,
        )
        return Made(issued, contents)


def _differences(row: Mapping[str, Any], draft: Draft, key: Key) -> str:
    """What changed between the standing version and the draft, in words."""
    if row["facts"] == draft.digest:
        return "sealed with another key" if row["key"] != key.public else "made by another version of the software"
    before, now = row["figures"], draft.figures
    changed = [name for name in {**before, **now} if before.get(name) != now.get(name)]
    parts = [f"{name}: {before.get(name, 'none')} → {now.get(name, 'none')}" for name in changed]
    return "; ".join(parts) or "the facts changed"


def _intact(row: Mapping[str, Any]) -> bool:
    file = documents.store() / row["file"]
    return file.is_file() and bool(hashlib.sha256(file.read_bytes()).hexdigest() == row["sha256"])


def _keep(contents: Mapping[str, bytes]) -> None:
    for file, content in contents.items():
        write(documents.store() / file, content)
