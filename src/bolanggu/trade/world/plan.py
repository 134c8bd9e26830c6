"""Plan (规模): how large a synthetic city is, from ``data/assumptions/city.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from bolanggu.data import read_yaml
from bolanggu.trade.world.draws import draw
from bolanggu.values.fault import Fault


def assumed(name: str) -> Any:
    """One named assumption of the synthetic city."""
    return read_yaml("assumptions/city.yaml")[name]


@dataclass(frozen=True, slots=True)
class Plan:
    """A size of the city. The first shops of a larger city are the shops of a smaller one with the same seed."""

    size: str
    shops: int
    parties: int

    @property
    def goods(self) -> int:
        """How many goods all shops hold."""
        return goods_before(self.shops)


def plan_of(size: str) -> Plan:
    """Find the plan of a size.

    Raises
    ------
    Fault
        No such size; names those there are.

    Examples
    --------
    >>> plan_of("demo").goods, plan_of("city").goods
    (20000, 2100000)
    """
    sizes = assumed("sizes")["values"]
    if size not in sizes:
        raise Fault("--size", f'"{size}" is not a size of the city; write one of {", ".join(sizes)}')
    return Plan(size, **sizes[size])


def goods_before(shop: int) -> int:
    """How many goods the shops 0 … shop - 1 hold, before neighbours trade some.

    >>> goods_before(800), goods_before(75000)
    (20000, 2100000)
    """
    first_shops, first_goods, shops, goods, _ = _measure()
    if shop <= first_shops:
        return shop * first_goods // first_shops
    return first_goods + (shop - first_shops) * (goods - first_goods) // (shops - first_shops)


def goods_in(shop: int, seed: int) -> int:
    """How many goods one shop holds: shops stand in pairs, and one of a pair has what the other lacks."""
    spread = _measure()[4]
    shift = draw(seed, 11, shop // 2) % (2 * spread + 1) - spread
    fair = goods_before(shop + 1) - goods_before(shop)
    return fair + (shift if shop % 2 else -shift)


@cache
def _measure() -> tuple[int, int, int, int, int]:
    given = assumed("goods_per_shop")
    return tuple(given[name] for name in ("first_shops", "first_goods", "all_shops", "all_goods", "spread"))
