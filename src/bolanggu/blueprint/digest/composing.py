"""Composing (编排): what the page says, from the figures and commitments that were read. No word is added."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from bolanggu.blueprint.digest.cards import Card, cards, headlines
from bolanggu.blueprint.sentences import mended
from bolanggu.engines.figures import Commitment, Figure, Reading

_DATE = re.compile(r"(?:20\d{2}\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*日")
_GROUP = re.compile(r"[“”\"]?[一二三四五六七八九十两]大(?:新)?(?:赛道|场景)[“”\"]?")
_LEVER = re.compile(r"^以(?P<lever>.{1,60}?)为(?:新)?[^，,]{1,6}[，,]")


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the text on the page: the commitment they are (index), the lever, the words."""

    commitment: int
    words: str
    lever: str = ""
    by: str = ""
    measurable: bool = False


@dataclass(frozen=True, slots=True)
class Pillar:
    """A place, pillar or heading with the measures under it."""

    head: Words
    measures: list[Words]


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything on the page. Indices lead to ``figures`` and ``commitments``, and these to the text."""

    title: str
    dated: str
    dated_at: tuple[int, int] | None
    name: str
    sha256: str
    text: str
    figures: list[Figure]
    commitments: list[Commitment]
    headlines: list[Card]
    others: list[Card]
    goals: list[Words]
    tracks: list[Words]
    scenes: list[Words]
    pillars: list[Pillar]
    measures: list[Words]
    targets: list[Words]
    tasks: list[Words]
    principles: list[Words]

    @property
    def years(self) -> list[tuple[str, list[Words]]]:
        """Targets by the year they are due, those without a year last."""
        found: dict[str, list[Words]] = {}
        for target in sorted(self.targets, key=lambda target: target.by or "9999"):
            found.setdefault(target.by, []).append(target)
        return list(found.items())


def compose(text: str, reading: Reading, name: str) -> Digest:
    """Arrange a reading of ``text`` for one page. ``name`` is the file's name, without its folder."""
    made = cards(reading.figures, _of_targets(reading))
    top = headlines(made)
    chosen = {card.figure for card in top}
    of_kind = _by_kind(reading.commitments)
    pillars = _pillars(reading.commitments)
    in_pillars = {words.commitment for pillar in pillars for words in (pillar.head, *pillar.measures)}
    dated = _DATE.search(text, 0, 600)
    return Digest(
        title=_title(text, name),
        dated=mended(dated.group()) if dated else "",
        dated_at=dated.span() if dated else None,
        name=name,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        figures=reading.figures,
        commitments=reading.commitments,
        headlines=top,
        others=[card for card in made if card.figure not in chosen],
        goals=[words for words in of_kind("goal") if words.commitment not in in_pillars],
        tracks=[words for words in of_kind("track") if not _GROUP.fullmatch(words.words)],
        scenes=[words for words in of_kind("scene") if not _GROUP.fullmatch(words.words)],
        pillars=pillars,
        measures=[words for words in of_kind("measure") if words.commitment not in in_pillars],
        targets=of_kind("target"),
        tasks=of_kind("task"),
        principles=of_kind("principle"),
    )


def _of_targets(reading: Reading) -> set[int]:
    """Figures that stand in a target: they are what is to be, and show in the line of years."""
    aims = [one for one in reading.commitments if one.kind == "target" and one.by]
    return {
        at
        for at, figure in enumerate(reading.figures)
        if any(aim.start <= figure.start and figure.end <= aim.end for aim in aims)
    }


class _by_kind:  # noqa: N801 - called like a function
    """Commitments of one kind as words, each wording once."""

    def __init__(self, commitments: list[Commitment]) -> None:
        self._commitments = commitments

    def __call__(self, kind: str) -> list[Words]:
        found: dict[str, Words] = {}
        for at, commitment in enumerate(self._commitments):
            if commitment.kind == kind:
                words = _words(at, commitment)
                found.setdefault(f"{words.by} {words.words}", words)
        return list(found.values())


def _words(at: int, commitment: Commitment) -> Words:
    words = mended(commitment.text).strip("#*● ")
    lever = commitment.lever or ""
    hit = _LEVER.match(words) if lever else None
    rest = words[hit.end() :] if hit else words
    return Words(at, rest, lever if hit else "", commitment.by or "", commitment.measurable)


def _pillars(commitments: list[Commitment]) -> list[Pillar]:
    """Goals that have measures under them."""
    under: dict[int, list[Words]] = {}
    for at, commitment in enumerate(commitments):
        if commitment.kind == "measure" and commitment.parent is not None:
            under.setdefault(commitment.parent, []).append(_words(at, commitment))
    return [Pillar(_words(head, commitments[head]), measures) for head, measures in sorted(under.items())]


def _title(text: str, name: str) -> str:
    """The first heading, else the first short paragraph, else the name of the file."""
    paragraphs = [mended(part).strip("#* ") for part in re.split(r"\n[ \t\u3000]*\n", text)]
    headings = [mended(line).strip("#* ") for line in text.splitlines() if line.startswith("# ")]
    short = [part for part in paragraphs if 2 <= len(part) <= 48]
    return next(iter(_kept(headings) or _kept(short)), name)


def _kept(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if any("\u4e00" <= letter <= "\u9fff" or letter.isalpha() for letter in line)][:1]


def steps(years: Iterable[str]) -> list[int]:
    """Gaps between the years of a line, for drawing it to scale.

    >>> steps(["2027", "2030", "2035"])
    [3, 5]
    """
    return [int(later) - int(earlier) for earlier, later in pairwise(year[:4] for year in years if year)]
