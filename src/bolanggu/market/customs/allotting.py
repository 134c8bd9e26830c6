"""Allotting (分单): which goods go by market procurement (1039), which by general trade (0110). Nothing is dropped.

A declaration is one container of a trade. Goods that a rule excludes from 1039 take the mode that the rule names. Where
the rest of a container exceeds the cap, whole goods go to general trade until it fits; it is never divided over several
1039 declarations to get under the cap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bolanggu.engines.rules.book import Finding
from bolanggu.market.customs.consignment import Line, usd_text

ALTERNATIVES = (
    "declare the goods by general trade with the merchants' VAT invoices (as drafted)",
    "ship the goods with a later departure of their own",
    "keep them under 1039 by a signed reason of the broker, where they are truly another buyer's purchase",
)


@dataclass(frozen=True, slots=True)
class Basket:
    """Lines of one container for one mode, notes on why they came here, and findings by row where they are judged."""

    container: str
    mode: str
    lines: tuple[Line, ...]
    notes: tuple[dict[str, object], ...] = ()
    judged: Mapping[int, list[Finding]] | None = field(default=None, compare=False)


def to_move(lines: Sequence[Line], cap_cents: int) -> list[Line]:
    """Choose whole goods whose removal brings ``lines`` within the cap: few goods, and little more than the excess.

    The largest go first while the excess is larger than each; the last one is the smallest that covers the rest.
    """
    excess = sum(line.value_cents for line in lines) - cap_cents
    ranked = sorted(lines, key=lambda line: (-line.value_cents, line.row))
    moved: list[Line] = []
    while excess > 0:
        largest = ranked[len(moved)]
        if largest.value_cents >= excess:
            return [*moved, next(line for line in reversed(ranked) if line.value_cents >= excess)]
        moved.append(largest)
        excess -= largest.value_cents
    return moved


def cap_note(container: str, moved: Sequence[Line], total_cents: int, cap_cents: int) -> dict[str, object]:
    """Word the finding for goods that left 1039 because of the cap."""
    value = usd_text(sum(line.value_cents for line in moved))
    return {
        "rule": "MP-002",
        "effect": "note",
        "subject": container,
        "message": (
            f"1039 goods of {container} are worth USD {usd_text(total_cents)}, above the cap of USD "
            f"{usd_text(cap_cents)}; {len(moved)} whole goods worth USD {value} are drafted by general trade"
        ),
        "rows": [line.row for line in moved],
        "alternatives": list(ALTERNATIVES),
    }


def sister_note(container: str, sisters: str) -> dict[str, object]:
    """Word the finding for a container that would look like the second part of a split declaration."""
    return {
        "rule": "RK-01",
        "effect": "note",
        "subject": container,
        "message": (
            f"{container} beside {sisters} on the same bill or vessel would look like one shipment split under the "
            "cap; the whole container is drafted by general trade"
        ),
        "alternatives": list(ALTERNATIVES),
    }
