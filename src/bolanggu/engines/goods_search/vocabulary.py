"""Vocabulary (词表): the words of all titles, how many goods hold each, and what a mistyped word may mean.

Words number in the thousands where goods number in the millions, so spelling is compared with words, never with titles.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from math import log

import tantivy
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bolanggu.engines.goods_search.analysis import is_han, pinyin, skeleton, stem
from bolanggu.engines.goods_search.wording import nearness, synonyms, usual

LEAST_NEARNESS = 0.42
MOST_LIKE = 8
_PREFILTER = 40
_LONGEST_HEADED, _MOST_HEADED = 4, 60


class Vocabulary:
    """The words of one view of the index; reads them when first needed."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self.searcher = searcher
        self.goods = max(1, int(searcher.num_docs))
        self._frequencies: dict[tuple[str, str], int] = {}
        self._weights: dict[str, float] = {}
        self._alike: dict[str, tuple[tuple[str, float], ...]] = {}

    def frequency(self, field: str, term: str) -> int:
        """Number of goods that hold ``term`` in ``field``."""
        known = self._frequencies.get((field, term))
        if known is None:
            known = self._frequencies[field, term] = int(self.searcher.doc_freq(field, term))
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

    @cached_property
    def _by_letter(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for field in ("en", "spelt"):
            for word, _ in self.searcher.terms_with_prefix(field, ""):
                if word[0].isalpha() and len(word) > 1:
                    found[word[0]].append(word)
        return found

    @cached_property
    def _by_skeleton(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for words in self._by_letter.values():
            for word in words:
                found[skeleton(word)].append(word)
        return found

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word, _ in self.searcher.terms_with_prefix("zh", ""):
            if len(word) > 1:
                found[pinyin(word)].append(word)
        return found

    @cached_property
    def _by_head(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word, goods in sorted(self.searcher.terms_with_prefix("zh", ""), key=lambda entry: (-entry[1], entry[0])):
            if goods and 1 < len(word) <= _LONGEST_HEADED and len(found[word[-1]]) < _MOST_HEADED:
                found[word[-1]].append(word)
        return found

    @cached_property
    def _by_char(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for field in ("zh", "han"):
            for word, _ in self.searcher.terms_with_prefix(field, ""):
                for char in set(word):
                    found[char].append((field, word))
        return found

    def holding(self, char: str) -> list[tuple[str, str]]:
        """Index terms that hold a Chinese character."""
        return self._by_char.get(char, [])

    def headed(self, char: str) -> list[str]:
        """Chinese words of the titles that end in a character: the last one names the kind of thing (伞, 筷, 盒)."""
        return self._by_head.get(char, [])

    def homophones(self, word: str) -> list[str]:
        """Other Chinese words of the titles that sound the same."""
        return [other for other in self._by_sound.get(pinyin(word), ()) if other != word]

    def alike(self, word: str) -> tuple[tuple[str, float], ...]:
        """Stems of the titles that a typed word may stand for, with their nearness, nearest first.

        Same word, usual spelling, synonyms, abbreviations and typing errors; the first letter is taken as right unless
        the word is not known at all.
        """
        known = self._alike.get(word)
        if known is None:
            known = self._alike[word] = self._look_up(word)
        return known

    def _look_up(self, word: str) -> tuple[tuple[str, float], ...]:
        plain = usual(word)
        near = {form: 1.0 for form in (stem(word), stem(plain)) if self.frequency("en", form)}
        if not word[0].isalpha():
            return tuple(near.items())
        near |= {other: 0.8 for other in synonyms(plain) if other not in near and self.frequency("en", other)}
        for other in self._spelt_like(word, wide=not near):
            value = nearness(word, other)
            if value >= LEAST_NEARNESS:
                root = stem(other)
                near[root] = max(near.get(root, 0.0), value)
        best = sorted(near.items(), key=lambda item: (-item[1], item[0]))
        return tuple(best[:MOST_LIKE])

    def _spelt_like(self, word: str, *, wide: bool) -> list[str]:
        if len(word) < 2:
            return []
        same_letter = self._by_letter.get(word[0], [])
        groups = list(self._by_letter.values()) if wide and len(word) > 3 else [same_letter]
        found = [other for other in same_letter if len(word) >= 3 and other.startswith(word)][:_PREFILTER]
        found += self._by_skeleton.get(skeleton(word), [])[:_PREFILTER]
        if len(word) >= 3:
            for group in groups:
                hits = process.extract(
                    word, group, scorer=OSA.normalized_similarity, score_cutoff=0.6, limit=_PREFILTER
                )
                found += [other for other, _, _ in hits]
            rest = [other for other in same_letter if len(other) >= len(word) + 2]
            found += [
                other for other in rest if len(word) * 2 <= len(other) + 2 and nearness(word, other) >= LEAST_NEARNESS
            ]
        return list(dict.fromkeys(found))

    def parts(self, word: str) -> list[tuple[str, str]]:
        """Two words of the titles that a typed word runs together, such as ``jampot``."""
        if len(word) < 6 or not word.isalpha():
            return []
        cuts = ((stem(word[:at]), stem(word[at:])) for at in range(3, len(word) - 2))
        return [cut for cut in cuts if all(self.frequency("en", part) for part in cut)][:2]
