"""Qualifiers (限定语): the words that bound or frame a value, joined by ``;``."""

from __future__ import annotations

import re

from bolanggu.engines.figures.clauses import Item
from bolanggu.engines.figures.roles import Role
from bolanggu.engines.figures.words import either

_BASIS = re.compile(either("basis"))
_SUM = re.compile("累计|总共|共计")
_SAME = {
    "总共": "累计",
    "平均每年": "年均",
    "比上年同期": "同比",
    "较上年同期": "同比",
    "比去年同期": "同比",
    "较去年同期": "同比",
}
_PRICE = re.compile(r"可比(?:价|口径)|不变价")


def qualifier(item: Item, frame: Role) -> str | None:
    """All qualifying words of one figure in a fixed order; None if there are none."""
    words = list(item.token.qualifiers)
    words.extend(_SAME.get(word, word) for word in _BASIS.findall(item.left))
    if _PRICE.search(item.left):
        words.append("可比价")
    if frame.kind == "level" and _SUM.search(re.split("[，；]", item.head)[-1]):
        words.append("累计")
    if item.dated and item.dated.period and item.dated.period.stock:
        words.append("截至")
    if frame.step:
        words.append(frame.step)
    return ";".join(dict.fromkeys(words)) or None
