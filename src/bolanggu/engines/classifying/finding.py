"""Finding (识别): which goods words and which attributes stand in a title, and how much each place counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bolanggu.engines.classifying.cleaning import Clause, Title
from bolanggu.engines.classifying.vocabulary import Concept, Vocabulary

_LONGEST_ENGLISH = 5
#: Words of the longest clause that reads as one phrase.
_SHORT = 6
_LONGEST_CHINESE = 12
_ENGLISH_LENGTH = (0.0, 0.72, 1.0, 1.12, 1.2, 1.25)
_CHINESE_LENGTH = (0.0, 0.35, 0.8, 1.0, 1.12, 1.2)
#: Parts of a good: a material just before one is the part's, not the good's.
_PARTS = frozenset(
    "handle lid sole base back bottom cap buckle strap button stopper frame bristle bristles hook hooks cover "
    "zipper top pole legs leg feet grip sleeve lining filling backing band".split()
)
_PARTS_CHINESE = frozenset("柄盖底扣把边托芯毛面腿脚塞")
_PART = 0.3
#: Headings of packing, closures, fabrics and fuel: beside another kind of goods they are its part or wrapping.
_COMPANIONS = (
    "4819",
    "8308",
    "9606",
    "9607",
    "5208",
    "5209",
    "5407",
    "5602",
    "5603",
    "5903",
    "6006",
    "6001",
    "4402",
    "6305",
    "5804",
)
_COMPANION = 0.45
#: Words that name a shape or place rather than a kind of goods; alone they say little.
_VAGUE = frozenset(
    "bag box set case top table light lamp cup kit holder stand cover tool net mat hook ring label card toy cap "
    "strap chain bottle tray rack plate basket scale frame bin tape film line pen brush ball watch chair stick "
    "clip band pad gift decoration craft ornament accessory part container organizer glass decor plug bar fan "
    "iron cable lock zip file pom battery".split()
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A goods word found in a title, with its weight."""

    term: str
    concept: Concept
    weight: float
    language: str


def find_attributes(title: Title, vocabulary: Vocabulary) -> dict[str, float]:
    """Weights of the attributes seen, with what they imply a little lighter. Shares in percent outrank mere mention."""
    seen: dict[str, float] = {}
    for clause in title.clauses:
        for name, part in _attributes_english(clause.raw, vocabulary):
            seen[name] = max(seen.get(name, 0.0), part * clause.weight)
    for run in title.chinese:
        for name, part in _attributes_chinese(run, vocabulary):
            seen[name] = max(seen.get(name, 0.0), part)
    return _spread(_by_share(seen, title, vocabulary), vocabulary)


def _attributes_english(words: tuple[str, ...], vocabulary: Vocabulary) -> Iterator[tuple[str, float]]:
    index, i = vocabulary.attributes_english, 0
    while i < len(words):
        for length in (3, 2, 1):
            name = index.get(words[i : i + length]) if i + length <= len(words) else None
            if name:
                yield name, _PART if i + length < len(words) and words[i + length] in _PARTS else 1.0
                i += length - 1
                break
        i += 1


def _attributes_chinese(run: str, vocabulary: Vocabulary) -> Iterator[tuple[str, float]]:
    index, i = vocabulary.attributes_chinese, 0
    while i < len(run):
        for length in range(min(6, len(run) - i), 0, -1):
            name = index.get(run[i : i + length])
            if name:
                yield name, _PART if run[i + length : i + length + 1] in _PARTS_CHINESE else 1.0
                i += length - 1
                break
        i += 1


def _by_share(seen: dict[str, float], title: Title, vocabulary: Vocabulary) -> dict[str, float]:
    """Let the material of the largest share stand for the whole."""
    stated = []
    for word, share in title.shares:
        name = vocabulary.attributes_english.get((word,)) or next(
            (n for n, _ in _attributes_chinese(word, vocabulary)), None
        )
        if name:
            stated.append((share, name))
    if stated:
        _, chief = max(stated)
        seen = seen | {name: seen.get(name, 1.0) * 0.3 for _, name in stated} | {chief: 1.2}
    return seen


def _spread(seen: dict[str, float], vocabulary: Vocabulary) -> dict[str, float]:
    todo = list(seen.items())
    while todo:
        name, weight = todo.pop()
        for other in vocabulary.implied.get(name, ()):
            if seen.get(other, 0.0) < weight * 0.95:
                seen[other] = weight * 0.95
                todo.append((other, weight * 0.95))
    return seen


