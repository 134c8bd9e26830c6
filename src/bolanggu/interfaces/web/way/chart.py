"""Pareto chart (帕累托图): ways by days and cost, the area of a dot its CO2e. SVG text without outside references."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, log10, sqrt

from bolanggu.engines.routing.drawing import OTHER, STYLES

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 720, 340, 74, 44, 16
LARGEST_DOT = 26.0


@dataclass(frozen=True, slots=True)
class Dot:
    """One way: days under way, cost in whole currency units, CO2e in kg, its longest leg's mode, and its number."""

    number: int
    days: float
    cost: float
    co2e_kg: float
    mode: str
    told: str


def pareto_chart(dots: Sequence[Dot], *, title: str, days: str, cost: str, marked: frozenset[int] = frozenset()) -> str:
    """Draw the chart; ``marked`` dots have a thick rim. Cost is on a logarithmic axis where it spans a decade.

    >>> pareto_chart([Dot(1, 30, 900, 800, "sea", "sea")], title="t", days="days", cost="USD").startswith("<svg ")
    True
    """
    if not dots:
        return ""
    most = max(dot.days for dot in dots) * 1.08
    costs = [max(dot.cost, 0.01) for dot in dots]
    low, high = min(costs) / 1.3, max(costs) * 1.3
    largest = max(dot.co2e_kg for dot in dots) or 1.0

    def at(dot: Dot) -> tuple[float, float]:
        share = log10(max(dot.cost, 0.01) / low) / log10(high / low)
        across = LEFT + dot.days / most * (WIDTH - LEFT - 20)
        return across, HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{escape(title)}</title>",
        *_axes(most, low, high, days, cost),
    ]
    for dot in sorted(dots, key=lambda dot: -dot.co2e_kg):
        x, y = at(dot)
        radius = max(4.0, LARGEST_DOT * sqrt(dot.co2e_kg / largest))
        colour, _ = STYLES.get(dot.mode, OTHER)
        rim = 3 if dot.number in marked else 1
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}" fill-opacity="0.45" '
            f'stroke="{colour}" stroke-width="{rim}"><title>{escape(dot.told)}</title></circle>'
            f'<text x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle" font-family="sans-serif" font-size="11" '
            f'fill="currentColor">{dot.number}</text>'
        )
    return "\n".join([*parts, "</svg>"])


def _axes(most: float, low: float, high: float, days: str, cost: str) -> list[str]:
    ground, right = HEIGHT - BOTTOM, WIDTH - 20
    text = 'font-family="sans-serif" font-size="12" fill="currentColor"'
    parts = [
        f'<path d="M{LEFT} {TOP}V{ground}H{right}" fill="none" stroke="currentColor" stroke-opacity="0.5"/>',
        f'<text x="{right}" y="{HEIGHT - 6}" text-anchor="end" {text}>{escape(days)}</text>',
        f'<text x="4" y="{TOP}" {text}>{escape(cost)}</text>',
    ]
    step = next(step for step in (1, 2, 5, 10, 20, 50) if most / step <= 9 or step == 50)
    for day in range(step, int(most) + 1, step):
        x = LEFT + day / most * (WIDTH - LEFT - 20)
        parts.append(f'<text x="{x:.1f}" y="{ground + 16}" text-anchor="middle" {text}>{day}</text>')
    for value in _rungs(low, high):
        y = ground - log10(value / low) / log10(high / low) * (ground - TOP)
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" {text}>{value:,.0f}</text>')
        parts.append(f'<path d="M{LEFT} {y:.1f}H{right}" stroke="currentColor" stroke-opacity="0.15"/>')
    return parts


def _rungs(low: float, high: float) -> list[float]:
    """1, 2 and 5 times powers of ten within the span; a narrow span gets its middle."""
    powers = range(int(log10(low)) - 1, ceil(log10(high)) + 1)
    found = [rung * 10.0**power for power in powers for rung in (1, 2, 5) if low < rung * 10.0**power < high]
    return found or [(low * high) ** 0.5]
