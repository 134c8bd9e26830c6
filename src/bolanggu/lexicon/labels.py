"""Labels (标签): what a word is called in six languages, and by whom it was put so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bolanggu.lexicon.items import items
from bolanggu.lexicon.tables import HERE, rows, several
from bolanggu.lexicon.words import NOUNS, words

LANGUAGES = ("zh", "en", "es", "fr", "ru", "ar")


@dataclass(frozen=True, slots=True)
class Label:
    """A word in one language. ``by``: author (written for this project), machine, or reviewed (by a native speaker)."""

    text: str
    also: tuple[str, ...]
    by: str


@cache
def labels(language: str) -> Mapping[tuple[str, str], Label]:
    """Read all labels of a language: (noun, key) → label; nouns are ``items`` and those of `words`.

    >>> labels("es")["items", "hair_clip"].by
    'machine'
    """
    if language not in LANGUAGES:
        raise KeyError(f"no labels in {language!r}; there are {', '.join(LANGUAGES)}")
    if language in {"zh", "en"}:
        return dict(_own(language))
    return {
        (noun, key): Label(text, several(also), by)
        for noun, key, text, also, by in rows(HERE / "labels" / f"{language}.tsv")
    }


def _own(language: str) -> Iterator[tuple[tuple[str, str], Label]]:
    for noun in ("items", *NOUNS):
        table = items() if noun == "items" else words(noun)
        for key, word in table.items():
            text, also = (word.zh, word.zh_also) if language == "zh" else (word.en, word.en_also)
            yield (noun, key), Label(text, also, "author")
