"""How facts of the blueprint are shown: labels and values in the reader's language, sources, states."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel.numbers import format_compact_decimal, format_decimal
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bolanggu.blueprint import selectors
from bolanggu.blueprint.digest.showing import period_words, shown
from bolanggu.blueprint.models import Observation
from bolanggu.blueprint.pace import Pace, State
from bolanggu.blueprint.sentences import Quote
from bolanggu.interfaces.web.templatetags.shown import locale

_SIGNS = {"lower": "≥ ", "upper": "≤ ", "approx": "≈ ", "exact": ""}
_UNITS = {"元": "CNY", "美元": "USD", "CNY": "CNY", "USD": "USD"}

STATES = {
    State.NOT_ASSESSABLE: (_("not assessable"), "plain"),
    State.MET: (_("met"), "good"),
    State.ON_PACE: (_("on pace"), "good"),
    State.BEHIND: (_("behind"), "warn"),
}

RELATIONS = {
    "agrees": _("agrees"),
    "agrees within rounding": _("agrees within rounding"),
    "earlier vintage": _("earlier vintage"),
    "other basis, not comparable": _("other basis, not comparable"),
    "differs": _("differs"),
}


def chinese() -> bool:
    """True if the reader reads Chinese."""
    return (get_language() or "en").startswith("zh")


def label(thing: Any, of: str = "label") -> str:
    """Label of a box, indicator, target or reform in Chinese, or in English for every other language."""
    zh, en = getattr(thing, f"{of}_zh"), getattr(thing, f"{of}_en", "")
    return str((zh or en) if chinese() else (en or zh))


def period(label_of: str) -> str:
    """A period in the reader's words."""
    zh, en = period_words(label_of)
    return zh if chinese() else en


def value(number: Decimal, unit: str, bound: str = "exact") -> str:
    """A value with its bound and unit, rounded for the eye.

    >>> value(Decimal(1260000), "户", "lower"), value(Decimal(1), "位"), value(Decimal("24.6"), "%")
    ('≥ 1.26M', '#1', '24.6%')
    """
    if chinese():
        words = shown(float(number), unit, bound)
        return f"{words.before}{words.digits}{words.unit}"
    if unit == "位":
        return f"#{number.normalize():f}"
    if unit in {"%", "百分点"}:
        exact = format_decimal(number.normalize(), locale=locale(), decimal_quantization=False)
        return f"{_SIGNS[bound]}{exact}{'%' if unit == '%' else ' pp'}"
    large = abs(number) >= 10000
    words = (
        format_compact_decimal(number, locale=locale(), fraction_digits=2)
        if large
        else format_decimal(number, locale=locale())
    )
    money = _UNITS.get(unit)
    return f"{_SIGNS[bound]}{words}{f' {money}' if money else ''}"


@dataclass(frozen=True, slots=True)
class Shown:
    """One observation for the page: its value, period, source and sentence."""

    observation: Observation
    words: str
    exact: str
    period: str
    quote: Quote | None
    relation: Any = ""
    simulated: bool = False


def observed(one: Observation, relation: str = "") -> Shown:
    """An observation as the page shows it."""
    return Shown(
        observation=one,
        words=value(one.value, one.indicator.unit, one.bound),
        exact=f"{one.value.normalize():f} {one.indicator.unit}",
        period=period(one.period),
        quote=selectors.sentence(one),
        relation=RELATIONS.get(relation, relation),
        simulated=one.source == "simulated",
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """A target for the page: state in words, mood, shares done and gone in percent."""

    target: Any
    pace: Pace
    words: Any
    mood: str
    done: float | None
    gone: float | None
    value: str
    quote: Quote | None


def target(one: Any, pace: Pace) -> Standing:
    """A target with its pace as the page shows it."""
    words, mood = STATES[pace.state]
    number = value(one.value, one.indicator.unit, one.bound) if one.value is not None and one.indicator else ""
    return Standing(
        target=one,
        pace=pace,
        words=words,
        mood=mood,
        done=None if pace.done is None else min(100.0, max(0.0, 100 * pace.done)),
        gone=None if pace.gone is None else 100 * pace.gone,
        value=number,
        quote=selectors.sentence(one),
    )
