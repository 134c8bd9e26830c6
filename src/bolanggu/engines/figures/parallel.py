"""Parallel figures (分别): lists of numbers and the names or scopes they are shared out to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bolanggu.engines.figures import names
from bolanggu.engines.figures.clauses import Item
from bolanggu.engines.figures.roles import Role
from bolanggu.engines.figures.tokens import Kind
from bolanggu.engines.figures.words import either

_JOINT = re.compile(r"(?:左右|以上)?(?:、|和|与|及|以及|，|-|至|到)")
_MOVED = re.compile(rf"(?:、|和|与|及|以及|，)(?:{either('up', 'down')})")
_SPLIT = re.compile(r"[、，]|以及|和|与|及")
_RESPECTIVELY = re.compile(r"分别|分列|分居|各为|依次")


@dataclass(slots=True)
class Group:
    """One figure, or several in a list with nothing but 、 and 和 between them."""

    items: list[Item]

    def share_out(self, frame: Role, levels: list[str]) -> list[tuple[str, str]]:
        """(name, scope) for each figure; empty if the list belongs to one name alone.

        Names come from the list before the figures, else from the last levels of the sentence; a list of areas in the
        scope (比全国、全省分别高 …) is shared out too.
        """
        count = len(self.items)
        scopes = _members(frame.scope, count)
        noun = _RESPECTIVELY.sub("", frame.rest)
        subject = names.before(noun, lone=not levels, whole=True)
        if scopes:
            name = names.before(noun, lone=not levels)
            if not name or names.is_generic(name):
                name = levels[-1] if levels else name
            return [(name, scope) for scope in scopes]
        if listed := names.coordinated(subject, count):
            base = levels[-1] if levels else ""
            return [
                (base + name.removesuffix("总量") if names.is_generic(name) else name, frame.scope) for name in listed
            ]
        spread = _RESPECTIVELY.search(self.items[0].left) or frame.kind in {"growth", "share"} or frame.step == "to"
        if spread and not subject and len(levels) >= count:
            return [(name, frame.scope) for name in levels[-count:]]
        return []


def _members(scope: str, count: int) -> list[str]:
    parts = [part for part in _SPLIT.split(scope.strip("的分别")) if part]
    return parts if len(parts) == count else []


def groups(items: list[Item]) -> list[Group]:
    """Cut a sentence's figures into lists."""
    found: list[Group] = []
    for item in items:
        if found and _continues(found[-1].items, item):
            found[-1].items.append(item)
        else:
            found.append(Group([item]))
    return found


def _continues(listed: list[Item], item: Item) -> bool:
    previous = listed[-1]
    if (
        item.own
        or previous.token.unit != item.token.unit
        or not previous.token.kind is item.token.kind is not Kind.SHARES
    ):
        return False
    if _JOINT.fullmatch(item.left):
        return True
    return bool(_MOVED.fullmatch(item.left)) and bool(_RESPECTIVELY.search(listed[0].left))
