"""Matching a purchase list (清单匹配): each line to its good, with a probability, or unmatched with a reason.

An exact title or code comes first; then pieces of words find a few dozen candidates and the reranker weighs word by word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import tantivy

from bolanggu.engines.goods_search.alignment import Phrase, align, content, phrase
from bolanggu.engines.goods_search.folding import tokens
from bolanggu.engines.goods_search.index import GoodsIndex, pids
from bolanggu.engines.goods_search.non_goods import non_goods
from bolanggu.engines.goods_search.readings import readings
from bolanggu.engines.goods_search.retrieval import Vocabulary, candidates
from bolanggu.engines.goods_search.schema import code_key, title_keys
from bolanggu.engines.goods_search.scoring import Evidence, probability, rank_score, shares

CANDIDATES = 60
EXACT, SAME_WORDS, BARE = 1.0, 0.995, 0.99
CHUNK = 200  # lines whose cards are fetched together
LONGEST_LINE = 300  # characters that are read of a line


@dataclass(frozen=True, slots=True)
class Card:
    """What matching must see of a good: its code, titles, aliases, and unit price in minor units if known."""

    code: str
    titles: tuple[str, ...]
    price: int | None = None


#: Fetches the cards of some pids in one go.
Cards = Callable[[Sequence[int]], Mapping[int, Card]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list; ``price`` in the minor units that the cards use breaks ties."""

    text: str
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A good that a line may mean; ``score`` is a calibrated probability."""

    pid: int
    code: str
    score: float


@dataclass(frozen=True, slots=True)
class Match:
    """Candidates, best first. ``ties`` are codes that say exactly the same as the first; ``reason`` why there is none."""

    candidates: tuple[Candidate, ...] = ()
    ties: tuple[str, ...] = ()
    reason: str = ""


@dataclass(slots=True)
class _Draft:
    line: Line
    reason: str = ""
    exact: dict[int, float] = field(default_factory=dict)
    found: dict[int, float] = field(default_factory=dict)


def match(index: GoodsIndex, lines: Iterable[Line], cards: Cards, *, top: int = 5) -> list[Match]:
    """Match lines to goods.

    Parameters
    ----------
    index
        The goods' index.
    lines
        Any number; never fails on a text.
    cards
        Where codes and titles come from; called once for some hundred lines.
    top
        Candidates wanted a line. With 1, a line with an exact title costs no further search.
    """
    finder = _Finder(index)
    rest = iter(lines)
    found: list[Match] = []
    while chunk := list(islice(rest, CHUNK)):
        drafts = [finder.draft(line, fill=top > 1) for line in chunk]
        wanted = sorted({pid for draft in drafts for pid in (*draft.exact, *draft.found)})
        known = cards(wanted) if wanted else {}
        found += [finder.finish(draft, known, top) for draft in drafts]
    return found


class _Finder:
    def __init__(self, index: GoodsIndex) -> None:
        self.schema = index.schema
        self.searcher = index.searcher()
        self.vocabulary = Vocabulary(self.searcher)
        self._phrases: dict[str, Phrase] = {}

    def draft(self, line: Line, *, fill: bool) -> _Draft:
        text = line.text[:LONGEST_LINE]
        draft = _Draft(line, reason=non_goods(text))
        if draft.reason:
            return draft
        read = readings(text)
        for reading, worth in zip(read, (EXACT, BARE), strict=False):
            for key, discount in zip(title_keys(reading), (1.0, SAME_WORDS), strict=False):
                for pid in self._exactly(key):
                    draft.exact.setdefault(pid, worth * discount)
        if not draft.exact:
            draft.exact = self._by_code(text)
        if fill or not draft.exact:
            hits = candidates(self.vocabulary, self.schema, content(read[-1]), CANDIDATES)
            best = hits[0][0] if hits else 1.0
            ids = pids(self.searcher, [address for _, address in hits])
            draft.found = {pid: score / best for pid, (score, _) in zip(ids, hits, strict=True)}
        return draft

    def _exactly(self, key: int) -> list[int]:
        query = tantivy.Query.term_query(self.schema, "exact", key)
        hits = self.searcher.search(query, limit=50, count=False).hits
        return pids(self.searcher, [address for _, address in hits])

    def _by_code(self, text: str) -> dict[int, float]:
        """Goods whose code is the whole line, or stands in it as a word with digits."""
        for pid in self._exactly(code_key(text)):
            return {pid: EXACT}
        words = [word for word in text.replace(",", " ").split() if len(word) >= 4 and any(c.isdigit() for c in word)]
        return {pid: BARE for word in words[:6] for pid in self._exactly(code_key(word.strip("()[]#:;.")))}

    def finish(self, draft: _Draft, cards: Mapping[int, Card], top: int) -> Match:
        if draft.reason:
            return Match(reason=draft.reason)
        scored = self._rerank(draft, cards)
        for pid, score in draft.exact.items():
            if pid in cards:
                scored[pid] = max(score, scored.get(pid, 0.0))
        if not scored:
            return Match(reason="no good in the catalogue has any of these words")
        order = sorted(scored, key=lambda pid: (-round(scored[pid], 4), self._price_gap(draft.line, cards[pid]), cards[pid].code))
        first = scored[order[0]]
        ties = tuple(cards[pid].code for pid in order[1:] if abs(scored[pid] - first) < 1e-4)
        best = tuple(Candidate(pid, cards[pid].code, round(scored[pid], 4)) for pid in order[:top])
        return Match(best, ties)

    def _rerank(self, draft: _Draft, cards: Mapping[int, Card]) -> dict[int, float]:
        read = [phrase(reading, self.vocabulary.weight) for reading in readings(draft.line.text[:LONGEST_LINE])]
        known = [pid for pid in draft.found if pid in cards]
        evidence = [
            max(
                (
                    Evidence(align(words, self._phrase(title)), draft.found[pid], float(n > 0))
                    for n, words in enumerate(read)
                    for title in cards[pid].titles
                ),
                key=rank_score,
            )
            for pid in known
        ]
        parts = shares([rank_score(each) for each in evidence])
        alike = _alike(known, cards)
        ceiling = BARE - 0.01 if not draft.exact else BARE - 0.1
        return {
            pid: min(ceiling, probability(each, min(1.0, part * alike[pid])))
            for pid, each, part in zip(known, evidence, parts, strict=True)
        }

    def _phrase(self, title: str) -> Phrase:
        known = self._phrases.get(title)
        if known is None:
            known = self._phrases[title] = phrase(title, self.vocabulary.weight)
        return known

    @staticmethod
    def _price_gap(line: Line, card: Card) -> float:
        return abs(line.price - card.price) if line.price is not None and card.price is not None else 0.0


def _alike(known: Sequence[int], cards: Mapping[int, Card]) -> dict[int, int]:
    """For each candidate the number of candidates with its very title: together they are one answer."""
    keys = {pid: " ".join(tokens(cards[pid].titles[0])) for pid in known}
    counts: dict[str, int] = {}
    for key in keys.values():
        counts[key] = counts.get(key, 0) + 1
    return {pid: counts[key] for pid, key in keys.items()}

