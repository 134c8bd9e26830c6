"""Showing numbers (数字写法): rounded for the eye only, in Chinese and English; the exact value stays in the data."""

from __future__ import annotations

from dataclasses import dataclass

_LARGE = ((1e12, "万亿", "tn"), (1e8, "亿", None), (1e4, "万", None))
_MONEY = {"元": "CNY", "美元": "USD", "欧元": "EUR", "CNY": "CNY", "USD": "USD"}
_BEFORE = {"lower": ("超", "over "), "upper": ("不足", "under "), "approx": ("约", "about ")}


@dataclass(frozen=True, slots=True)
class Shown:
    """A number for the eye: what bounds it, the digits, the unit; and the same in English."""

    before: str
    digits: str
    unit: str
    english: str


def shown(value: float, unit: str, bound: str = "exact") -> Shown:
    """A value in its base unit as people read it.

    >>> shown(126100000000, "元")
    Shown(before='', digits='1261', unit='亿元', english='CNY 126.1 billion')
    >>> shown(1260000, "户", "lower")
    Shown(before='超', digits='126', unit='万户', english='over 1.26 million')
    >>> shown(-1.2, "%").digits
    '−1.2'
    """
    before, over = _BEFORE.get(bound, ("", ""))
    if unit in {"%", "百分点", "ratio"}:
        english = f"{over}{_short(value)}" + {"%": "%", "百分点": " points", "ratio": ""}[unit]
        return Shown(before, _short(value), "" if unit == "ratio" else unit, english)
    if unit == "位":
        return Shown("第", _short(value), "位", f"rank {_short(value)}")
    size, word = next(((size, word) for size, word, _ in _LARGE[1:] if abs(value) >= size), (1, ""))
    money = _MONEY.get(unit)
    english = f"{over}{money + ' ' if money else ''}{_english(value)}"
    return Shown(before, _short(value / size, 2), word + {"CNY": "元", "USD": "美元"}.get(unit, unit), english)


def _short(value: float, places: int = 4) -> str:
    """Digits without trailing zeros, a minus sign that is one."""
    text = f"{value:.{places}f}".rstrip("0").rstrip(".") if places else f"{value:.0f}"
    return text.replace("-", "−")


def _english(value: float) -> str:
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{_short(value / size, 2)} {word}"
    return f"{value:,.0f}" if float(value).is_integer() else _short(value, 2)


def period_words(label: str | None) -> tuple[str, str]:
    """A period in Chinese and English.

    >>> period_words("2025-H1"), period_words("2026-Q1"), period_words("2025"), period_words(None)
    (('2025年上半年', 'first half of 2025'), ('2026年一季度', 'Q1 2026'), ('2025年', '2025'), ('', ''))
    """
    if not label:
        return "", ""
    year, _, part = label.partition("-")
    halves = {"H1": ("上半年", "first half of "), "H2": ("下半年", "second half of ")}
    quarters = {"Q1": "一季度", "Q2": "二季度", "Q3": "三季度", "Q4": "四季度"}
    if not part and year.isdigit():
        return f"{year}年", year
    if part in halves:
        return f"{year}年{halves[part][0]}", f"{halves[part][1]}{year}"
    if part in quarters:
        return f"{year}年{quarters[part]}", f"{part} {year}"
    month, _, day = part.partition("-")
    if month.isdigit():
        return f"{year}年{int(month)}月" + (f"{int(day)}日" if day.isdigit() else ""), label
    return label, label
