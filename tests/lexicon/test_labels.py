"""Labels in six languages: complete, in their script, and honest about who made them."""

import re
from collections import Counter

import pytest

from bolanggu.lexicon.items import items
from bolanggu.lexicon.labels import LANGUAGES, labels
from bolanggu.lexicon.words import NOUNS, words

SCRIPTS = {"ru": "[а-яё]", "ar": "[ء-ي]", "zh": "[一-鿿]"}
NAMED_BY_LETTERS = {"sizes", "materials"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_has_a_label_in_every_language(language):
    wanted = {("items", key) for key in items()} | {(noun, key) for noun in NOUNS for key in words(noun)}
    assert set(labels(language)) == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_not_empty_and_main_labels_of_a_noun_differ(language):
    table = labels(language)
    assert [place for place, label in table.items() if not label.text.strip() or "" in label.also] == []
    counted = Counter((noun, label.text.casefold()) for (noun, _), label in table.items())
    assert [label for label, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("language", SCRIPTS)
def test_labels_are_written_in_the_script_of_their_language(language):
    foreign = [
        place
        for place, label in labels(language).items()
        if place[0] not in NAMED_BY_LETTERS and not re.search(SCRIPTS[language], label.text.lower())
    ]
    assert foreign == []


def test_spanish_and_french_labels_hold_no_other_script():
    for language in ("es", "fr"):
        assert [label.text for label in labels(language).values() if re.search("[а-яء-ي一-鿿]", label.text)] == []


def test_nothing_is_called_reviewed_that_nobody_reviewed():
    assert {label.by for language in ("zh", "en") for label in labels(language).values()} == {"author"}
    assert {label.by for language in ("es", "fr", "ru", "ar") for label in labels(language).values()} <= {
        "machine",
        "reviewed",
    }


def test_other_wordings_are_kept_apart():
    assert labels("ru")["items", "hair_clip"].text == "заколка для волос"
    assert labels("es")["items", "plush_toy"].also == ("muñeco de peluche",)


def test_an_unknown_language_is_named():
    with pytest.raises(KeyError, match="no labels in 'de'; there are zh, en, es, fr, ru, ar"):
        labels("de")
