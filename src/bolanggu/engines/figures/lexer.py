"""Lexer (记号表): the regular expression that finds numbers, periods and what only looks like a number."""

from __future__ import annotations

import re
from functools import cache

from bolanggu.engines.figures.periods import PERIOD
from bolanggu.engines.figures.words import either, pattern, units, words

_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])|\d+(?:\.\d+)?)"
_CHINESE = r"(?:[一二两三四五六七八九十百千万亿廿半零]+(?:点[零一二三四五六七八九]+)?)"
_DIGITS = "[一二三四五六七八九十]"
_MULTIPLIER = r"(?:万亿|千亿|百亿|千万|百万|亿|万(?!元GDP)|千(?![瓦米克卡伏])|百(?!分点|分之|货|强|姓))"
_INSIDE = r"[^”’》〉。；\n]{0,14}"

#: what must not be read as a figure, wherever it stands; the comment names an example
_NOISE = (
    rf"(?:(?<=[\n。；！])|^)[（]?(?:\d{{1,2}}|{_DIGITS}{{1,3}})[）、.．](?!\d)",  # 1. （一） 一、
    r"[一二三四五六七八九]是(?!个)",  # 一是
    r"(?<=[\n。；])\d{1,2}(?=[一-鿿])(?![个项家万亿余多年月日])",  # 1 必须立足…
    rf"[“‘《〈]{_INSIDE}?(?:\d|[一二两三四五六七八九十百千万双]){_INSIDE}[”’》〉]",  # “138” “四个允许”
    r"[〔\[【]\d{4}[〕\]】]\d+号?|(?:\d{3,4}-)\d{7,8}|1\d{10}(?!\d)",  # 〔2024〕12号, telephone numbers
    r"\d{1,2}:\d{2}(?![:：.\d])(?:-\d{1,2}:\d{2})?|7×24小时|24小时|365天",  # 15:30
    r"每(?:\d+|[一两十百千万亿]+)(?:万|亿)?(?:元|人口|人|户|平方公里|公里|亩|吨|次|个|家|台|名)?",  # 每万人
    r"(?:万元|亿元|百公里|单位|千人|万人)(?=GDP|地区|工业|能耗|增加值|发明|拥有|口)",  # 万元GDP能耗
    r"[\dA-Za-z]+(?:[+×xX*](?:[\dA-Za-z]+|[一-鿿]))+(?![%])",  # 4+1, 1+4+X
    r"(?!GDP|CPI|PPI)[A-Za-z]{1,6}[-.]?\d+(?:\.\d+)?(?:[A-Za-z]+)?(?![.\d]*[万亿%])",  # PM2.5, A4
    r"\d+(?:\.\d+)?[A-Z]{0,2}(?:级|星级|型号|号线?|路(?![0-9])|届|期(?!间|次)|代(?!表)|版|室)",  # 4级, 2号线
    r"[1-5]A级?|\d[GD](?![A-Za-z])",  # 5A级, 5G
    r"\d{1,2}\.0(?![\d万亿千百%‰:元人个倍吨平公家户件亩])版?",  # 2.0版
    rf"{_DIGITS}+届(?:{_DIGITS}+[次中](?:全)?会?)?",  # 二十届四中全会
    r"前?(?:\d+|[十百千两]+)强(?:[县市区]|企业)?",  # 百强县
    r"(?:\d+|[一二三四五六七八九十两]+)(?:星级|级|线城市|类(?=[人户])|大(?=[一-鿿])|方面|只手|极分化|者)",  # 三大赛道
)
_ORDINAL_OF = (
    "次党代会|次代表大会|届|代|期|版|批|章|节|款|项|步|季度|产业|方阵|梯队|要务|书记|时间|线|大|产能|课|站|一|声|人称|动力|资源|生产力|关|"
    "医院|中学|小学|人民|幼儿园|附属|副|任|种|类|条|轮|次|场|个|座|例|单|艘|家|台|块|天|年|周|职业|语言|市场|部|所|责任|把|首|感|手|方"
)
#: first characters of periods, ranks, quotations, list marks and Chinese numerals
_FIRST = "截到至比较与同今去上下前明第首榜头翻每单万亿百千零一二两三四五六七八九十廿半破过达“‘《〈〔[【（"
_RATE = "(?:元|吨|人|次|微克|毫克|克|公斤|千克|千瓦时|立方米|辆|亩|件|标准煤)?"


def _noise() -> str:
    ordinals = rf"第(?:\d+|[一二三四五六七八九十百]+)(?:{_ORDINAL_OF})"
    return "|".join((*_NOISE, ordinals, pattern(words("idioms"))))


def _number() -> str:
    """A number with what bounds it, its multiplier and its unit."""
    unit = pattern(units())
    digits = rf"(?:{_ARABIC}万\d+千|{_ARABIC}|{_CHINESE})"
    return (
        rf"(?P<number>(?P<pre>{_before()})(?P<num>{digits})(?P<in1>[多余几来]?)"
        rf"(?P<mult>(?:{_MULTIPLIER}){{0,2}})(?P<in2>[多余几+]?)"
        rf"(?P<unit>(?:(?<=亿)级|{unit}(?:/{_RATE}{unit}|/{_RATE})?))?)"
    )


def _before() -> str:
    return rf"(?:{either('approx', 'lower', 'under')}|[上过破达](?=[百千万亿]))?"


@cache
def lexer() -> re.Pattern[str]:
    """Every token of the view, one alternative each, noise before numbers; names in `Match.lastgroup`."""
    rank = (
        r"(?P<rank>第(?P<nth>\d+|[一二三四五六七八九十百]+)(?P<place>位|名)?|(?P<top>首位(?!度)|榜首|头名|首名)"
        r"|前(?P<front>\d+|[一二两三四五六七八九十百]+)(?P<in>位|名|列)?(?![一-鿿]?[月年季个]))"
    )
    hundredth = (
        rf"(?P<hundredth>(?P<hb>{_before()})(?P<base>百|千|万)分之"
        r"(?P<of>\d+(?:\.\d+)?|[零一二两三四五六七八九十百点]+)(?:[多余])?)"
    )
    fraction = (
        rf"(?P<fraction>(?P<under>{_DIGITS[:-1]}两]+)分之(?P<over>{_DIGITS[:-1]}两]+)"
        r"|(?P<a>\d{1,2})/(?P<b>\d{1,3})(?![\d/]))"
    )
    alternatives = (
        PERIOD,
        r"(?P<pair>(?P<pairs>[两三四五六七八九十]|\d{1,2})大(?=[千百万]{1,2}亿级|国家级|世界级))",
        rf"(?P<noise>{_noise()})",
        rf"(?P<shares>{_ARABIC}(?::{_ARABIC}){{1,3}})",
        rank,
        r"(?P<turned>翻了?(?P<times>一|两|二|三|四|\d)番)",
        hundredth,
        fraction,
        _number(),
    )
    return re.compile(f"(?=[{_first()}])(?:{'|'.join(alternatives)})")


def _first() -> str:
    """Every character that a token or noise can begin with: lets the search pass over the rest quickly."""
    listed = (word[0] for name in ("approx", "lower", "under", "idioms") for word in words(name))
    return re.escape("".join(sorted(set(listed) | set(_FIRST)))) + "0-9A-Za-z"
