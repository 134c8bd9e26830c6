"""Recounting (重算): items as they are stated against the goods list, for MP-011, MP-012 and MP-013.

A declaration that somebody else merged is judged by what its lines say: the kinds of highest value itemised in order,
the rest under the right code with the right totals, nothing that must stand alone hidden in a merged item.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bolanggu.engines.rules.facts import Value
from bolanggu.market.customs.consignment import Line
from bolanggu.market.customs.merging import merge


@dataclass(frozen=True, slots=True)
class StatedItem:
    """An item as a declaration states it: ten-digit code, value in USD cents, and how many kinds it sums."""

    hs: str
    value_cents: int
    kinds: int = 1


def items_facts(
    lines: Sequence[Line],
    stated: Sequence[StatedItem],
    *,
    simplified: bool,
    itemised: int,
    alone: Callable[[str], bool],
) -> dict[str, Value | None]:
    """Facts of the scope ``items`` in the rule book of afterwards.

    Parameters
    ----------
    lines
        The goods list.
    stated
        The items in the order in which they are declared.
    simplified
        Whether the declaration claims to be simplified.
    itemised
        How many kinds of highest value keep their own item.
    alone
        Tells of a code whether it may never be merged.
    """
    right = merge(lines, simplified=simplified, itemised=itemised, alone=alone)
    first = len(right) if not simplified else min(itemised, len(right))
    kinds: Counter[str] = Counter()
    for line in lines:
        kinds[line.hs10] += line.value_cents
    single = Counter({item.hs: item.value_cents for item in stated if item.kinds == 1})
    hidden = [code for code in kinds if alone(code) and (code not in single or single[code] != kinds[code])]
    rest, stated_rest = right[first:], stated[first:]
    sums = Counter({(item.hs, item.value_cents): 1 for item in rest})
    return {
        "simplified": simplified,
        "out_of_place": Fraction(
            sum(
                place >= len(stated) or (stated[place].hs, stated[place].value_cents) != (item.hs, item.value_cents)
                for place, item in enumerate(right[:first])
            )
        ),
        "not_under_highest": Fraction(len({item.hs for item in rest} ^ {item.hs for item in stated_rest})),
        "sums_differ": Fraction(
            sum((item.hs, item.value_cents) not in sums for item in stated_rest if item.hs in {r.hs for r in rest})
            + (sum(item.value_cents for item in stated) != sum(kinds.values()))
        ),
        "merged_alone": Fraction(len(hidden) if simplified else 0),
    }
