"""Pricing at one shop (店铺计价): mixed batch waives the least order of each kind, a shop minimum raises one line.

No database. The terms of a shop are in the currency of its goods.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bolanggu.market.goods.pricing import Sale, Tiers, rung_reached, sell


@dataclass(frozen=True, slots=True)
class Wanted:
    """Pieces asked of one kind, and how it is sold."""

    asked: int
    tiers: Tiers
    moq: int = 1
    order_multiple: int = 1


@dataclass(frozen=True, slots=True)
class ShopTerms:
    """A shop's terms over all its goods: least value of an order, and what makes a mixed batch (混批)."""

    minimum_minor: int = 0
    mixed_pieces: int | None = None
    mixed_minor: int | None = None

    def mixes(self, pieces: int, minor: int) -> bool:
        """True if so many pieces or so much money make a mixed batch."""
        enough_pieces = self.mixed_pieces is not None and pieces >= self.mixed_pieces
        return enough_pieces or (self.mixed_minor is not None and minor >= self.mixed_minor)


def sell_at_shop(wanted: Sequence[Wanted], terms: ShopTerms) -> list[Sale]:
    """What one shop sells for what was asked, line by line, each change with its reason.

    Examples
    --------
    >>> hairclip = Wanted(12, [[60, 100], [600, 80]], moq=60)
    >>> [sale.sold for sale in sell_at_shop([hairclip], ShopTerms())]
    [60]
    >>> [sale.sold for sale in sell_at_shop([hairclip] * 3, ShopTerms(mixed_pieces=30))]
    [12, 12, 12]
    """
    loose = [_without_least(want) for want in wanted]
    if any(want.asked < max(want.moq, want.tiers[0][0]) for want in wanted) and terms.mixes(
        sum(sale.sold for sale in loose), sum(sale.amount_minor for sale in loose)
    ):
        sales = [_waived(sale, want) for sale, want in zip(loose, wanted, strict=True)]
    else:
        sales = [
            sell(want.asked, tiers=want.tiers, moq=want.moq, order_multiple=want.order_multiple) for want in wanted
        ]
    return _raised(sales, wanted, terms.minimum_minor)


def _without_least(want: Wanted) -> Sale:
    tiers = [[1, want.tiers[0][1]], *want.tiers[1:]] if want.tiers[0][0] > 1 else want.tiers
    return sell(want.asked, tiers=tiers, moq=1, order_multiple=want.order_multiple)


def _waived(sale: Sale, want: Wanted) -> Sale:
    least = max(want.moq, want.tiers[0][0])
    if sale.sold >= least:
        return sale
    return replace(sale, remarks=(*sale.remarks, f"least order of {least} waived: mixed batch"))


def _raised(sales: list[Sale], wanted: Sequence[Wanted], minimum_minor: int) -> list[Sale]:
    """Raise the line of greatest value, in whole packs, until the shop's minimum is reached."""
    short = minimum_minor - sum(sale.amount_minor for sale in sales)
    if not sales or short <= 0:
        return sales
    at = max(range(len(sales)), key=lambda i: (sales[i].amount_minor, -i))
    goal = sales[at].amount_minor + short
    sale, want = sales[at], wanted[at]
    if not want.tiers[-1][1]:
        return sales
    sold = _least_reaching(goal, sale.sold, want)
    rung = rung_reached(want.tiers, sold)
    remark = f"{sale.sold} raised to {sold}: the shop sells for {minimum_minor} minor units or more"
    raised = replace(sale, sold=sold, rung=rung, unit_minor=want.tiers[rung][1], remarks=(*sale.remarks, remark))
    return [*sales[:at], raised, *sales[at + 1 :]]


def _least_reaching(goal: int, sold: int, want: Wanted) -> int:
    """Least whole packs whose price reaches ``goal``; a deeper rung may make a larger quantity cheaper, so look on."""
    pack = want.order_multiple
    for rung, (least, price) in enumerate(want.tiers):
        ends = want.tiers[rung + 1][0] if rung + 1 < len(want.tiers) else None
        if not price:
            continue
        pieces = max(sold, least if rung else 1, -(-goal // price))
        pieces = -(-pieces // pack) * pack
        if ends is None or pieces < ends:
            return pieces
    raise AssertionError("the last rung has a price and no end")
