"""Walking the edges: back to where a thing came from, forward to what was made of it, with shares.

Going back from a thing, each edge into it carries a part of it; those parts are its whole. One step further the
part taken from a parent is shared over the parent's own sources in proportion. Whole numbers are split by largest
remainder, so pieces, grams and minor units add up on every level. Going forward is the mirror image.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from bolanggu.platform.lineage.edges import Direction, Step
from bolanggu.platform.lineage.models import EdgeRow
from bolanggu.values.money import split

_FIELDS = ("aspect", "from_kind", "from_id", "to_kind", "to_id", "pieces", "grams", "minor", "currency")


@dataclass(frozen=True, slots=True)
class _Part:
    """What flows through one thing on a walk: the share of the start, and amounts, minor units in ``currency``."""

    share: Fraction
    pieces: int
    grams: int
    minor: int
    currency: str


def walk(kind: str, number: str, direction: Direction, *, market: int = 1) -> list[Step]:
    """Everything before (``back``) or after (``forward``) a thing, nearest first, with shares of the start.

    Edges of one aspect are followed apart from those of another: what a line became in boxes, in declarations and in
    money are three accounts of the same whole.
    """
    return walk_all({(kind, number): Fraction(1)}, direction, market=market)


def walk_all(
    starts: Mapping[tuple[str, str], Fraction],
    direction: Direction,
    *,
    without: Collection[str] = (),
    market: int = 1,
) -> list[Step]:
    """Walk from several things that make up one whole, each with its share of it; see `walk`.

    ``without`` names aspects that are not followed.
    """
    found: list[Step] = []
    layers = {"": {start: _Part(share, 0, 0, 0, "") for start, share in starts.items()}}
    for depth in range(1, 12):
        layers = _next_layer(layers, direction, market, depth, found)
        layers = {aspect: things for aspect, things in layers.items() if aspect not in without}
        if not layers:
            break
    return [step for step in found if step.aspect not in without]


def _next_layer(
    layers: dict[str, dict[tuple[str, str], _Part]], direction: Direction, market: int, depth: int, found: list[Step]
) -> dict[str, dict[tuple[str, str], _Part]]:
    reached: dict[str, dict[tuple[str, str], list[_Part]]] = defaultdict(lambda: defaultdict(list))
    edges = _edges({thing for things in layers.values() for thing in things}, direction, market)
    for came_by, things in layers.items():
        for thing, part in things.items():
            for aspect, around in _by_aspect(edges.get(thing, [])).items():
                if came_by and not _joins(came_by, aspect, direction):
                    continue
                for edge, flowing in zip(around, _flows(part, around, whole=depth == 1), strict=True):
                    reached[aspect][_far_end(edge, direction)].append(flowing)
    return {aspect: _merge(aspect, things, depth, found) for aspect, things in reached.items()}


def _joins(came_by: str, aspect: str, direction: Direction) -> bool:
    """Going back ends in lines, so any account may be followed; forward, it stays itself or begins at a carton."""
    return direction == "back" or came_by in {aspect, "goods"}


def _edges(
    things: Iterable[tuple[str, str]], direction: Direction, market: int
) -> dict[tuple[str, str], list[dict[str, Any]]]:
    near = "to" if direction == "back" else "from"
    numbers = sorted({number for _, number in things})
    around: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for start in range(0, len(numbers), 900):
        rows = EdgeRow.objects.filter(
            market=market, superseded=False, **{f"{near}_id__in": numbers[start : start + 900]}
        ).order_by("aspect", "from_kind", "from_id", "to_kind", "to_id")
        for row in rows.values(*_FIELDS):
            around[row[f"{near}_kind"], row[f"{near}_id"]].append(row)
    return around


def _by_aspect(edges: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for edge in edges:
        grouped[edge["aspect"]].append(edge)
    return grouped


def _flows(part: _Part, edges: list[dict[str, Any]], *, whole: bool) -> list[_Part]:
    """Share what flows through a thing over its edges of one aspect."""
    weights = _weights(edges)
    total = sum(weights)
    shares = [part.share * Fraction(weight, total) for weight in weights]
    if whole:
        return [
            _Part(s, e["pieces"], e["grams"], e["minor"], e["currency"]) for s, e in zip(shares, edges, strict=True)
        ]
    pieces = split(part.pieces, [e["pieces"] for e in edges])
    grams = split(part.grams, [e["grams"] for e in edges])
    same = len({e["currency"] for e in edges}) == 1
    minor = split(part.minor, [abs(e["minor"]) for e in edges] if same else weights)
    return [_Part(*amounts, part.currency) for amounts in zip(shares, pieces, grams, minor, strict=True)]


def _weights(edges: list[dict[str, Any]]) -> list[int]:
    """By pieces where any are counted, else by money of one currency, else by weight, else equally."""
    for measure in ("pieces", "minor", "grams"):
        weights = [abs(edge[measure]) for edge in edges]
        if any(weights) and (measure != "minor" or len({edge["currency"] for edge in edges}) == 1):
            return weights
    return [1] * len(edges)


def _far_end(edge: dict[str, Any], direction: Direction) -> tuple[str, str]:
    end = "from" if direction == "back" else "to"
    return edge[f"{end}_kind"], edge[f"{end}_id"]


def _merge(
    aspect: str, things: dict[tuple[str, str], list[_Part]], depth: int, found: list[Step]
) -> dict[tuple[str, str], _Part]:
    merged = {}
    for thing in sorted(things):
        parts = things[thing]
        currencies = {part.currency for part in parts}
        one = currencies.pop() if len(currencies) == 1 else ""
        part = _Part(
            sum((p.share for p in parts), Fraction(0)),
            sum(p.pieces for p in parts),
            sum(p.grams for p in parts),
            sum(p.minor for p in parts) if one else 0,
            one,
        )
        merged[thing] = part
        found.append(Step(thing[0], thing[1], aspect, depth, part.pieces, part.grams, part.minor, one, part.share))
    return merged


def kinds(number: str, *, market: int = 1) -> list[str]:
    """The kinds of things that go by a number, as the edges know them."""
    of = EdgeRow.objects.filter(market=market)
    ends = set(of.filter(from_id=number).values_list("from_kind", flat=True))
    return sorted(ends | set(of.filter(to_id=number).values_list("to_kind", flat=True)))
