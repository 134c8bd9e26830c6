"""Scanner (扫描): the tokens of a view, noise left out."""

from __future__ import annotations

import re
from decimal import Decimal

from bolanggu.engines.figures import numerals, periods
from bolanggu.engines.figures.lexer import lexer
from bolanggu.engines.figures.tokens import Kind, Token
from bolanggu.engines.figures.words import base_units, units, words

_BEFORE = {"超": "lower", "近": "approx", "不足": "upper"}
_BARE = re.compile(r"[百千万亿]")


def scan(text: str) -> list[Token]:
    """All numbers and periods of a view's text, in order; O(length)."""
    tokens: list[Token] = []
    read = {
        "period": _period, "shares": _shares, "rank": _rank, "turned": _turned, "hundredth": _hundredth,
        "fraction": _fraction, "number": _number, "pair": _pair,
    }  # fmt: skip
    for match in lexer().finditer(text):
        name = match.lastgroup
        if name and name != "noise" and (token := read[name](match)):
            tokens.append(token)
    return tokens


def _period(match: re.Match[str]) -> Token:
    return Token(Kind.PERIOD, match.start(), match.end(), period=periods.parse(match.group()))


def _shares(match: re.Match[str]) -> Token | None:
    parts, at = [], match.start()
    for part in match["shares"].split(":"):
        parts.append((at, at + len(part), numerals.arabic(part)))
        at += len(part) + 1
    if len(parts) > 2:
        total = sum(value for _, _, value in parts)
        return (
            Token(Kind.SHARES, match.start(), match.end(), unit="%", shares=tuple(parts))
            if 99 <= total <= 101
            else None
        )
    (_, _, first), (_, _, second) = parts
    if second != 1 or match.string[match.start() : match.end()].startswith("0"):
        return None
    return Token(Kind.NUMBER, match.start(), match.end(), first, "ratio", group="share")


def _rank(match: re.Match[str]) -> Token:
    if match["top"]:
        return Token(Kind.RANK, match.start(), match.end(), Decimal(1), "位", "位")
    digits = match["nth"] or match["front"]
    value = Decimal(digits) if digits.isdigit() else numerals.chinese(digits)
    token = Token(Kind.RANK, match.start(), match.end(), value, "位", match["place"] or match["in"] or "")
    if match["front"]:
        token.qualifiers.append("前")
    return token


def _pair(match: re.Match[str]) -> Token:
    digits = match["pairs"]
    value = Decimal(digits) if digits.isdigit() else numerals.chinese(digits)
    return Token(Kind.NUMBER, match.start(), match.end(), value, "个", "大", group="things")


def _turned(match: re.Match[str]) -> Token:
    times = match["times"]
    count = int(times) if times.isdigit() else int(numerals.chinese(times))
    return Token(Kind.MULTIPLE, match.start(), match.end(), Decimal(2**count), "倍", "番")


def _hundredth(match: re.Match[str]) -> Token:
    text = match["of"]
    value = Decimal(text) if text[0].isdigit() else numerals.chinese(text)
    if match["base"] == "百":
        token = Token(Kind.PERCENT, match.start(), match.end(), value, "%", "%")
    else:
        token = Token(Kind.PERCENT, match.start(), match.end(), value / numerals.factor(match["base"]), "ratio", "%")
    _qualify(token, match["hb"], match.string)
    return token


def _fraction(match: re.Match[str]) -> Token | None:
    if match["a"]:
        over, under = Decimal(match["a"]), Decimal(match["b"])
    else:
        over, under = numerals.chinese(match["over"]), numerals.chinese(match["under"])
    if not under or over >= under:
        return None
    return Token(Kind.PERCENT, match.start(), match.end(), over / under, "ratio", "%")


def _number(match: re.Match[str]) -> Token | None:
    digits, unit, prefix = match["num"], match["unit"] or "", match["pre"]
    scale = numerals.factor(match["mult"])
    chinese = not digits[0].isdigit()
    if chinese and not _stands(match, digits, unit):
        return None
    value = _value(digits) * scale
    token = Token(
        Kind.NUMBER, match.start(), match.end(), value, base_units().get(unit, unit), unit, scale, units().get(unit, "")
    )
    if "/" in unit:
        token.group = "rate"
    if chinese and not match["mult"] and "万" not in digits and "亿" not in digits and not _BARE.match(digits):
        token.small = value < 11 and not (match["in1"] or match["in2"])
    _by_unit(token)
    _qualify(token, prefix, match.string, match["in1"] or match["in2"])
    return token


def _value(digits: str) -> Decimal:
    if not digits[0].isdigit():
        return numerals.chinese(digits)
    if "万" in digits:
        myriads, _, rest = digits.partition("万")
        return numerals.arabic(myriads) * 10**4 + numerals.arabic(rest.rstrip("千")) * 1000
    return numerals.arabic(digits)


def _stands(match: re.Match[str], digits: str, unit: str) -> bool:
    """True if a number in Chinese characters may be a figure at all."""
    if digits[0] in "百千万亿":
        return unit == "级" or bool(match["in1"] or match["in2"] or (match["pre"] and (unit or digits[-1] in "亿万")))
    if digits[0] == "零" or ("零" in digits and not unit) or digits == "半":
        return False
    return bool(unit) or digits[-1] in "亿万" or bool(match["mult"])


def _by_unit(token: Token) -> None:
    """Set kind and value of percent, points, 倍 and 成."""
    if token.unit == "级":
        token.unit, token.group = "元", "money"
        token.qualifiers.append("以上")
    elif token.unit in ("%", "‰"):
        token.kind = Kind.PERCENT
    elif token.unit == "成":
        token.kind, token.unit, token.value = Kind.PERCENT, "%", token.value * 10
    elif token.unit == "百分点":
        token.kind = Kind.POINTS
    elif token.unit == "倍":
        token.kind = Kind.MULTIPLE


def _qualify(token: Token, prefix: str, text: str, infix: str = "") -> None:
    """Note the words that bound the number: before, inside and after it."""
    if prefix in words("approx"):
        token.qualifiers.append("近" if "近" in prefix or "逼" in prefix else "约")
    elif prefix in words("under"):
        token.qualifiers.append("不足")
    elif prefix:
        token.qualifiers.append("超")
    if infix:
        token.qualifiers.append("余" if infix in "余+" else "多")
    for name, mark in (("after_lower", "以上"), ("after_upper", "以下"), ("after_approx", "左右")):
        if text.startswith(words(name), token.end) and not (name == "after_lower" and text[token.end] in "余多强+"):
            token.qualifiers.append(mark)


def indefinite(text: str, token: Token) -> bool:
    """True after 几 or 数: 数千家, 几十个 say no number."""
    before = text[token.start - 1 : token.start]
    return before == "几" or (before == "数" and text[token.start] in "十百千万亿")
