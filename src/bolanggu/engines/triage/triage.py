"""Triage (诉求分派): category and department of a request, zh or en, with confidence and the deciding words.

A score is the sum of the weights of the category's terms, each further one counting less, and the text's likeness to
the category's words; where the scope of a category names a split (noise, parking, road), the
department follows the words of the split.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bolanggu.engines.triage.departments import department_of
from bolanggu.engines.triage.lexicon import holder, terms
from bolanggu.engines.triage.likeness import likeness
from bolanggu.values.fault import Fault

#: each further term of a category counts this share of the one before
FADING = 0.6
#: a likeness of 1 counts like this many points of terms
LIKENESS = 30.0
#: confidence is a soft maximum of the scores with this sharpness
SHARPNESS = 0.7
#: below this score a request is unclear
LEAST = 0.8


@dataclass(frozen=True, slots=True)
class Triage:
    """An answer; ``confidence`` in 0..1, ``words`` are the terms that spoke for it, ``others`` the next categories."""

    category: str
    department: str
    confidence: float
    words: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A row's answer."""

    row: int | str
    triage: Triage

    def as_dict(self) -> dict[str, object]:
        """The answer as JSON data."""
        found = self.triage
        return {
            "row": self.row,
            "category": found.category,
            "department": found.department,
            "confidence": found.confidence,
            "words": list(found.words),
            "others": list(found.others),
        }


def language(text: str) -> str:
    """``zh`` if the text holds Chinese characters enough, else ``en``.

    >>> language("My visa expires"), language("我要投诉 KTV")
    ('en', 'zh')
    """
    chinese = sum("\u4e00" <= char <= "\u9fff" for char in text)
    return "zh" if chinese * 4 >= sum(char.isalpha() for char in text) else "en"


def triage(text: str) -> Triage:
    """Category and department of one request; unclear ones go to other / TOWN.

    >>> found = triage("遛狗不拴绳，还没有狗证")
    >>> found.category, found.department
    ('dogs', 'URBAN')
    """
    lang = language(text)
    has = holder(text, lang)
    hits: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for term in terms(lang):
        if all(any(has(word) for word in part) for part in term.parts):
            hits[term.category].append((term.weight, term.plain or "&".join("|".join(part) for part in term.parts)))
    scores = {code: LIKENESS * value for code, value in likeness(text, lang).items()}
    for code, found in hits.items():
        scores[code] = scores.get(code, 0.0) + _score(found)
    order = sorted(scores, key=lambda code: (-scores[code], code))
    if not order or scores[order[0]] < LEAST:
        return Triage("other", "TOWN", 0.0, (), ())
    best = order[0]
    total = sum(math.exp(SHARPNESS * (score - scores[best])) for score in scores.values())
    shown = tuple(word for _, word in sorted(hits.get(best, ()), key=lambda hit: -hit[0])[:4])
    return Triage(best, department_of(best, has), round(1 / total, 3), shown, tuple(order[1:4]))


def _score(found: list[tuple[int, str]]) -> float:
    """Sum with fading weights; a word inside another found word of the category does not count twice."""
    kept = [
        hit for hit in found if not any(hit[1] != other and hit[1] in other for _, other in found if "&" not in other)
    ]
    weights = sorted((weight for weight, _ in kept), reverse=True)
    return sum(weight * FADING**place for place, weight in enumerate(weights))


def read_requests(rows: Iterable[Mapping[str, str | None]], file: str) -> list[Answer]:
    """Answers to all rows.

    Raises
    ------
    ExceptionGroup
        Of `Fault`, one a row without number or text.
    """
    answers: list[Answer] = []
    faults: list[Exception] = []
    for number, row in enumerate(rows, start=1):
        said = (row.get("row") or "").strip()
        text = (row.get("text") or "").strip()
        if not said or not text:
            column = "text" if said else "row"
            faults.append(
                Fault(file, "it is empty; every request needs a row number and a text", row=number, column=column)
            )
        else:
            answers.append(Answer(int(said) if said.isdecimal() else said, triage(text)))
    if faults:
        raise ExceptionGroup("rows that are no requests", faults)
    return answers
