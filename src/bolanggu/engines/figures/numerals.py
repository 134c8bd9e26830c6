"""Numerals (数词): the value of Arabic, Chinese and mixed numbers, exact.

A value is an ``int`` where it is whole, else the nearest ``float`` of the exact decimal.
"""

from __future__ import annotations

from decimal import Decimal

DIGITS = {
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
SCALES = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}


def chinese(text: str) -> Decimal:
    """Value of a number in Chinese numerals.

    >>> chinese("一千零二十三"), chinese("廿五"), chinese("二点五"), chinese("两万三")
    (Decimal('1023'), Decimal('25'), Decimal('2.5'), Decimal('23000'))
    """
    if text == "半":
        return Decimal("0.5")
    whole, _, part = text.replace("廿", "二十").partition("点")
    value = _whole(whole)
    if part:
        value += Decimal("0." + "".join(str(DIGITS[char]) for char in part))
    return value


def _whole(text: str) -> Decimal:
    if len(text) > 1 and all(char in DIGITS for char in text):
        return Decimal(int("".join(str(DIGITS[char]) for char in text)))
    total = section = digit = 0
    last = 1
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
            last = 1 if char in "零〇" else last
        elif char in SCALES:
            section += (digit or 1) * SCALES[char]
            digit, last = 0, SCALES[char]
        elif char in MYRIADS:
            scale = MYRIADS[char]
            total = (
                (total + section + digit or 1) * scale
                if scale > 10**4 or not total
                else total + (section + digit) * scale
            )
            section, digit, last = 0, 0, scale
    return Decimal(total + section + digit * (last // 10 if last > 10 else 1))


def arabic(text: str) -> Decimal:
    """Value of a number in Arabic digits, thousands commas allowed.

    >>> arabic("1,234.5")
    Decimal('1234.5')
    """
    return Decimal(text.replace(",", ""))


def factor(text: str) -> int:
    """Product of multiplier characters: 万亿 → 10¹².

    >>> factor("万亿"), factor("百万"), factor("")
    (1000000000000, 1000000, 1)
    """
    value = 1
    for char in text:
        value *= SCALES.get(char) or MYRIADS[char]
    return value


def plain(value: Decimal) -> int | float:
    """An ``int`` if whole, else the float nearest to the exact value.

    >>> plain(Decimal("2693.3") * 10**8), plain(Decimal("7.7"))
    (269330000000, 7.7)
    """
    whole = int(value)
    return whole if whole == value else float(value)
