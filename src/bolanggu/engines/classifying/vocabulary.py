"""Vocabulary (词表): the trade's terms, materials and families, indexed for look-up. Built once from plain rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bolanggu.engines.classifying.cleaning import stem, words_of

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Concept:
    """A kind of goods: its code, or a family of which the materials choose; ``implied`` are usual attributes."""

    code: str
    family: str
    implied: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """One member of a family: the attributes that must all be seen, and the code."""

    when: tuple[str, ...]
    code: str


@dataclass
class Vocabulary:
    """All indexes. English keys are tuples of singular words (attributes: words as written), Chinese keys are texts."""

    english: dict[tuple[str, ...], list[Concept]] = field(default_factory=dict)
    chinese: dict[str, list[Concept]] = field(default_factory=dict)
    attributes_english: dict[tuple[str, ...], str] = field(default_factory=dict)
    attributes_chinese: dict[str, str] = field(default_factory=dict)
    implied: dict[str, tuple[str, ...]] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    families: dict[str, list[FamilyRow]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    names_zh: dict[str, str] = field(default_factory=dict)
    phrases: dict[str, list[str]] = field(default_factory=dict)


def build(
    *,
    texts: Mapping[str, str],
    attributes: Iterable[Row],
    families: Iterable[Row],
    terms: Iterable[Row],
    names_zh: Mapping[str, str],
) -> Vocabulary:
    """Index the nomenclature and the trade's words.

    Parameters
    ----------
    texts
        Code of 2, 4 or 6 digits → English text of the nomenclature.
    attributes
        Rows ``attribute, implies, weight, en, zh``; words separated by ``|``.
    families
        Rows ``family, when, hs6``; the row with empty ``when`` is the usual member.
    terms
        Rows ``target, implies, en, zh``; target is a code or ``@family``.
    names_zh
        Six-digit code → Chinese name.

    Raises
    ------
    ValueError
        A row names an unknown code, family or attribute.
    """
    vocabulary = Vocabulary(texts=dict(texts), names_zh=dict(names_zh))
    for row in attributes:
        _add_attribute(vocabulary, row)
    for row in families:
        _known(row["hs6"], texts)
        when = tuple(row["when"].split())
        _named(when, vocabulary)
        vocabulary.families.setdefault(row["family"], []).append(FamilyRow(when, row["hs6"]))
    for row in terms:
        _add_term(vocabulary, row)
    return vocabulary


def _known(code: str, texts: Mapping[str, str]) -> None:
    if code not in texts:
        raise ValueError(f"{code} is no subheading of the nomenclature")


def _named(attributes: Iterable[str], vocabulary: Vocabulary) -> None:
    for name in attributes:
        if name not in vocabulary.implied:
            raise ValueError(f"attribute {name!r} is not declared")


def _add_attribute(vocabulary: Vocabulary, row: Row) -> None:
    name = row["attribute"]
    vocabulary.implied.setdefault(name, ())
    vocabulary.implied[name] = tuple(dict.fromkeys((*vocabulary.implied[name], *row["implies"].split())))
    for other in row["implies"].split():
        vocabulary.implied.setdefault(other, ())
    vocabulary.weights[name] = float(row["weight"] or 1)
    for word in filter(None, row["en"].split("|")):
        vocabulary.attributes_english.setdefault(words_of(word.lower()), name)
    for word in filter(None, row["zh"].split("|")):
        vocabulary.attributes_chinese.setdefault(word, name)


def _add_term(vocabulary: Vocabulary, row: Row) -> None:
    target, implied = row["target"], tuple(row["implies"].split())
    _named(implied, vocabulary)
    family = target[1:] if target.startswith("@") else ""
    if family:
        if family not in vocabulary.families:
            raise ValueError(f"family {family!r} has no rows")
        code = vocabulary.families[family][0].code
    else:
        code = target
        _known(code, vocabulary.texts)
    concept = Concept(code, family, implied)
    english = [word for word in row["en"].lower().split("|") if word]
    chinese = [word for word in row["zh"].split("|") if word]
    for word in english:
        key = tuple(map(stem, words_of(word)))
        _index(vocabulary.english, key, concept)
        if len(key) == 2:
            _index(vocabulary.english, ("".join(key),), concept)
    for word in chinese:
        _index(vocabulary.chinese, word, concept)
    vocabulary.phrases.setdefault(code, []).extend((*english, *chinese))


def _index(index: dict[Any, list[Concept]], key: Any, concept: Concept) -> None:
    if key and concept not in index.setdefault(key, []):
        index[key].append(concept)
