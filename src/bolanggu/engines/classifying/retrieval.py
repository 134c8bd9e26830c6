"""Retrieval (检索): BM25 over the texts of all subheadings with the trade's phrases, for titles with no known word."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from bolanggu.engines.classifying.cleaning import Title, stem, words_of

_K1, _B = 1.2, 0.6
_CHINESE_RUN = re.compile(r"[\u3400-\u9fff]+")


def _tokens(text: str) -> list[str]:
    text = text.lower()
    chinese = [run[i : i + 2] for run in _CHINESE_RUN.findall(text) for i in range(max(1, len(run) - 1))]
    return [*map(stem, words_of(text)), *chinese]


class Retrieval:
    """An inverted index over subheadings; scores are BM25 (k1 1.2, b 0.6)."""

    def __init__(
        self, texts: Mapping[str, str], phrases: Mapping[str, Sequence[str]], names: Mapping[str, str]
    ) -> None:
        """Index each six-digit code by its text twice, its heading's text once, its phrases and its Chinese name."""
        self.codes = sorted(code for code in texts if len(code) == 6)
        documents = [
            Counter(
                _tokens(
                    " ".join(
                        (texts[code], texts[code], texts.get(code[:4], ""), *phrases.get(code, ()), names.get(code, ""))
                    )
                )
            )
            for code in self.codes
        ]
        lengths = np.array([document.total() for document in documents], dtype=np.float64)
        postings: dict[str, tuple[list[int], list[float]]] = {}
        for row, document in enumerate(documents):
            norm = _K1 * (1 - _B + _B * lengths[row] / lengths.mean())
            for token, count in document.items():
                rows, weights = postings.setdefault(token, ([], []))
                rows.append(row)
                weights.append(count * (_K1 + 1) / (count + norm))
        self._postings = {token: self._posting(rows, weights) for token, (rows, weights) in postings.items()}

    def _posting(self, rows: list[int], weights: list[float]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
        rarity = math.log(1 + (len(self.codes) - len(rows) + 0.5) / (len(rows) + 0.5))
        return np.array(rows, dtype=np.int64), np.array(weights) * rarity

    def search(self, title: Title, limit: int) -> list[tuple[str, float]]:
        """The best codes with their scores, best first; empty if no word is known."""
        scores = np.zeros(len(self.codes))
        for token, weight in self._query(title).items():
            found = self._postings.get(token)
            if found:
                scores[found[0]] += weight * found[1]
        best = np.argsort(-scores, kind="stable")[:limit]
        return [(self.codes[row], float(scores[row])) for row in best if scores[row] > 0]

    @staticmethod
    def _query(title: Title) -> dict[str, float]:
        query: dict[str, float] = {}
        words: Iterable[tuple[str, float]] = [
            (word, clause.weight) for clause in title.clauses for word in clause.stems
        ]
        for word, weight in (*words, *((token, 1.0) for run in title.chinese for token in _tokens(run))):
            query[word] = max(query.get(word, 0.0), weight)
        return query
