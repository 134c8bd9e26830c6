"""Pricing (阶梯价): the rung a quantity reaches, the least order, and packs that are not broken. No database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: A ladder as products store it: [[least pieces, price of one piece in minor units], …].
Tiers = Sequence[Sequence[int]]


class BadLadder(ValueError):
    """A price ladder that cannot stand; the text names the rung."""

    code = "bad_ladder"


@dataclass(frozen=True, slots=True)
class Sale:
    """What is sold for what was asked. ``rung`` counts from 0; ``remarks`` say why ``sold`` is more than ``asked``."""

    asked: int
    sold: int
    rung: int
    unit_minor: int
    remarks: tuple[str, ...] = ()

    @property
    def amount_minor(self) -> int:
        """Price of all pieces in minor units."""
        return self.unit_minor * self.sold


def check_ladder(tiers: Tiers) -> None:
    """Refuse a ladder whose quantities do not rise, whose prices rise, or that has no rung.

    >>> check_ladder([[1, 120], [100, 95]])
    >>> check_ladder([[1, 120], [100, 130]])
    Traceback (most recent call last):
    ...
    bolanggu.market.goods.pricing.BadLadder: rung 2 (from 100 pieces) costs 130, more than the rung before (120)
    """
    if not tiers:
        raise BadLadder("the ladder has no rung; give at least one, such as [[1, 120]]")
    for n, (least, price) in enumerate(tiers):
        if least < 1 or price < 0:
            raise BadLadder(f"rung {n + 1} is [{least}, {price}]; pieces start at 1, prices at 0")
        if n and least <= tiers[n - 1][0]:
            raise BadLadder(f"rung {n + 1} starts at {least} pieces, not above the rung before ({tiers[n - 1][0]})")
        if n and price > tiers[n - 1][1]:
            raise BadLadder(
                f"rung {n + 1} (from {least} pieces) costs {price}, more than the rung before ({tiers[n - 1][1]})"
            )


def rung_reached(tiers: Tiers, quantity: int) -> int:
    """The deepest rung that the quantity reaches; the first one for less than its least quantity.

    >>> rung_reached([[1, 120], [100, 95], [500, 80]], 499)
    1
    """
    return max((n for n, (least, _) in enumerate(tiers) if least <= quantity), default=0)


def sell(asked: int, *, tiers: Tiers, moq: int = 1, order_multiple: int = 1) -> Sale:
    """Pieces sold and their price for pieces asked: at least the MOQ, whole packs, the deepest rung reached.

    Examples
    --------
    >>> sell(14, tiers=[[1, 120], [20, 100]], order_multiple=10)
    Sale(asked=14, sold=20, rung=1, unit_minor=100, remarks=('14 rounded up to 20: sold in packs of 10',))
    """
    if asked < 1:
        raise ValueError(f"{asked} pieces cannot be sold; ask for at least 1")
    remarks = []
    least = max(moq, tiers[0][0])
    sold = asked
    if sold < least:
        sold = least
        remarks.append(f"{asked} raised to {least}: the least order")
    if sold % order_multiple:
        whole = -(-sold // order_multiple) * order_multiple
        remarks.append(f"{sold} rounded up to {whole}: sold in packs of {order_multiple}")
        sold = whole
    rung = rung_reached(tiers, sold)
    return Sale(asked, sold, rung, tiers[rung][1], tuple(remarks))
