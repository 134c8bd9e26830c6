"""How values are shown (显示格式): numbers, money, moments and codes in the reader's language, by Babel (CLDR)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal, format_percent
from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from bolanggu.interfaces.web.words import MOODS, word
from bolanggu.values.money import Money

register = template.Library()


@cache
def _locale(language: str) -> Locale:
    return Locale.parse({"zh-hans": "zh_Hans_CN"}.get(language, language.replace("-", "_")))


def locale() -> Locale:
    """The reader's locale."""
    return _locale(get_language() or "en")


@register.filter
def figure(value: Any, digits: int = 0) -> str:
    """A number with the reader's separators; empty for None.

    >>> figure(1234567), figure(2.5, 2), figure(None)
    ('1,234,567', '2.50', '')
    """
    if value is None or value == "":
        return ""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(Decimal(str(value)), pattern, locale=locale()))


@register.filter
def money(minor: int | None, currency: str) -> str:
    """Minor units of a currency as the reader writes them.

    >>> money(123456, "USD"), money(5000, "JPY")
    ('$1,234.56', '¥5,000')
    """
    if minor is None:
        return ""
    amount = Money(currency, minor).decimal()
    shape = _money_format(locale(), currency)
    return str(format_currency(amount, currency, locale=locale(), currency_digits=False, format=shape))


@cache
def _money_format(of: Locale, currency: str) -> str:
    """CLDR's own pattern with as many digits as the currency's minor unit has."""
    digits = len(f"{Money(currency, 1).decimal():f}".partition(".")[2])
    pattern: str = of.currency_formats["standard"].pattern
    return pattern.replace("0.00", "0." + "0" * digits if digits else "0")


@register.filter
def percent(value: float | None, digits: int = 1) -> str:
    """A number of percent.

    >>> percent(56.75)
    '56.8%'
    """
    if value is None:
        return ""
    pattern = "#,##0." + "0" * digits + "%"
    return str(format_percent(Decimal(str(value)) / 100, pattern, locale=locale()))


@register.filter
def kilograms(grams: int | None, digits: int = 1) -> str:
    r"""Grams as kilograms.

    >>> kilograms(12345)[1:-1]
    '12.3\xa0kg'
    """
    return "" if grams is None else unit(figure(Decimal(grams) / 1000, digits), "kg")


@register.filter
def unit(shown: str, symbol: str) -> str:
    r"""A number with its unit, kept together and in this order in right-to-left text too (Unicode isolates).

    >>> unit("2.50", "m³")[1:-1]
    '2.50\xa0m³'
    """
    return f"\u2066{shown}\u00a0{symbol}\u2069" if shown else ""


@register.filter
def day(value: Any) -> str:
    """A date in the reader's medium form; takes dates, moments and ISO 8601 text."""
    found = _moment(value)
    return "" if found is None else str(format_date(found, "medium", locale=locale()))


@register.filter
def moment(value: Any) -> str:
    """A time in the market's zone, short."""
    found = _moment(value)
    return "" if found is None else str(format_datetime(found, "short", locale=locale()))


def _moment(value: Any) -> date | None:
    if not value:
        return None
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        return timezone.localtime(value) if timezone.is_aware(value) else value
    assert isinstance(value, date)
    return value


@register.filter
def named(code: str | None, noun: str) -> str:
    """The word for a code: ``{{ order.state|named:"state" }}``."""
    return "" if code is None else word(code, noun)


@register.filter
def told(value: Any) -> str:
    """What was asked of an act, in words: a choice by its word, a list with commas.

    >>> told(["a", "b"]), told("SX-1")
    ('a, b', 'SX-1')
    """
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return word(value, "choice") if isinstance(value, str) else str(value)


@register.filter
def mood(code: str) -> str:
    """How a state is felt: good, warn, bad, busy or plain."""
    return MOODS.get(code, "plain")


@register.simple_tag
def badge(code: str) -> SafeString:
    """A state as a badge in its colour."""
    return format_html('<span class="badge {}">{}</span>', mood(code), named(code, "state"))


@register.filter
def category(key: str) -> str:
    """A market category in the reader's language, from the lexicon."""
    from bolanggu.lexicon.labels import labels

    language = {"zh-hans": "zh"}.get(get_language() or "en", get_language() or "en")
    found = labels(language).get(("categories", key)) or labels("en").get(("categories", key))
    return found.text if found else key


@register.filter
def mode_chain(chain: str) -> str:
    """A chain of modes such as ``road+sea`` in words."""
    return " → ".join(word(mode.strip(), "transport") for mode in chain.replace("+", ">").replace("-", ">").split(">"))


@register.simple_tag
def title_of(title_zh: str, title_en: str) -> str:
    """The title that suits the reader: Chinese for Chinese readers, else English, else what there is."""
    chinese = (get_language() or "").startswith("zh")
    return (title_zh or title_en) if chinese else (title_en or title_zh)
