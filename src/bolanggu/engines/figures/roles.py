"""Roles (句式): what the words before a number say it is: level, growth, share, rank, change, difference."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bolanggu.engines.figures.clauses import Item
from bolanggu.engines.figures.tokens import Kind
from bolanggu.engines.figures.words import either, words

_FILL = r"(?:约|近|超过|超|达到|达|为|再|分别为|分别|各|均|都|又|也|仅|高达|了|在|、|，|的|\*)*"
_MOVE = rf"(?:{either('up', 'down')})"
_BASIS = rf"(?:{either('basis', 'manner')})"
_TO = re.compile(rf"(?:{either('up', 'down', 'change')})(?:了)?(?:到|至|为|成)(?:了)?{_FILL}$")
_GROW = re.compile(rf"(?:{_BASIS})*(?<!自然)(?P<move>{_MOVE})(?:率|速度|速|幅度|幅)?{_FILL}$")
_LEVEL_MOVE = re.compile(
    rf"(?:{_BASIS})*(?P<move>增加|增长|上升|提高|提升|减少|下降|降低|回落|多增|少增|净增|上涨|下跌|缩小|扩大){_FILL}$"
)
_SHARE = re.compile(
    rf"(?P<rate>占比|占)(?P<base>[^，。；]{{0,24}}?)(?:的)?(?:比重|比例|份额)?"
    rf"(?:由|从|{either('up', 'down')})?(?:到|至)?{_FILL}(?:的)?$"
)
_GIVEN = re.compile(r"(?:创造|贡献|提供|吸纳|生产|完成)(?:了|出)?(?P<area>全国|全省|全市|全球|世界)(?:的)?$")
_PAIR = r"(?P<area>[^，。；高低快慢]{1,16}?)(?:平均水平|平均增速|平均|水平|均值|增速|增幅)?(?:（)?"
_ABOVE = re.compile(
    rf"(?P<by>跑赢|领跑|高过|高于|高出|快于|优于|好于|超出|超过|领先于?|低于|慢于|落后于?){_PAIR}{_FILL}$"
)
_THAN = re.compile(rf"[比较]{_PAIR}{_FILL}(?P<by>高出|高|快|多|低|慢|少){_FILL}$")
_AREA = re.compile(r"全国|全省|全市|全区|全州|全县|省|国|市|县|地区|平均|GDP|收入|城镇|农村|工业")
_RANK = re.compile(rf"(?:{either('rank')})(?P<scope>[^，。；]{{0,30}}?)(?:的)?$")
_RANK_STEP = re.compile(r"(?:提升|前移|上升|前进|跃升|提高|进位|跃进|下降|后退|后移|上移|前进了|上升了|提升了)(?:了)?$")
_FROM = re.compile(r"(?:从|由|自)(?P<what>[^，。；]{0,14}?)的?$")
_DOWN = frozenset(words("down")) | {"低于", "慢于", "落后", "落后于"}


@dataclass(slots=True)
class Role:
    """What a number is: ``kind``, the ``rest`` of the words before it, sign, scope, and a ``step`` from or to."""

    kind: str
    rest: str
    sign: int = 1
    scope: str = ""
    step: str = ""


def role(item: Item, later: Item | None) -> Role:  # noqa: PLR0911 - one return a frame
    """Read the frame of one figure from the words before it.

    ``later`` is the next figure of the sentence: 从 a 增加到 b needs both.
    """
    token, left = item.token, item.left
    if token.kind is Kind.RANK:
        return _rank(left)
    if token.kind is Kind.SHARES:
        step = "to" if _TO.search(left) else "from" if later is not None and later.token.kind is Kind.SHARES else ""
        return Role("share", left, step=step)
    if token.kind is Kind.POINTS:
        return _points(item)
    if hit := _TO.search(left):
        rest = left[: hit.start()]
        if token.kind is Kind.PERCENT and (share := _SHARE.search(rest)):
            return Role(
                "share", rest[: share.start()], scope="" if share["rate"] == "占比" else share["base"], step="to"
            )
        return Role("level", rest, step="to")
    if later is not None and (hit := _FROM.search(left)) and _TO.search(later.left) and later.token.kind is token.kind:
        return Role("level", left[: hit.start()], step="from")
    if token.word == "位" and (hit := _RANK_STEP.search(left)):
        token.unit = "位"
        return Role("rank change", left[: hit.start()], -1 if left[hit.start() :].startswith(("下降", "后")) else 1)
    if token.kind in (Kind.PERCENT, Kind.MULTIPLE):
        return _percent(item)
    if (hit := _LEVEL_MOVE.search(left)) and not _object(item):
        return Role("change", left[: hit.start()], _sign(hit["move"]))
    return Role("level", left)


def _object(item: Item) -> bool:
    """True if a counted noun follows: 减少审批 25 项事项 counts, 人口减少 0.9 万人 changes."""
    return (
        item.token.group in ("things", "firms")
        and bool(re.match(r"[一-鿿]{2}", item.right))
        and "比" not in item.left[-12:]
        and "较" not in item.left[-12:]
    )


def own_sign(item: Item, frame: Role) -> int:
    """Sign of one member of a list: 分别增长 5%、下降 1% gives each its own."""
    hit = _GROW.search(item.left)
    return _sign(hit["move"]) if hit else frame.sign


def _sign(move: str) -> int:
    return -1 if move in _DOWN else 1


def _rank(left: str) -> Role:
    if hit := _FROM.search(left):
        return Role("rank", left[: hit.start()], scope=hit["what"], step="from")
    if hit := _RANK.search(left):
        return Role("rank", left[: hit.start()], scope=hit["scope"])
    return Role("rank", "", scope=left)


def _points(item: Item) -> Role:
    left = item.left
    for form in (_ABOVE, _THAN):
        if (
            (hit := form.search(left))
            and _AREA.search(hit["area"])
            and not re.search("上年|去年|年初|同期|上月|上季", hit["area"])
        ):
            return Role("difference", left[: hit.start()], _sign(hit["by"]), scope=_area(hit["area"]))
    if hit := _GROW.search(left):
        return Role("change", left[: hit.start()], _sign(hit["move"]))
    return Role("change", left)


def _area(text: str) -> str:
    return text.strip("的（、，")


def _percent(item: Item) -> Role:
    left = item.left
    if left.endswith("（") and (hit := _ABOVE.search(left)):
        return Role("comparator", left[: hit.start()], scope=_area(hit["area"]))
    if hit := _GIVEN.search(left):
        return Role("share", "", scope=hit["area"])
    if hit := _SHARE.search(left):
        base = "" if hit["rate"] == "占比" else hit["base"]
        return Role("share", left[: hit.start()], scope=base)
    if hit := _GROW.search(left):
        return Role("growth", left[: hit.start()], _sign(hit["move"]))
    if item.token.word == "番":
        return Role("growth", left)
    return Role("level", left)
