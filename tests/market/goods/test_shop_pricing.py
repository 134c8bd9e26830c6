"""A shop never sells less than asked, keeps its minimum, and a mixed batch waives the least order of a kind."""

from hypothesis import given
from hypothesis import strategies as st

from bolanggu.market.goods.pricing import rung_reached
from bolanggu.market.goods.shop_pricing import ShopTerms, Wanted, sell_at_shop

LADDER = [[60, 100], [600, 80]]


def test_without_a_mixed_batch_the_least_order_is_kept():
    (sale,) = sell_at_shop([Wanted(12, LADDER, moq=60)], ShopTerms(mixed_pieces=100))
    assert sale.sold == 60


def test_a_mixed_batch_by_money_waives_it_too():
    (sale,) = sell_at_shop([Wanted(12, LADDER, moq=60)], ShopTerms(mixed_minor=1200))
    assert sale.sold == 12
    assert "least order of 60 waived: mixed batch" in sale.remarks


def test_a_mixed_batch_still_sells_whole_packs():
    (sale,) = sell_at_shop([Wanted(10, LADDER, 60, 12)], ShopTerms(mixed_pieces=12))
    assert sale.sold == 12


def test_the_shop_minimum_raises_the_line_of_greatest_value():
    sales = sell_at_shop([Wanted(10, [[1, 100]]), Wanted(20, [[1, 100]])], ShopTerms(minimum_minor=5000))
    assert [sale.sold for sale in sales] == [10, 40]
    assert "raised to 40" in sales[1].remarks[-1]


def test_raising_over_a_rung_still_reaches_the_minimum():
    (sale,) = sell_at_shop([Wanted(10, [[1, 100], [50, 60]])], ShopTerms(minimum_minor=5500))
    assert sale.amount_minor >= 5500


ladders = st.lists(st.tuples(st.integers(1, 2000), st.integers(1, 10**5)), min_size=1, max_size=4).map(
    lambda rungs: [
        list(rung)
        for rung in zip(
            sorted({least for least, _ in rungs}), sorted((price for _, price in rungs), reverse=True), strict=False
        )
    ]
)
wants = st.builds(Wanted, st.integers(1, 5000), ladders, st.integers(1, 500), st.integers(1, 48))
terms = st.builds(
    ShopTerms,
    st.integers(0, 10**7),
    st.one_of(st.none(), st.integers(1, 3000)),
    st.one_of(st.none(), st.integers(1, 10**6)),
)


@given(st.lists(wants, min_size=1, max_size=6), terms)
def test_every_sale_is_at_least_what_was_asked_in_whole_packs_at_the_rung_it_reached(wanted, shop):
    sales = sell_at_shop(wanted, shop)
    for sale, want in zip(sales, wanted, strict=True):
        assert sale.sold >= want.asked
        assert sale.sold % want.order_multiple == 0
        assert sale.rung == rung_reached(want.tiers, sale.sold)
        assert sale.unit_minor == want.tiers[sale.rung][1]
        assert sale.sold == want.asked or sale.remarks
    assert sum(sale.amount_minor for sale in sales) >= shop.minimum_minor
