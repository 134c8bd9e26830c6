"""Values that disagree stand side by side: none is averaged, the rule says which is shown."""

from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolanggu.blueprint.vintages import RANK, Relation, Stated, growth_mismatch, relation, shown


def stated(key, value, kind="report", precision="1", bound="exact", vintage="", basis=""):
    return Stated(key, Decimal(value), Decimal(precision), bound, kind, vintage, basis)


def test_the_statistical_communique_is_believed_before_a_speech():
    values = [
        stated(1, "2500", "speech", vintage="2026-01-01"),
        stated(2, "2503.5", "communique", vintage="2025-01-01"),
    ]
    assert shown(values).key == 2


def test_of_one_kind_the_later_vintage_is_shown():
    assert shown([stated(1, "5", vintage="2025-01-01"), stated(2, "6", vintage="2026-01-01")]).key == 2


def test_the_order_of_sources_does_not_matter():
    values = [stated(at, str(at), kind) for at, kind in enumerate(RANK)]
    assert len({shown(order).key for order in permutations(values)}) == 1


@pytest.mark.parametrize(
    ("one", "chosen", "how"),
    [
        (stated(1, "2500", precision="100"), stated(2, "2503.5", precision="0.1"), Relation.ROUNDED),
        (stated(1, "2400", precision="100"), stated(2, "2503.5", precision="0.1"), Relation.DIFFERS),
        (stated(1, "40", bound="lower"), stated(2, "45"), Relation.AGREES),
        (stated(1, "50", bound="lower"), stated(2, "45"), Relation.DIFFERS),
        (stated(1, "50", basis="census"), stated(2, "45"), Relation.OTHER_BASIS),
        (stated(1, "4", "records"), stated(2, "5", "records"), Relation.EARLIER),
    ],
)
def test_how_a_value_stands_to_the_shown_one(one, chosen, how):
    assert relation(one, chosen) is how


@given(st.lists(st.tuples(st.integers(1, 99), st.sampled_from(list(RANK))), min_size=1, max_size=6))
def test_the_shown_value_is_always_one_that_a_source_gave(rows):
    values = [stated(at, str(value), kind) for at, (value, kind) in enumerate(rows)]
    assert shown(values) in values


def test_a_growth_that_does_not_fit_its_levels_is_flagged():
    assert growth_mismatch(Decimal(1550), Decimal(1650), Decimal("10.5"), Decimal(1)) is not None
    assert growth_mismatch(Decimal(110), Decimal(100), Decimal("10.2"), Decimal(1)) is None
