"""What the view in the browser draws: boxes in loading order, coloured by order, and the cartons one may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bolanggu.engines.loading.colours import palette

#: colour of cartons that belong to others
OTHERS = "#9a948a"


@dataclass(frozen=True, slots=True)
class Seen:
    """A carton that the reader may see: who it belongs to, what is written on it, where its order line stands."""

    group: str
    mark: str
    line: str
    size: str
    gross_kg: float
    url: str = ""


def scene(
    size: tuple[int, int, int], placements: Sequence[Sequence[Any]], seen: Mapping[str, Seen], others: str
) -> dict[str, Any]:
    """Give a box as JSON data.

    Parameters
    ----------
    size
        Inner length, width, height, mm.
    placements
        (SSCC, x, y, z, dx, dy, dz) in loading order, mm.
    seen
        Cartons the reader may see by SSCC. Of all others only the room they take is told.
    others
        Word for what belongs to others.

    Examples
    --------
    >>> box = scene((9, 9, 9), [("1", 0, 0, 0, 3, 3, 3)], {}, "others")
    >>> box["boxes"], box["groups"]
    ([[0, 0, 0, 3, 3, 3, 0]], [{'name': 'others', 'colour': '#9a948a'}])
    """
    names = sorted({seen[p[0]].group for p in placements if p[0] in seen})
    colours = palette(names)
    groups = [{"name": name, "colour": colours[name]} for name in names]
    if any(p[0] not in seen for p in placements):
        groups.append({"name": others, "colour": OTHERS})
    place = {name: index for index, name in enumerate(names)}
    rows = [[*p[1:7], place[seen[p[0]].group] if p[0] in seen else len(names)] for p in placements]
    return {"size": list(size), "boxes": rows, "groups": groups, "cartons": [_told(p[0], seen) for p in placements]}


def _told(sscc: str, seen: Mapping[str, Seen]) -> dict[str, Any] | None:
    carton = seen.get(sscc)
    if carton is None:
        return None
    return {
        "sscc": sscc,
        "group": carton.group,
        "mark": carton.mark,
        "line": carton.line,
        "size": carton.size,
        "kg": carton.gross_kg,
        "url": carton.url,
    }
