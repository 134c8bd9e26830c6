"""Trends (走势图) as SVG without styles: colours come from the page's style sheet by class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, EDGE = 640, 190, 34


@dataclass(frozen=True, slots=True)
class Point:
    """A value at its place in the row of periods; ``open`` for a bound instead of an exact value."""

    label: str
    value: float
    words: str
    open: bool = False


def trend(points: Sequence[Point], *, title: str, aim: float | None = None) -> str:
    """A line through the points with the first and last label, and the target as a dashed line.

    >>> trend([], title="none")
    ''
    """
    if len(points) < 2:
        return ""
    levels = [point.value for point in points] + ([aim] if aim is not None else [])
    low, high = min(levels), max(levels)
    room = (high - low) or abs(high) or 1.0
    step = (WIDTH - 2 * EDGE) / (len(points) - 1)
    places = [(EDGE + step * at, _y(point.value, low, room)) for at, point in enumerate(points)]
    way = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = "".join(
        f'<circle class="{"open" if point.open else "dot"}" cx="{x:.1f}" cy="{y:.1f}" r="4.5">'
        f"<title>{escape(point.label)}: {escape(point.words)}</title></circle>"
        for point, (x, y) in zip(points, places, strict=True)
    )
    line = ""
    if aim is not None:
        y = f"{_y(aim, low, room):.1f}"
        line = f'<line class="aim" x1="{EDGE}" x2="{WIDTH - EDGE}" y1="{y}" y2="{y}"/>'
    ends = _text(EDGE, HEIGHT - 8, points[0].label, "start") + _text(WIDTH - EDGE, HEIGHT - 8, points[-1].label, "end")
    best = _text(places[-1][0], places[-1][1] - 11, points[-1].words, "end", "value")
    return (
        f'<svg class="trend" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">'
        f'<line class="ground" x1="{EDGE}" x2="{WIDTH - EDGE}" y1="{HEIGHT - EDGE + 6}" y2="{HEIGHT - EDGE + 6}"/>'
        f'{line}<polyline class="way" points="{way}"/>{dots}{ends}{best}</svg>'
    )


def _y(value: float, low: float, room: float) -> float:
    return HEIGHT - EDGE - (value - low) / room * (HEIGHT - 2 * EDGE - 8)


def _text(x: float, y: float, words: str, anchor: str, kind: str = "label") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'
