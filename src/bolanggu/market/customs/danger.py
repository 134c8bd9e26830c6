"""Words of danger (危险品用词): batteries, magnets, aerosols in a name, whose papers a plain code does not ask for."""

from __future__ import annotations

from functools import cache

from bolanggu.data import read_yaml
from bolanggu.market.customs.screening import brand_word


@cache
def danger_words() -> dict[str, str]:
    """Read the words with the paper that each asks for."""
    table: dict[str, str] = {}
    for row in read_yaml("rules/danger_words.yaml")["kinds"]:
        table |= dict.fromkeys(row["words"], row["paper"])
    return table


def danger_word(names: tuple[str | None, ...]) -> str | None:
    """Find the first word of danger in names, as a whole word in any case.

    >>> danger_word(("Lithium battery fan", None)), danger_word(("plastic comb", "塑料梳子"))
    ('lithium', None)
    """
    return brand_word(names, tuple(danger_words()))
