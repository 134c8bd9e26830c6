"""Colours of groups in drawings (图例颜色): far apart in hue, the same group always the same."""

from __future__ import annotations

import colorsys
from collections.abc import Iterable


def palette(names: Iterable[str]) -> dict[str, str]:
    """Choose a colour for each name as #rrggbb, hues spread by the golden ratio in the names' sorted order.

    >>> palette(["b", "a"])
    {'a': '#d99178', 'b': '#787bd9'}
    """
    colours = {}
    for index, name in enumerate(sorted(set(names))):
        hue = (0.043 + index * 0.618034) % 1.0 if index else 0.043
        red, green, blue = colorsys.hls_to_rgb(hue, 0.66 - 0.07 * (index // 8 % 3), 0.56)
        colours[name] = f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"
    return colours


def shade(colour: str, share: float) -> str:
    """Give a colour darkened to ``share`` of its brightness.

    >>> shade("#d99178", 0.5)
    '#6c483c'
    """
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{int(part * share):02x}" for part in parts)
