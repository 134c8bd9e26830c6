"""Searching (搜索): a query in strict tiers; every hit says which tier found it.

code → all words → words inside words → meaning in another language or wording → spelling → the item alone → fewer
words → related goods → sound → any word. A hit of a later tier never stands before one of an earlier tier; the
search stops when enough are found. Queries are built by hand: no text of a user is parsed as a query language.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

import tantivy

from bolanggu.engines.goods_search.analysis import han_cut, han_pairs, is_han, stem, telling
from bolanggu.engines.goods_search.concepts import Concept, Meaning, in_lexicon, language_of, meaning, siblings
from bolanggu.engines.goods_search.filters import Filters, with_filters
from bolanggu.engines.goods_search.folding import tokens
from bolanggu.engines.goods_search.index import GoodsIndex, pids
from bolanggu.engines.goods_search.retrieval import term_query
from bolanggu.engines.goods_search.schema import code_key
from bolanggu.engines.goods_search.vocabulary import Vocabulary

TIERS = ("code", "words", "inside", "meaning", "spelling", "item", "fewer", "related", "sound", "any")
LONGEST_QUERY = 300
MOST_WORDS = 16
MOST_RELATED, MOST_SIBLINGS = 3, 12
_SUFFIXES = "子儿头"  # say nothing of the kind of thing
_MUST, _SHOULD = tantivy.Occur.Must, tantivy.Occur.Should


@dataclass(frozen=True, slots=True)
class Hit:
    """A good found: row id, score in 0 … 1 that never rises down the list, and the tier that found it."""

    pid: int
    score: float
    tier: str


def search(
    index: GoodsIndex, text: str, *, lang: str | None = None, limit: int = 20, filters: Filters | None = None
) -> list[Hit]:
    """Find goods for a query in zh, en, es, fr, ru or ar; never fails on a text.

    Parameters
    ----------
    lang
        Language of Latin-script words; told from the text when None.
    limit
        Hits wanted.
    filters
        What the goods must be.
    """
    if limit < 1:
        return []
    text = text[:LONGEST_QUERY]
    lang = lang or language_of(text)
    plan = _Plan(index, text, lang)
    found: dict[int, tuple[float, str]] = {}
    for number, tier in enumerate(TIERS):
        for query in plan.queries(tier):
            if len(found) >= limit:
                break
            asked = with_filters(index.schema, query, filters or Filters())
            hits = plan.searcher.search(asked, limit=limit + len(found), count=False, weight_by_field="standing").hits
            for pid, (score, _) in zip(pids(plan.searcher, [at for _, at in hits]), hits, strict=True):
                found.setdefault(pid, (_place(number, score), tier))
        if len(found) >= limit:
            break
    return _falling(list(found.items())[:limit])


def all_words(index: GoodsIndex, text: str, lang: str | None = None) -> tantivy.Query:
    """The query for goods that hold all words of a text, for facets; no good where one of them is unknown."""
    plan = _Plan(index, text[:LONGEST_QUERY], lang or language_of(text))
    return next(iter(plan.queries("words")), tantivy.Query.empty_query())


def _place(tier: int, score: float) -> float:
    """The score of a hit: its tier's share of 0 … 1, the relevance within it."""
    return (len(TIERS) - tier - 1 + score / (score + 20)) / len(TIERS)


def _falling(found: Sequence[tuple[int, tuple[float, str]]]) -> list[Hit]:
    hits, before = [], 1.0
    for pid, (score, tier) in found:
        before = min(round(score, 4), before)
        hits.append(Hit(pid, before, tier))
    return hits


