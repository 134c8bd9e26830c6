"""Matching a purchase list (清单匹配): each line to its good, with a probability, or unmatched with a reason.

An exact title or code comes first; then pieces of words find a few dozen candidates and the reranker weighs
word by word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import tantivy

from bolanggu.engines.goods_search.alignment import Comparison, Phrase, content, phrase
from bolanggu.engines.goods_search.analysis import is_han, stem
from bolanggu.engines.goods_search.folding import has_han, tokens
from bolanggu.engines.goods_search.index import GoodsIndex, pids
from bolanggu.engines.goods_search.non_goods import non_goods
from bolanggu.engines.goods_search.query import search
from bolanggu.engines.goods_search.readings import readings
from bolanggu.engines.goods_search.retrieval import candidates, term_query
from bolanggu.engines.goods_search.schema import code_key
from bolanggu.engines.goods_search.scoring import Evidence, probability, rank_score, shares

CANDIDATES = 32
EXACT, SAME_WORDS, BARE = 1.0, 0.995, 0.99
#: Probability that is shared by all goods that a line in another language means.
MEANT = 0.6
BY_MEANING = frozenset(("meaning", "item"))
FOREIGN = frozenset(("es", "fr", "ru", "ar"))
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
    """One line of a list; ``price`` in the cards' minor units breaks ties; without ``lang`` the text tells it."""

    text: str
    price: int | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A good that a line may mean; ``score`` is a calibrated probability."""

    pid: int
    code: str
    score: float


@dataclass(frozen=True, slots=True)
class Match:
    """Candidates, best first. ``ties`` are codes that fit as well as the first; ``reason`` says why there is none."""

    candidates: tuple[Candidate, ...] = ()
    ties: tuple[str, ...] = ()
    reason: str = ""


@dataclass(slots=True)
class _Draft:
    line: Line
    reason: str = ""
    same_words: list[int] = field(default_factory=list)
    by_code: dict[int, float] = field(default_factory=dict)
    found: dict[int, float] = field(default_factory=dict)
    meant: dict[int, float] = field(default_factory=dict)


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
        wanted = sorted(
            {pid for draft in drafts for pid in (*draft.same_words, *draft.by_code, *draft.found, *draft.meant)}
        )
        known = cards(wanted) if wanted else {}
        found += [finder.finish(draft, known, top) for draft in drafts]
    return found


class _Finder:
    def __init__(self, index: GoodsIndex) -> None:
        self.index = index
        self.schema = index.schema
        self.vocabulary = index.vocabulary()
        self.searcher = self.vocabulary.searcher
        self._phrases: dict[str, Phrase] = {}

    def draft(self, line: Line, *, fill: bool) -> _Draft:
        text = line.text[:LONGEST_LINE]
        draft = _Draft(line, reason=non_goods(text))
        if draft.reason:
            return draft
        read = readings(text)
        draft.same_words = [pid for reading in read for pid in self._same_words(reading)]
        draft.by_code = self._by_code(text)
        if fill or not (draft.same_words or draft.by_code):
            words = content(read[-1])
            draft.found = self._found(words)
            if not draft.same_words and self._foreign(line, words):
                draft.meant = self._meant(read[-1], line.lang)
        return draft

    def _foreign(self, line: Line, words: Sequence[str]) -> bool:
        """True if the line is said to be in another language than the titles', or most of its words stand in none."""
        if line.lang in FOREIGN:
            return True
        letters = [word for word in words if not word[0].isdigit()]
        known = sum(
            self.vocabulary.frequency("zh" if is_han(w) else "en", w if is_han(w) else stem(w)) > 0 for w in letters
        )
        return 2 * known < len(letters) or any(map(is_han, words))

    def _meant(self, text: str, lang: str | None) -> dict[int, float]:
        """Goods that the line means in the trade's words; the more there are, the less likely is each."""
        hits = [hit for hit in search(self.index, text, lang=lang, limit=CANDIDATES) if hit.tier in BY_MEANING]
        return {hit.pid: MEANT / len(hits) * (1 - n / len(hits) / 2) for n, hit in enumerate(hits)}

    def _same_words(self, reading: str) -> list[int]:
        """Goods whose titles may have exactly these words: of those with them all, BM25 puts the shortest first."""
        terms = [("zh" if is_han(word) else "en", word if is_han(word) else stem(word)) for word in content(reading)]
        if not terms or any(not self.vocabulary.frequency(*term) for term in terms):
            return []
        must = [(tantivy.Occur.Must, term_query(self.schema, term)) for term in dict.fromkeys(terms)]
        return self._pids(self.searcher.search(tantivy.Query.boolean_query(must), limit=12, count=False).hits)

    def _pids(self, hits: Sequence[tuple[float, tantivy.DocAddress]]) -> list[int]:
        return pids(self.searcher, [address for _, address in hits])

    def _found(self, words: Sequence[str]) -> dict[int, float]:
        hits = candidates(self.vocabulary, self.schema, words, CANDIDATES)
        return {pid: score / hits[0][0] for pid, (score, _) in zip(self._pids(hits), hits, strict=True)}

    def _by_code(self, text: str) -> dict[int, float]:
        """Goods whose code is the whole line, or stands in it as a word with digits."""
        words = [word.strip("()[]#:;.") for word in text.replace(",", " ").split()]
        keys = {code_key(word): BARE for word in words[:12] if len(word) >= 4 and any(c.isdigit() for c in word)}
        keys[code_key(text)] = EXACT
        found: dict[int, float] = {}
        for key, worth in keys.items():
            hits = self.searcher.search(term_query(self.schema, ("code", key)), limit=3, count=False).hits
            found |= dict.fromkeys(self._pids(hits), worth)
        return found

    def finish(self, draft: _Draft, cards: Mapping[int, Card], top: int) -> Match:
        if draft.reason:
            return Match(reason=draft.reason)
        exact = self._exact(draft, cards)
        scored = self._rerank(draft, cards, BARE - (0.1 if exact else 0.01))
        likely = {pid: score for pid, score in draft.meant.items() if pid in cards}
        for pid, score in (*likely.items(), *exact.items()):
            scored[pid] = max(score, scored.get(pid, 0.0))
        if not scored:
            return Match(reason="no good in the catalogue has any of these words")
        order = sorted(
            scored, key=lambda pid: (-round(scored[pid], 4), self._price_gap(draft.line, cards[pid]), cards[pid].code)
        )
        first = scored[order[0]]
        ties = tuple(cards[pid].code for pid in order[1:] if abs(scored[pid] - first) < 1e-4)
        best = tuple(Candidate(pid, cards[pid].code, round(scored[pid], 4)) for pid in order[:top])
        return Match(best, ties)

    @staticmethod
    def _exact(draft: _Draft, cards: Mapping[int, Card]) -> dict[int, float]:
        """Goods named by code, by title as it stands, or by the title's words in another order; and their worth."""
        found = {pid: worth for pid, worth in draft.by_code.items() if pid in cards}
        for reading, worth in zip(readings(draft.line.text[:LONGEST_LINE]), (EXACT, BARE), strict=False):
            words = tokens(reading)
            for pid in draft.same_words:
                titles = [tokens(title) for title in cards[pid].titles] if pid in cards else []
                if words in titles:
                    found[pid] = max(worth, found.get(pid, 0.0))
                elif sorted(words) in map(sorted, titles):
                    found[pid] = max(worth * SAME_WORDS, found.get(pid, 0.0))
        return found

    def _rerank(self, draft: _Draft, cards: Mapping[int, Card], ceiling: float) -> dict[int, float]:
        read = [
            Comparison(phrase(reading, self.vocabulary.weight)) for reading in readings(draft.line.text[:LONGEST_LINE])
        ]
        known = [pid for pid in draft.found if pid in cards]
        evidence = [
            max(
                (
                    Evidence(line.with_title(self._phrase(title)), draft.found[pid], float(n > 0))
                    for n, line in enumerate(read)
                    for title in _in_script(cards[pid].titles, draft.line.text)
                ),
                key=rank_score,
            )
            for pid in known
        ]
        parts = shares([rank_score(each) for each in evidence])
        alike = _alike(known, cards)
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


def _in_script(titles: Sequence[str], line: str) -> Sequence[str]:
    """The titles in the line's script: Chinese ones for a line with Chinese, the others for one without; else all."""
    if len(titles) < 2:
        return titles
    chinese = has_han(line)
    return [title for title in titles if has_han(title) is chinese] or titles
