"""The standard classifier (标准归类器): built from the lexicon's terms of HS 2022. Offline; half a second to build."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from bolanggu.engines.classifying.classifier import Classifier
from bolanggu.engines.classifying.vocabulary import build
from bolanggu.lexicon.hs_terms import loading
from bolanggu.lexicon.hs_terms.nomenclature import texts


@cache
def classifier() -> Classifier:
    """Build the classifier once.

    >>> [found.hs6 for found in classifier().classify("nylon zipper").candidates[:1]]
    ['960719']
    """
    vocabulary = build(
        texts=texts(),
        attributes=loading.rows("attributes"),
        families=loading.rows("families"),
        terms=loading.terms(),
        names_zh=loading.names_zh(),
    )
    return Classifier(vocabulary, loading.calibration())


def classify_many(titles: Sequence[tuple[str, str]]) -> list[tuple[str, float]]:
    """Give the best code and its probability for many titles (English, Chinese; either may be empty).

    >>> [code for code, _ in classify_many([("cotton ankle socks", ""), ("", "陶瓷花瓶")])]
    ['611595', '691390']
    """
    return classifier().classify_many(titles)
