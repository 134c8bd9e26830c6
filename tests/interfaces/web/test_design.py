"""The design system: contrast of WCAG 2.2 AA in both lights, logical properties only, small, no framework."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bolanggu.interfaces import web

CSS = (Path(web.__file__).parent / "static/web/site.css").read_text(encoding="utf-8")
TEXT_ON = {
    "ink": ["ground", "paper", "raised", "accent-soft"],
    "soft": ["ground", "paper", "raised"],
    "link": ["ground", "paper", "raised", "accent-soft"],
    "on-accent": ["accent"],
    "bad": ["paper", "bad-soft"],
    "good": ["paper", "good-soft"],
    "warn": ["paper", "warn-soft"],
    "busy": ["paper", "busy-soft"],
}
SHAPES_ON = {
    "edge": ["paper", "ground"],
    "accent": ["paper", "ground", "raised"],
    "focus": ["paper", "ground", "raised"],
}


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block))


def lights() -> list[dict[str, str]]:
    light = CSS.split("color-scheme: light;", 1)[0]
    dark = CSS.split(':root[data-light="dark"] {', 1)[1].split("}", 1)[0]
    return [tokens(light), tokens(dark)]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("light", [0, 1])
def test_text_has_contrast_of_four_and_a_half_and_shapes_of_three(light):
    colours = lights()[light]
    for least, pairs in ((4.5, TEXT_ON), (3.0, SHAPES_ON)):
        for fore, grounds in pairs.items():
            for ground in grounds:
                assert contrast(colours[fore], colours[ground]) >= least, (fore, ground)


def test_the_two_dark_blocks_are_the_same():
    media = CSS.split('not([data-light="light"]) {', 1)[1].split("}", 1)[0]
    assert tokens(media) == lights()[1]


def test_no_property_knows_left_or_right():
    sides = r"(?:margin|padding|border)-(?:left|right|top|bottom)"
    physical = rf"{sides}|(?<![\w-])(?:left|right|width|height)\s*:|text-align:\s*(?:left|right)"
    bare = re.sub(r"\(m\w+-width:[^)]*\)", "", CSS)
    assert re.findall(physical, bare) == []


def test_it_is_small():
    assert len(CSS.encode()) < 60_000