def find_hits(title: Title, vocabulary: Vocabulary) -> list[Hit]:
    """Goods words of a title in both languages."""
    hits = [*_english(title, vocabulary), *_chinese(title, vocabulary)]
    chief = [hit for hit in hits if not hit.concept.code.startswith(_COMPANIONS)]
    if not chief:
        return hits
    return [*chief, *(replace(hit, weight=hit.weight * _COMPANION) for hit in hits if hit not in chief)]


def _english(title: Title, vocabulary: Vocabulary) -> Iterator[Hit]:
    previous: Clause | None = None
    for clause in title.clauses:
        spans = _spans(clause.stems, vocabulary)
        for order, (start, end) in enumerate(reversed(spans)):
            words = _term(clause.stems[start:end], vocabulary)
            place = _place(order, len(spans), len(clause.stems))
            weight = clause.weight * _ENGLISH_LENGTH[min(len(words), 5)] * place
            if len(words) == 1 and words[0] in _VAGUE:
                weight *= 0.72
            yield from _hits(" ".join(words), vocabulary.english[words], weight, "en")
        yield from _apart(clause, vocabulary)
        if clause.cut == "for" and previous is not None:
            yield from _inverted(previous, clause, vocabulary)
        previous = clause


def _place(order: int, count: int, words: int) -> float:
    """Weight of the goods word that is the ``order``-th from the end of a clause.

    In a short title the last one is the good; a long one is a row of search words of which the first leads.
    """
    if words <= _SHORT:
        return 1.0 if order == 0 else 0.62
    return 0.95 if order == count - 1 else 0.85 if order == 0 else 0.7


def _apart(clause: Clause, vocabulary: Vocabulary) -> Iterator[Hit]:
    """Read «bicycle front light» as «bicycle light» too."""
    if 2 < len(clause.stems) <= _SHORT + 1:
        last = clause.stems[-1]
        for word in clause.stems[:-2]:
            if (word, last) in vocabulary.english:
                yield from _hits(f"{word} {last}", vocabulary.english[word, last], 0.9 * clause.weight, "en")


def _inverted(head: Clause, purpose: Clause, vocabulary: Vocabulary) -> Iterator[Hit]:
    """Read «case for phone» as «phone case»."""
    for words in {
        purpose.stems[-1:] + head.stems[-1:],
        purpose.stems[-2:] + head.stems[-1:],
        purpose.stems[:1] + head.stems[-1:],
    }:
        if words in vocabulary.english:
            yield from _hits(" ".join(words), vocabulary.english[words], 1.1 * head.weight, "en")


def _spans(words: tuple[str, ...], vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """Longest terms from left to right; a term inside a longer one is not counted. «white board» is «whiteboard»."""
    found, covered = [], 0
    for start in range(len(words)):
        for length in range(min(_LONGEST_ENGLISH, len(words) - start), 0, -1):
            if _term(words[start : start + length], vocabulary):
                if start + length > covered:
                    found.append((start, start + length))
                    covered = start + length
                break
    return found


def _term(words: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The key of a run of words in the English index, empty if there is none."""
    if words in vocabulary.english:
        return words
    joined = ("".join(words),)
    return joined if len(words) == 2 and joined in vocabulary.english else ()


def _chinese(title: Title, vocabulary: Vocabulary) -> Iterator[Hit]:
    for position, run in enumerate(title.chinese):
        spans = _runs(run, vocabulary)
        place = 1.0 if position == 0 else 0.85
        for order, (start, end) in enumerate(reversed(spans)):
            term = run[start:end]
            weight = place * _CHINESE_LENGTH[min(len(term), 5)] * (1.0 if order == 0 else 0.62)
            yield from _hits(term, vocabulary.chinese[term], weight, "zh")


def _runs(run: str, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    found, covered = [], 0
    for start in range(len(run)):
        for length in range(min(_LONGEST_CHINESE, len(run) - start), 0, -1):
            if run[start : start + length] in vocabulary.chinese:
                if start + length > covered:
                    found.append((start, start + length))
                    covered = start + length
                break
    return found


def _hits(term: str, concepts: list[Concept], weight: float, language: str) -> Iterator[Hit]:
    """Split the weight of an ambiguous term, the first meaning a little ahead."""
    for rank, concept in enumerate(concepts):
        yield Hit(term, concept, weight * (1.0 if rank == 0 else 0.8), language)
