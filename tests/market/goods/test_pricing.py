from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolanggu.market.goods.pricing import BadLadder, check_ladder, rung_reached, sell


@st.composite
def ladders(draw):
    steps = draw(st.lists(st.integers(1, 500), min_size=1, max_size=6))
    prices = sorted(draw(st.lists(st.integers(1, 10_000), min_size=len(steps), max_size=len(steps))), reverse=True)
    least, tiers = 0, []
    for step, price in zip(steps, prices, strict=True):
        least += step
        tiers.append([least, price])
    return tiers


orders = st.tuples(st.integers(1, 100_000), ladders(), st.integers(1, 300), st.integers(1, 144))


@given(orders)
def test_never_less_than_asked_nor_than_the_least_order_and_always_whole_packs(order):
    asked, tiers, moq, multiple = order
    sale = sell(asked, tiers=tiers, moq=moq, order_multiple=multiple)
    assert sale.sold >= max(asked, moq, tiers[0][0])
    assert sale.sold % multiple == 0
    assert sale.sold - max(asked, moq, tiers[0][0]) < multiple
    assert sale.amount_minor == sale.unit_minor * sale.sold


@given(orders)
def test_every_change_of_the_quantity_is_remarked(order):
    asked, tiers, moq, multiple = order
    sale = sell(asked, tiers=tiers, moq=moq, order_multiple=multiple)
    assert bool(sale.remarks) == (sale.sold != asked)


@given(ladders(), st.integers(1, 5000))
def test_the_deepest_reached_rung_wins_as_a_plain_loop_says(tiers, quantity):
    expected = 0
    for n, (least, _) in enumerate(tiers):
        if quantity >= least:
            expected = n
    assert rung_reached(tiers, quantity) == expected


@given(ladders(), st.integers(1, 5000), st.integers(0, 5000))
def test_more_pieces_never_cost_more_apiece(tiers, quantity, more):
    check_ladder(tiers)
    assert sell(quantity + more, tiers=tiers).unit_minor <= sell(quantity, tiers=tiers).unit_minor


@pytest.mark.parametrize(
    ("tiers", "said"),
    [
        ([], "no rung"),
        ([[0, 5]], "pieces start at 1"),
        ([[1, 5], [1, 4]], "not above the rung before"),
        ([[1, 5], [10, 6]], "more than the rung before"),
    ],
)
def test_a_ladder_that_cannot_stand_is_refused_with_its_rung(tiers, said):
    with pytest.raises(BadLadder, match=said):
        check_ladder(tiers)


def test_fourteen_in_packs_of_ten_are_twenty():
    assert sell(14, tiers=[[1, 120]], order_multiple=10).sold == 20
