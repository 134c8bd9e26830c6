"""Retrieval (召回): the few dozen goods that a line of a list may mean, by pieces of words."""

from __future__ import annotations

from collections.abc import Iterable
from math import log

import tantivy

from bolanggu.engines.goods_search.analysis import han_pieces, is_han, pieces, stem
from bolanggu.engines.goods_search.wording import synonyms, usual

Term = tuple[str, str]
#: Terms of one query at most: the rarest tell most, and common ones are what makes a query slow.
MOST_TERMS = 48
#: A term in more goods than this share is left out of a query that has rarer ones.
COMMON = 0.02


class Vocabulary:
    """How many goods hold a term, remembered for one view of the index."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self.searcher = searcher
        self.goods = max(1, int(searcher.num_docs))
        self._known: dict[Term, int] = {}
        self._weights: dict[str, float] = {}

    def frequency(self, field: str, term: str) -> int:
        """Number of goods that hold ``term`` in ``field``."""
        known = self._known.get((field, term))
        if known is None:
            known = self._known[field, term] = int(self.searcher.doc_freq(field, term))
        return known

    def rarity(self, field: str, term: str) -> float:
        """The idf of BM25: near 0 for a word that all goods have."""
        found = self.frequency(field, term)
        return log(1 + (self.goods - found + 0.5) / (found + 0.5))

    def weight(self, word: str) -> float:
        """The rarity of a folded word, Chinese or other."""
        known = self._weights.get(word)
        if known is None:
            known = self._weights[word] = self.rarity("zh", word) if is_han(word) else self.rarity("en", stem(word))
        return known


def line_terms(words: Iterable[str]) -> list[Term]:
    """Index terms of the content words of a line, with usual spellings and synonyms, each once."""
    found: dict[Term, None] = {}
    for word in words:
        if is_han(word):
            found |= dict.fromkeys(("han", piece) for piece in han_pieces(word))
            continue
        plain = usual(word)
        for form in dict.fromkeys((word, plain)):
            found |= dict.fromkeys(("tri", piece) for piece in pieces(form))
        found |= dict.fromkeys(("en", other) for other in (stem(plain), *sorted(synonyms(plain))))
    return list(found)


def candidates(vocabulary: Vocabulary, schema: tantivy.Schema, words: Iterable[str], limit: int) -> list[tuple[float, tantivy.DocAddress]]:
    """The best ``limit`` goods for the words of a line with their BM25 sums, best first."""
    terms = _telling(vocabulary, line_terms(words))
    if not terms:
        return []
    query = tantivy.Query.boolean_query(
        [(tantivy.Occur.Should, tantivy.Query.term_query(schema, field, term, "freq")) for field, term in terms]
    )
    return list(vocabulary.searcher.search(query, limit=limit, count=False).hits)


def _telling(vocabulary: Vocabulary, terms: list[Term]) -> list[Term]:
    counted = sorted((found, term) for term in terms if (found := vocabulary.frequency(*term)))
    if len(counted) <= 8 or vocabulary.goods < 50_000:
        return [term for _, term in counted][: MOST_TERMS * 4]
    rare = [term for found, term in counted if found <= COMMON * vocabulary.goods]
    return (rare if len(rare) >= 8 else [term for _, term in counted[:8]])[:MOST_TERMS]
