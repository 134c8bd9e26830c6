"""The index as table expressions (指数表达式): the same formulas where the lines outgrow one process.

Ibis expressions over any table with the columns ``goods_class, period, product, price, quantity``, one row a sale.
DuckDB runs them here, Spark or a warehouse elsewhere. They need the extra ``bolanggu[analytics]``. The engine
`bolanggu.engines.price_index` stays the measure: both give the same values.

A value that no shared product leads to is NULL; it is never 0 and never carried on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ibis.expr.types import FloatingValue, Table

#: Formula → ln P of the later period with the earlier one as base, from the sums of `pairs`.
FORMULAS: dict[str, Callable[[Table], FloatingValue]] = {
    "jevons": lambda s: s.log_relative / s.products,
    "dutot": lambda s: (s.price_later / s.price_earlier).ln(),
    "carli": lambda s: (s.relative / s.products).ln(),
    "laspeyres": lambda s: (s.earlier_basket / s.value_earlier).ln(),
    "paasche": lambda s: (s.value_later / s.later_basket).ln(),
    "fisher": lambda s: ((s.earlier_basket / s.value_earlier) * (s.value_later / s.later_basket)).ln() / 2,
    "tornqvist": lambda s: (s.log_earlier / s.value_earlier + s.log_later / s.value_later) / 2,
}


def unit_values(sales: Table) -> Table:
    """Sum sales into one row a class, period and product, with its unit value; ``position`` numbers the periods.

    Rows with a price or quantity that is not above 0 are no sales and are left out.
    """
    import ibis

    sold = sales.filter(sales.price > 0, sales.quantity > 0)
    summed = sold.group_by("goods_class", "period", "product").agg(
        value=(sold.price * sold.quantity).sum(), quantity=sold.quantity.sum(), sales=sold.count()
    )
    in_time = ibis.window(group_by="goods_class", order_by="period")
    return summed.mutate(price=summed.value / summed.quantity, position=ibis.dense_rank().over(in_time) + 1)


def pairs(units: Table, *, neighbours: bool = False, both_ways: bool = False) -> Table:
    """Sums over the products that two periods of a class share.

    The earlier period is the base; ``both_ways`` adds every pair with the later one as base. ``neighbours`` keeps the
    pairs of periods that follow each other.
    """
    before, after = units, units.view()
    apart = after.position - before.position
    joined = before.join(
        after,
        [
            before.goods_class == after.goods_class,
            before["product"] == after["product"],
            apart == 1 if neighbours else (apart != 0 if both_ways else apart > 0),
        ],
        rname="{name}_1",
    )
    relative = joined.price_1 / joined.price
    return joined.group_by("goods_class", "position", "position_1").agg(
        products=joined.count(),
        price_earlier=joined.price.sum(),
        price_later=joined.price_1.sum(),
        relative=relative.sum(),
        log_relative=relative.ln().sum(),
        value_earlier=joined.value.sum(),
        value_later=joined.value_1.sum(),
        earlier_basket=(joined.price_1 * joined.quantity).sum(),
        later_basket=(joined.price * joined.quantity_1).sum(),
        log_earlier=(joined.value * relative.ln()).sum(),
        log_later=(joined.value_1 * relative.ln()).sum(),
    )


def index(sales: Table, method: str) -> Table:
    """The index of each class: ``goods_class, period, value``, 1 in the first period of the class.

    Parameters
    ----------
    method
        ``fixed-X``, ``chained-X`` or ``geks-X`` over the whole table, with X one of `FORMULAS`.

    Raises
    ------
    ValueError
        No such method; the message lists what there is.
    """
    family, _, formula = method.partition("-")
    if family not in _FAMILIES or formula not in FORMULAS:
        ways = ", ".join(f"{name}-X" for name in _FAMILIES)
        raise ValueError(f"{method!r} is not a method here; choose {ways} with X one of {', '.join(FORMULAS)}")
    units = unit_values(sales)
    logs = _FAMILIES[family](units, FORMULAS[formula])
    labels = units.distinct(on=["goods_class", "position"], keep="first").select("goods_class", "position", "period")
    found = labels.left_join(logs, ["goods_class", "position"])
    value = (found.position == 1).ifelse(1.0, found.log.exp())
    return found.select("goods_class", "period", value=value).order_by("goods_class", "period")


def _fixed(units: Table, formula: Callable[[Table], FloatingValue]) -> Table:
    sums = pairs(units)
    first = sums.filter(sums.position == 1)
    return first.select("goods_class", position=first.position_1, log=formula(first))


def _chained(units: Table, formula: Callable[[Table], FloatingValue]) -> Table:
    """Links between neighbours, summed; after a missing link there is no value."""
    import ibis

    sums = pairs(units, neighbours=True)
    links = sums.select("goods_class", position=sums.position_1, link=formula(sums))
    so_far = ibis.window(group_by="goods_class", order_by="position", preceding=None, following=0)
    summed = links.mutate(log=links.link.sum().over(so_far), links=links.count().over(so_far))
    return summed.select(
        "goods_class", "position", log=(summed.links == summed.position - 1).ifelse(summed.log, ibis.null("float64"))
    )


def _geks(units: Table, formula: Callable[[Table], FloatingValue]) -> Table:
    """The mean over all periods k of P(k, t), by that of the first; a missing pair leaves a class without values."""
    import ibis

    sums = pairs(units, both_ways=True)
    logs = sums.select("goods_class", position=sums.position_1, log=formula(sums))
    means = logs.group_by("goods_class", "position").agg(log=logs.log.sum(), pairs=logs.count())
    periods = units.group_by("goods_class").agg(periods=units.position.max())
    judged = means.join(periods, "goods_class").select("goods_class", "position", "log", "pairs", "periods")
    of_class = ibis.window(group_by="goods_class")
    whole = (judged.pairs.min().over(of_class) == judged.periods - 1) & (
        judged.count().over(of_class) == judged.periods
    )
    level = judged.log / judged.periods
    base = (judged.position == 1).ifelse(level, ibis.null("float64")).max().over(of_class)
    return judged.select("goods_class", "position", log=whole.ifelse(level - base, ibis.null("float64")))


_FAMILIES = {"fixed": _fixed, "chained": _chained, "geks": _geks}
