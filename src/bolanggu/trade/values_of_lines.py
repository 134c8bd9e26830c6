"""What cartons and lines are worth, read from the edges that carried the value."""

from __future__ import annotations

from bolanggu.market.warehousing.models import Carton
from bolanggu.platform.lineage.models import EdgeRow


def values_of_cartons(trade: str) -> dict[str, tuple[int, str]]:
    """Value of each carton of a trade in minor units, with the currency; a carton of several currencies has none."""
    ssccs = list(Carton.objects.filter(trade=trade).values_list("sscc", flat=True))
    found: dict[str, tuple[int, str]] = {}
    for start in range(0, len(ssccs), 900):
        edges = EdgeRow.objects.filter(
            aspect="goods",
            from_kind="line",
            to_kind="carton",
            to_id__in=ssccs[start : start + 900],
            superseded=False,
        )
        for sscc, minor, currency in edges.values_list("to_id", "minor", "currency"):
            before, of = found.get(sscc, (0, currency))
            found[sscc] = (before + minor, of) if of == currency else (0, "")
    return found
