"""Words beside the items."""

from collections import Counter

import pytest

from bolanggu.lexicon.tariff_units import tariff_unit
from bolanggu.lexicon.words import NOUNS, words


@pytest.mark.parametrize("noun", NOUNS)
def test_keys_and_labels_of_a_table_are_unique(noun):
    table = words(noun)
    for language in ("zh", "en"):
        counted = Counter(getattr(word, language).casefold() for word in table.values())
        assert [label for label, times in counted.items() if times > 1] == []


def test_an_unknown_table_is_named():
    with pytest.raises(KeyError, match="no table of 'smells'"):
        words("smells")


def test_every_material_hints_at_hs_chapters():
    for material in words("materials").values():
        assert material.of.split()
        assert all(len(chapter) == 2 and chapter.isdigit() for chapter in material.of.split())


def test_units_follow_the_longest_prefix():
    assert tariff_unit("611595") == "2u"
    assert tariff_unit("611020") == "u"
    assert tariff_unit("841490") == "kg"
    assert tariff_unit("999999") == "kg"
