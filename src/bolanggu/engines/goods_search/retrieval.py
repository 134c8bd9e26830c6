"""Retrieval (召回): the few dozen goods that a line of a list may mean."""

from __future__ import annotations

from collections.abc import Sequence

import tantivy

from bolanggu.engines.goods_search.analysis import han_pairs, is_han, stem
from bolanggu.engines.goods_search.vocabulary import Vocabulary

Term = tuple[str, str]
MOST_TERMS = 40
#: In a large index a term in more goods than this share is left out of a query that has rarer ones.
COMMON = 0.02
LARGE = 50_000


def term_query(schema: tantivy.Schema, term: Term) -> tantivy.Query:
    """Goods that hold a term."""
    return tantivy.Query.term_query(schema, *term, "freq")


def candidates(
    vocabulary: Vocabulary, schema: tantivy.Schema, words: Sequence[str], limit: int
) -> list[tuple[float, tantivy.DocAddress]]:
    """The best ``limit`` goods for the content words of a line with their scores, best first."""
    terms = _line_terms(vocabulary, words)
    if not terms:
        return []
    should = []
    for term, nearness in _telling(vocabulary, terms):
        query = term_query(schema, term)
        should.append((tantivy.Occur.Should, query if nearness >= 1 else tantivy.Query.boost_query(query, nearness)))
    return list(vocabulary.searcher.search(tantivy.Query.boolean_query(should), limit=limit, count=False).hits)


def _line_terms(vocabulary: Vocabulary, words: Sequence[str]) -> dict[Term, float]:
    """Index terms that the words may stand for, with their nearness."""
    found: dict[Term, float] = {}
    for at, word in enumerate(words):
        if is_han(word):
            found |= {
                (field, form): 1.0
                for form in (word, *han_pairs(word))
                for field in ("zh", "han")
                if vocabulary.frequency(field, form)
            }
            continue
        near = [*vocabulary.alike(word), *((part, 0.7) for cut in vocabulary.parts(word) for part in cut)]
        if at + 1 < len(words) and vocabulary.frequency("en", stem(word + words[at + 1])):
            near.append((stem(word + words[at + 1]), 0.9))
        for form, nearness in near:
            found["en", form] = max(nearness, found.get(("en", form), 0.0))
    return found


def _telling(vocabulary: Vocabulary, terms: dict[Term, float]) -> list[tuple[Term, float]]:
    ranked = sorted(terms.items(), key=lambda item: (-item[1] * vocabulary.rarity(*item[0]), item[0]))[:MOST_TERMS]
    if vocabulary.goods < LARGE:
        return ranked
    rare = [item for item in ranked if vocabulary.frequency(*item[0]) <= COMMON * vocabulary.goods]
    return rare if len(rare) >= 2 else ranked[:4]
