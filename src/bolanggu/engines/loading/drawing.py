"""Pictures of a plan (装箱图): an isometric view and one drawing a layer, as SVG text without any dependency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import numpy as np

from .colours import palette, shade
from .model import CartonType, ContainerType, Placement, Plan

#: isometric directions of x, y, z on the page, per mm
_X = (0.866, 0.34)
_Y = (-0.5, 0.42)
_Z = (0.0, -1.0)

Point = tuple[float, float]


def isometric(plan: Plan, cartons: Sequence[CartonType], *, width: int = 900, until: int | None = None) -> str:
    """Draw the plan seen from above the door's right side, cartons coloured by group.

    Parameters
    ----------
    plan
        The plan.
    cartons
        Types of the plan; a carton without group is coloured by its key.
    width
        Width of the picture, px.
    until
        Draws the first so many cartons in loading order; None draws all.

    Returns
    -------
    An SVG document. Each carton is a ``<g>`` with ``data-key``, ``data-group`` and ``data-step``.
    """
    groups = {carton.key: carton.group or carton.key for carton in cartons}
    colours = palette(groups.values())
    scale, origin, height = _frame(plan.container, width)
    numbered = list(enumerate(plan.placements[:until], 1))
    shown = [numbered[at] for at in painting_order([p for _, p in numbered])]
    body = [_walls(plan.container, scale, origin)]
    body += [_carton(p, step, groups[p.key], colours[groups[p.key]], scale, origin) for step, p in shown]
    title = f"{plan.container.name}: {len(plan.placements)} cartons, {plan.fill_percent:.1f} %"
    return _document(width, height, title, body)


def _frame(box: ContainerType, width: int) -> tuple[float, Point, int]:
    corners = [
        _flat((x, y, z), 1.0, (0.0, 0.0)) for x in (0, box.length) for y in (0, box.width) for z in (0, box.height)
    ]
    left, right = min(p[0] for p in corners), max(p[0] for p in corners)
    upper, lower = min(p[1] for p in corners), max(p[1] for p in corners)
    scale = (width - 20) / (right - left)
    return scale, (10 - left * scale, 10 - upper * scale), round((lower - upper) * scale) + 20


def _flat(point: tuple[float, float, float], scale: float, origin: Point) -> Point:
    across = sum(part * way[0] for part, way in zip(point, (_X, _Y, _Z), strict=True))
    down = sum(part * way[1] for part, way in zip(point, (_X, _Y, _Z), strict=True))
    return origin[0] + across * scale, origin[1] + down * scale


def painting_order(placements: Sequence[Placement]) -> list[int]:
    """Order indices such that no carton is painted before one that it hides, seen from above, door and right.

    A carton lies behind another when it ends before the other starts on some axis and nothing says the reverse; cartons
    that do not overlap never contradict each other in a circle of two, and a longer circle is cut at its least index.
    """
    low = np.array([(p.x, p.y, p.z) for p in placements], np.int64).reshape(-1, 3)
    high = low + np.array([(p.dx, p.dy, p.dz) for p in placements], np.int64).reshape(-1, 3)
    ends_before = (high[:, None, :] <= low[None, :, :]).any(axis=2)
    behind = np.asarray(ends_before & ~ends_before.T)
    waiting = behind.sum(axis=0)
    order: list[int] = []
    for _ in placements:
        at = int(np.argmin(waiting))
        order.append(at)
        waiting = waiting - behind[at]
        waiting[at] = np.iinfo(np.int64).max // 2
    return order


def _polygon(points: Sequence[tuple[float, float, float]], fill: str, scale: float, origin: Point) -> str:
    text = " ".join(f"{x:.1f},{y:.1f}" for x, y in (_flat(point, scale, origin) for point in points))
    return f'<polygon points="{text}" fill="{fill}"/>'


def _walls(box: ContainerType, scale: float, origin: Point) -> str:
    x, y, z = box.length, box.width, box.height
    floor = _polygon([(0, 0, 0), (x, 0, 0), (x, y, 0), (0, y, 0)], "#eceae4", scale, origin)
    front = _polygon([(0, 0, 0), (0, y, 0), (0, y, z), (0, 0, z)], "#dcd9d0", scale, origin)
    side = _polygon([(0, 0, 0), (x, 0, 0), (x, 0, z), (0, 0, z)], "#e4e1d9", scale, origin)
    return f'<g stroke="#8a8678" stroke-width="1">{floor}{front}{side}</g>'


def _carton(p: Placement, step: int, group: str, colour: str, scale: float, origin: Point) -> str:
    x1, y1, z1, x2, y2, z2 = p.x, p.y, p.z, p.x + p.dx, p.y + p.dy, p.z + p.dz
    top = _polygon([(x1, y1, z2), (x2, y1, z2), (x2, y2, z2), (x1, y2, z2)], colour, scale, origin)
    door = _polygon([(x2, y1, z1), (x2, y2, z1), (x2, y2, z2), (x2, y1, z2)], shade(colour, 0.72), scale, origin)
    side = _polygon([(x1, y2, z1), (x2, y2, z1), (x2, y2, z2), (x1, y2, z2)], shade(colour, 0.86), scale, origin)
    facts = f'data-key="{escape(p.key)}" data-group="{escape(group)}" data-step="{step}"'
    return f"<g {facts}><title>{step}: {escape(p.key)}</title>{door}{side}{top}</g>"


def _document(width: int, height: int, title: str, body: Sequence[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    style = '<g stroke="#3b3a36" stroke-width="0.5" stroke-linejoin="round">'
    return f'{head} role="img"><title>{escape(title)}</title>{style}{"".join(body)}</g></svg>'


def layers(plan: Plan, cartons: Sequence[CartonType], *, width: int = 900) -> dict[int, str]:
    """One drawing from above for each height at which cartons stand: height in mm → SVG document.

    Cartons that start at the height are filled and named; those below that reach through it are drawn hatched grey.
    """
    groups = {carton.key: carton.group or carton.key for carton in cartons}
    colours = palette(groups.values())
    heights = sorted({p.z for p in plan.placements})
    return {height: _layer(plan, height, groups, colours, width) for height in heights}


def _layer(plan: Plan, z: int, groups: Mapping[str, str], colours: Mapping[str, str], width: int) -> str:
    scale = (width - 20) / plan.container.length
    deep = round(plan.container.width * scale) + 20
    body = [_rectangle(0, 0, plan.container.length, plan.container.width, "#f6f4ee", scale)]
    for step, p in enumerate(plan.placements, 1):
        if p.z < z < p.z + p.dz:
            body.append(_rectangle(p.x, p.y, p.dx, p.dy, "#d8d5cb", scale))
        elif p.z == z:
            body.append(_rectangle(p.x, p.y, p.dx, p.dy, colours[groups[p.key]], scale))
            body.append(_label(p, step, scale))
    return _document(width, deep, f"{plan.container.name}: layer at {z} mm", body)


def _rectangle(x: int, y: int, dx: int, dy: int, fill: str, scale: float) -> str:
    place = f'x="{10 + x * scale:.1f}" y="{10 + y * scale:.1f}" width="{dx * scale:.1f}" height="{dy * scale:.1f}"'
    return f'<rect {place} fill="{fill}"/>'


def _label(p: Placement, step: int, scale: float) -> str:
    size = max(4.0, min(11.0, p.dy * scale * 0.4, p.dx * scale * 0.3))
    place = f'x="{10 + (p.x + p.dx / 2) * scale:.1f}" y="{10 + (p.y + p.dy / 2) * scale + size / 3:.1f}"'
    return f'<text {place} font-size="{size:.1f}" text-anchor="middle" stroke="none">{step}</text>'
