"""What a box costs is shared to the cent by the larger of volume and weight share."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bolanggu.market.consolidation.sharing import share, weights

PARTS = st.lists(st.tuples(st.integers(1, 76_000_000_000), st.integers(1, 28_000_000)), min_size=1, max_size=8)


def plain(minor, parts):
    """The rule word by word, in fractions, before rounding."""
    volume, mass = sum(v for v, _ in parts), sum(g for _, g in parts)
    larger = [max(Fraction(v, volume), Fraction(g, mass)) for v, g in parts]
    return [minor * one / sum(larger) for one in larger]


@given(st.integers(0, 10_000_000), PARTS)
def test_parts_add_up_to_the_cost_and_are_within_a_cent_of_the_rule(minor, parts):
    shared = share(minor, parts)
    assert sum(shared) == minor
    assert all(abs(one - exact) < 1 for one, exact in zip(shared, plain(minor, parts), strict=True))


@given(PARTS)
def test_who_has_more_of_both_bears_no_less(parts):
    shared = share(1_000_000, sorted(parts))
    ranked = sorted(zip(parts, share(1_000_000, parts), strict=True))
    assert len(shared) == len(parts)
    for (small, less), (large, more) in pairwise(ranked):
        if large[1] >= small[1]:
            assert more >= less - 1


def test_feathers_and_nails_bear_alike_what_each_takes_much_of():
    assert share(1001, [(60, 1), (40, 99)]) == [378, 623]
    assert weights([(1, 1)]) == [1]


def test_a_lone_trade_bears_all():
    assert share(123_456, [(5, 7)]) == [123_456]
