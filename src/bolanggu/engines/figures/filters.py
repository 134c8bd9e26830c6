"""Filters (取舍): which numbers of a sentence are figures, and which are slogans, names, ordinals or class marks."""

from __future__ import annotations

import re

from bolanggu.engines.figures.tokens import Kind, Token
from bolanggu.engines.figures.words import either, words

_RANKED = re.compile(
    rf"(?:{either('rank')})[^，。；]{{0,24}}$|(?:全国|全省|全市|全球|世界|全区|全州|同类|全县|国内|省内|之)$|[、和及]$"
)
_RANK_END = re.compile(r"[，。；、：:）\n]|$|[和与及并]|的|增速|总量")
_LIMIT = re.compile(
    r"(?:时间|时限|时长|周期|寿命|年龄|天数|日照|工期|期限|用时|耗时|时效|提速)[^，。]{0,14}$|(?:压缩|缩短|缩减|提前|压减)[^，。]{0,8}$"
)
_SCORE = re.compile(r"(?:得分|评分|指数|分数|考核|总分|均分|满意度)[^，。]{0,10}$")
_POWER = re.compile(r"(?:电|能)[^，。]{0,8}$")
_INDEX = re.compile(r"(?:指数|系数|收入比|倍差|比值|之比|得分)[^，。]{0,16}$")
_SORT = re.compile(
    r"(?:以上|以下)?(?:的)?(?:[一-鿿]{0,5}(?:企业|项目|集群|单位|平台|园区|乡镇|街道|商户|大户|市场主体|村))$"
)
_MOVES = re.compile(rf"(?:{either('up', 'down', 'change')})(?:至|到|为|了)?")
_HEADS = re.compile(r"(?:人口|人数|用户|员工|游客|客流量|户数|职工|学生)[^，。；、]{0,6}$")
_CLASS = re.compile(r"(?:及)?(?:以上|以下|以内)(?:的)?[一-鿿“”]{2,14}$")
_OBSERVED = re.compile(rf"(?:{either('observed')})(?:了|过|有)?(?:全国|全省|首批|国内)?$")
_PAIRED = re.compile(r"(?:培育|形成|拥有|建成|集聚|打造)(?:了|出)?$")
_CONCRETE = frozenset("家户所座次轮艘架台人例起场条项届名")
_NOUNS = re.compile(
    r"^(?:国家级|省级|市级|国家|全国|全省|项目|企业|平台|园区|基地|中心|试点|荣誉|公园|医院|学校|线路|城市|学院|实验室|机场|口岸)"
)
_STRUCTURE = re.compile(r"(?:比|结构|产业|比例|构成)[^，。]{0,24}$")
_PEOPLE = re.compile(r"^[^，。；、]{0,8}?(?:人|者|员|生|师|商|民|工|户|童|士|客|口|匠|军|才)")
_CARRIED = re.compile(r"^[一-鿿]{1,4}、$")


def is_figure(token: Token, left: str, right: str, before: str, previous: Token | None) -> bool:
    """Decide on one number.

    ``left`` reaches back to the previous figure, ``right`` forward to the next number or the sentence's end, ``before``
    holds the twenty characters in front whatever they are; ``previous`` is the last accepted figure of the sentence.
    """
    match token.kind:
        case Kind.PERCENT | Kind.POINTS | Kind.MULTIPLE:
            return not right.startswith(("股", "以上股权"))
        case Kind.SHARES:
            return bool(_STRUCTURE.search(before)) or (previous is not None and previous.kind is Kind.SHARES)
        case Kind.RANK:
            return _is_rank(token, left, right, previous)
        case _:
            return _is_number(token, left, right, before, previous)


def _is_rank(token: Token, left: str, right: str, previous: Token | None) -> bool:
    chained = previous is not None and previous.kind is Kind.RANK
    cue = bool(_RANKED.search(left)) or chained
    if "前" in token.qualifiers:
        return bool(re.search(rf"(?:{either('rank')})[^，。；]{{0,16}}$", left)) and not right.startswith(
            ("位数", "名单")
        )
    if token.word and token.value > 0 and token.word in "位名":
        return cue or not right or bool(_RANK_END.match(right)) or bool(left)
    return cue and bool(_RANK_END.match(right))


def _is_number(token: Token, left: str, right: str, before: str, previous: Token | None) -> bool:  # noqa: PLR0911 - one return a rule
    if token.group in ("share", "rate"):
        return True
    if not token.unit:
        return _is_unitless(token, before, right)
    if token.group == "guarded":
        return _is_guarded(token, before)
    if token.word == "大":
        return bool(_PAIRED.search(left))
    if token.small:
        return _is_small(token, left, right, previous)
    if (
        token.word in ("个", "项", "条")
        and token.scale == 1
        and right.startswith(words("abstract"))
        and not token.qualifiers
    ):
        return False
    if token.word == "级":
        return bool(re.match(r"[一-鿿]{2}", right))
    return not (_CLASS.match(right) and token.group == "money") and not (
        token.qualifiers and token.group in ("money", "people") and _SORT.match(right)
    )


def _is_unitless(token: Token, before: str, right: str) -> bool:
    if token.value >= 10**8 and token.scale >= 10**4:
        return True
    if token.scale >= 10**4:
        return bool(re.match(r"[一-鿿]", right)) or bool(_HEADS.search(before))
    return bool(_INDEX.search(before)) and (not re.match(r"[一-鿿]", right) or bool(_MOVES.match(right)))


def _is_guarded(token: Token, before: str) -> bool:
    if token.word == "分":
        return bool(_SCORE.search(before))
    if token.word == "度":
        return bool(_POWER.search(before)) and (token.scale > 1 or token.value > 999)
    if token.word in ("岁", "周岁"):
        return bool(re.search(r"(?:寿命|年龄)[^，。]{0,10}$", before))
    return bool(_LIMIT.search(before))


def _is_small(token: Token, left: str, right: str, previous: Token | None) -> bool:
    if token.value < 2:
        return False
    if previous is not None and previous.unit in ("次", token.unit) and _CARRIED.match(left):
        return True
    if not _OBSERVED.search(left) or right.startswith(words("abstract")):
        return False
    if token.word in _CONCRETE and token.word not in "条项":
        return True
    return token.word in ("个", "条", "项") and bool(_NOUNS.match(right))


def people(right: str) -> bool:
    """True if the noun after a bare number is a person: 近3万外籍常住人口."""
    return bool(_PEOPLE.match(right))