class _Plan:
    """The queries of each tier for one text, made when they are asked for."""

    def __init__(self, index: GoodsIndex, text: str, lang: str) -> None:
        self.schema = index.schema
        self.vocabulary: Vocabulary = index.vocabulary()
        self.searcher = self.vocabulary.searcher
        self.text, self.lang = text, lang
        self.words = self._cut(text)
        self._meant: Meaning | None = None

    def queries(self, tier: str) -> Iterable[tantivy.Query]:
        """The queries of a tier, the nearer ones first."""
        asked: Iterable[tantivy.Query] = getattr(self, f"_tier_{tier}")()
        return asked

    @property
    def meant(self) -> Meaning:
        """What the text means in the words of the lexicon."""
        if self._meant is None:
            self._meant = meaning(self.text, self.lang)
        return self._meant

    @staticmethod
    def _cut(text: str) -> list[str]:
        words: list[str] = []
        for token in tokens(text):
            words += [word for word in han_cut(token) if word.strip()] if is_han(token) else [token]
        return list(dict.fromkeys(telling(words)))[:MOST_WORDS]

    def _term(self, word: str) -> tantivy.Query | None:
        """Goods with a word as the index cuts it; None when no good has it."""
        fields = [("zh", word)] if is_han(word) else [("en", stem(word))]
        if not is_han(word) and self.lang in {"es", "fr", "ru", "ar"}:
            fields.append(("other", f"{self.lang}:{stem(word, self.lang)}"))
        known = [term_query(self.schema, term) for term in fields if self.vocabulary.frequency(*term)]
        return self._any(known) if known else None

    def _inside_word(self, word: str) -> tantivy.Query | None:
        """Goods with a Chinese word inside a longer one, or the word itself."""
        plain = self._term(word)
        if not is_han(word):
            return plain
        if len(word) == 1:
            longer = [term_query(self.schema, term) for term in self.vocabulary.holding(word)]
            return self._any(longer) if longer else None
        pairs = []
        for pair in han_pairs(word):
            known = [
                term_query(self.schema, (field, pair))
                for field in ("zh", "han")
                if self.vocabulary.frequency(field, pair)
            ]
            if not known:
                return plain
            pairs.append(self._any(known))
        inside = self._all(pairs)
        return self._any([plain, inside]) if plain is not None else inside

    @staticmethod
    def _any(queries: Sequence[tantivy.Query]) -> tantivy.Query:
        return queries[0] if len(queries) == 1 else tantivy.Query.boolean_query([(_SHOULD, query) for query in queries])

    @staticmethod
    def _all(queries: Sequence[tantivy.Query]) -> tantivy.Query:
        return queries[0] if len(queries) == 1 else tantivy.Query.boolean_query([(_MUST, query) for query in queries])

    def _best(self, weighted: Sequence[tuple[tantivy.Query, float]]) -> tantivy.Query:
        """The best of several ways of saying one thing, each with its worth."""
        boosted = [tantivy.Query.boost_query(query, worth) for query, worth in weighted]
        return boosted[0] if len(boosted) == 1 else tantivy.Query.disjunction_max_query(boosted, 0.3)

    def _tier_code(self) -> Iterable[tantivy.Query]:
        key = code_key(self.text)
        if self.vocabulary.frequency("code", key):
            yield term_query(self.schema, ("code", key))

    def _tier_words(self) -> Iterable[tantivy.Query]:
        found = [self._term(word) for word in self.words]
        if found and all(query is not None for query in found):
            yield self._all([query for query in found if query is not None])

    def _tier_inside(self) -> Iterable[tantivy.Query]:
        if any(map(is_han, self.words)):
            found = [self._inside_word(word) for word in self.words]
            if all(query is not None for query in found):
                yield self._all([query for query in found if query is not None])

    def _wording(self, text: str) -> tantivy.Query | None:
        """Goods that hold all words of a wording of the lexicon."""
        found = [self._inside_word(word) if len(word) > 1 else self._term(word) for word in self._cut(text)]
        known = [query for query in found if query is not None]
        return self._all(known) if known and len(known) == len(found) else None

    def _said(self, concept: Concept) -> list[tuple[tantivy.Query, float]]:
        queries = (self._wording(text) for text in concept.wordings)
        return [(query, concept.score) for query in queries if query is not None]

    def _meaning_query(self, concepts: Sequence[Concept], *, attributes: bool) -> Iterable[tantivy.Query]:
        items = [said for concept in concepts for said in self._said(concept)]
        if not items:
            return
        clauses = [(_MUST, self._best(items))]
        told = [self._said(concept) for concept in self.meant.attributes]
        extra = [self._best(said) for said in told if said]
        direct = [query for word in self.words if (query := self._term(word)) is not None]
        if attributes and extra:
            clauses.append((_MUST, self._any(extra)))
        clauses += [(_SHOULD, query) for query in (*(extra if not attributes else ()), *direct)]
        yield tantivy.Query.boolean_query(clauses)

    def _meaning_of(self, least: float) -> list[Concept]:
        return [concept for concept in self.meant.items if concept.score >= least]

    def _literal(self) -> bool:
        """True if titles have some of the words, and the others stand in no label either: nothing to translate."""
        unknown = [word for word in self.words if self._inside_word(word) is None]
        return 0 < len(unknown) < len(self.words) and not any(in_lexicon(word, self.lang) for word in unknown)

    def _tier_meaning(self) -> Iterable[tantivy.Query]:
        if self._literal():
            return
        yield from self._meaning_query(self._meaning_of(0.75), attributes=True)

    def _tier_item(self) -> Iterable[tantivy.Query]:
        if self._literal():
            return
        yield from self._meaning_query(self._meaning_of(0.75), attributes=False)
        yield from self._meaning_query(self.meant.items, attributes=False)

    def _tier_fewer(self) -> Iterable[tantivy.Query]:
        """All words but the least telling, and so on down to the two that tell most."""
        known = [word for word in self.words if self._inside_word(word) is not None]
        ranked = sorted(known, key=self.vocabulary.weight, reverse=True)
        for keep in range(len(ranked) if len(ranked) < len(self.words) else len(ranked) - 1, 0, -1):
            queries = [self._inside_word(word) for word in ranked[:keep]]
            yield self._all([query for query in queries if query is not None])

    def _near(self, word: str) -> tantivy.Query | None:
        """Goods with a word, or where no good has it, with those that are spelt like it."""
        plain = self._inside_word(word)
        if plain is not None or is_han(word):
            return plain
        near = [(term_query(self.schema, ("en", form)), worth) for form, worth in self.vocabulary.alike(word)]
        return self._best(near) if near else None

    def _tier_spelling(self) -> Iterable[tantivy.Query]:
        """All words, unknown ones as they may have been meant; not where the lexicon knows a foreign word."""
        if not any(self._term(word) is None for word in self.words) or (self.lang != "en" and self.meant.items):
            return
        near = [self._near(word) for word in self.words]
        if near and all(query is not None for query in near):
            yield self._all([query for query in near if query is not None])

    def _tier_any(self) -> Iterable[tantivy.Query]:
        """Any of the words, as it stands or as it may have been meant."""
        near = [query for word in self.words if (query := self._near(word)) is not None]
        if near:
            yield self._any(near)

    def _tier_related(self) -> Iterable[tantivy.Query]:
        """Goods named with parts of the items' Chinese names; then others of the group and of the attributes."""
        named = self.meant.items[:MOST_RELATED]
        told = [self._best(said) for concept in self.meant.attributes if (said := self._said(concept))]
        parts = [self._best(weighted) for concept in named if (weighted := self._parts(concept))]
        if parts:
            yield tantivy.Query.boolean_query([(_MUST, self._any(parts)), *((_SHOULD, query) for query in told)])
        near = [Concept("items", key, 0.5) for concept in named[:2] for key in siblings(concept)[:MOST_SIBLINGS]]
        said = [each for concept in near for each in self._said(concept)]
        if said or told:
            yield self._any([*told, *(tantivy.Query.boost_query(query, worth) for query, worth in said)])

    def _parts(self, concept: Concept) -> list[tuple[tantivy.Query, float]]:
        """The pairs of characters of an item's Chinese names, and the words that end as they do."""
        found: dict[tuple[str, str], float] = {}
        for name in filter(is_han, (run for wording in concept.wordings for run in tokens(wording))):
            for pair in han_pairs(name):
                found |= {(field, pair): 0.6 for field in ("zh", "han") if self.vocabulary.frequency(field, pair)}
            head = name.rstrip(_SUFFIXES)[-1:] or name[-1]
            for word in self.vocabulary.headed(head):
                found.setdefault(("zh", word), 0.45)
        return [(term_query(self.schema, term), worth * concept.score) for term, worth in found.items()]

    def _tier_sound(self) -> Iterable[tantivy.Query]:
        han = [word for word in self.words if is_han(word) and len(word) > 1]
        if not han:
            return
        groups = []
        for word in han:
            forms = [word, *self.vocabulary.homophones(word)]
            known = [term_query(self.schema, ("zh", form)) for form in forms if self.vocabulary.frequency("zh", form)]
            if not known:
                return
            groups.append(self._any(known))
        yield reduce(lambda one, two: self._all([one, two]), groups)
