"""Naming (指标归属): which indicator each figure of a sentence belongs to, left to right, with a small memory."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bolanggu.engines.figures import names
from bolanggu.engines.figures.clauses import Item
from bolanggu.engines.figures.filters import people
from bolanggu.engines.figures.parallel import Group
from bolanggu.engines.figures.roles import Role
from bolanggu.engines.figures.tokens import Kind

_SCOPED = re.compile(r"(?:指数|榜|百强县?|十强县?|[强名]单|排行)(?:[（”][^）]*[）”]?)?$")
_PART_OF = re.compile(r"(?:以上|左右)?的([一-鿿]{2,12})")
_GIVES = ("贡献", "创造", "提供", "吸纳", "解决", "支撑", "全国", "全省", "全球", "全市")
_AREA_SHARE = re.compile(r"[、，和]?(?:占)?((?:全国|全省|全市|全球|世界|全州|全区|全县)[^，。；]{0,8}?)的?")
_BEATS = re.compile(r"(.*?)(?:超过|超越|超)(?:全国|全省|全球|世界)?$")
_AREAS = re.compile(r"(?:省份|国家|省|个省|县|市|区)")
_PERSONS = re.compile(r"(?:人口|人数|员工|游客|职工|学生)$")
_BARE_VERBS = frozenset(("运送", "发送", "到达", "惠及", "覆盖", "处理", "运输"))
_AND_OF = re.compile(r"的[一-鿿]{1,8}[、和]")
_COUNTED = ("firms", "things", "people")


@dataclass(slots=True)
class Naming:
    """The memory of names: the last subject, and of this sentence its level names, the last role and rank name."""

    subject: str = ""
    levels: list[str] = field(default_factory=list)
    last: Role | None = None
    name: str = ""
    share: str = ""
    scoped: bool = False
    members: list[tuple[str, str]] = field(default_factory=list)
    stem: str = ""

    def enter(self) -> None:
        """Begin a sentence: only the subject and its share are carried over."""
        self.levels, self.members, self.last, self.name, self.stem = [], [], None, "", ""

    def inherit(self, item: Item, frame: Role) -> Role:
        """Frames that lean on the figure before: 、全国的千分之二 (a share), （5.0%）1.3 个百分点 (a difference)."""
        last = self.last
        if last is None:
            return frame
        if (
            last.kind == "share"
            and item.token.kind is Kind.PERCENT
            and frame.kind == "level"
            and (hit := _AREA_SHARE.fullmatch(item.left))
        ):
            return Role("share", "", scope=hit[1])
        if last.kind == "share" and item.token.kind is Kind.PERCENT and _AND_OF.fullmatch(item.left):
            return Role("share", "", scope=last.scope)
        if last.kind == "comparator" and item.token.kind is Kind.POINTS and item.left.startswith("）"):
            return Role("difference", last.rest, last.sign, last.scope)
        return frame

    def names(self, group: Group, frame: Role) -> list[tuple[str, str]]:
        """(indicator, scope) of each member of a list of parallel figures."""
        count = len(group.items)
        if count > 1:
            if frame.kind == "change" and len(self.members) == count and not names.before(frame.rest, lone=False):
                return self.members
            listed = group.share_out(frame, self.levels)
            if listed:
                self.members = [self._finish(name, scope, frame) for name, scope in listed]
                return self.members
        return [self._finish(*self._name(item, frame, number), frame) for number, item in enumerate(group.items)]

    def _name(self, item: Item, frame: Role, number: int) -> tuple[str, str]:
        if number:
            return self.name, frame.scope
        noun = names.before(frame.rest, lone=not self.levels, whole=item.token.kind is Kind.RANK)
        if frame.kind == "share" and item.right.startswith("的") and noun in {"", "以", "用"}:
            return names.after(item.right), frame.scope
        if noun in _BARE_VERBS:
            noun = ""
        if item.token.kind is Kind.RANK:
            return self._rank_name(noun, frame), frame.scope
        if frame.kind == "level" and frame.step != "to":
            noun = self._level_name(item, noun, frame)
        elif frame.kind == "change" and (
            noun in ("比重", "占比") or (not noun and self.last and self.last.kind == "share")
        ):
            noun = self.share or noun
        elif not noun:
            noun = self.subject or (self.share if frame.kind == "difference" else "")
        elif names.is_generic(noun):
            noun = self.subject + noun if noun not in ("增速", "增幅") else self.subject
        return noun, frame.scope

    def _level_name(self, item: Item, noun: str, frame: Role) -> str:
        """Name of a level or count: the noun before it, or the counted noun after it."""
        token, left = item.token, item.left
        if not token.unit and token.scale > 1:
            token.unit = "人" if people(item.right) or _PERSONS.search(noun) else "元" if token.value >= 10**8 else "个"
            token.group = token.group or "things"
        if (
            token.kind is Kind.PERCENT
            and (hit := _PART_OF.match(item.right))
            and (not noun or names.ends_open(left) or noun in _GIVES)
        ):
            return self._stem(names.after(hit[1]) + "占比")
        right = names.after(item.right) if token.group in _COUNTED or item.right.startswith("的") else ""
        if hit := _BEATS.search(left) if _AREAS.match(right) else None:
            noun = names.before(hit[1], lone=False)
            self.stem = self.subject
            return (self._whole(item) + noun if not noun or names.is_generic(noun) else noun) + "超过" + right
        if token.word == "次" and right:
            return self._stem(right if names.ends_open(left) else noun + right) + "次数"
        if noun and names.is_generic(noun) and self.subject:
            return noun if noun in self.subject else self._stem(self.subject + noun)
        if right and frame.step != "from" and (not noun or left.endswith("的") or names.ends_open(left)):
            noun = right
        return names.counted(self._stem(noun or self.subject), token.word)

    def _whole(self, item: Item) -> str:
        """What 总量 means: the head of the sentence where a part (其中) stands between, else the last subject."""
        return self.levels[0] if self.levels and "其中" in item.head else self.subject

    def _stem(self, noun: str) -> str:
        """Remember the bare noun as subject, before 笔数, 金额 and the like are added."""
        self.stem = noun
        return noun

    def _rank_name(self, noun: str, frame: Role) -> str:
        """Name of what is ranked; joined by a tab where 总量、增速 share one rank; a list's own name at last."""
        scope = frame.scope.strip("“”、，")
        if noun and not names.is_generic(noun):
            self.scoped = False
            self.subject = re.sub("(?:总量|规模|增速|增幅)$", "", noun)
            return noun
        if not noun:
            if not self.levels or "“" in frame.scope or (self.scoped and self.last and self.last.kind == "rank"):
                self.scoped = bool(_SCOPED.search(scope)) or not self.subject
                if self.scoped:
                    return scope
            if self.last and self.last.kind == "rank":
                return self.name
            return self.subject or scope
        self.scoped = False
        parts = [part for part in re.split(r"[、和]", names.without_pointers(noun)) if part]
        return "\t".join(self.subject + part.removesuffix("总量") for part in parts) or self.subject

    def _finish(self, name: str, scope: str, frame: Role) -> tuple[str, str]:
        """Remember the bare name, then add what the kind of figure says: 占 Z 比重, 排名, 高于 Z."""
        self.name = name
        if frame.kind in ("level", "growth") and name:
            self.subject = self.stem or name
            self.stem = ""
            if name not in self.levels:
                self.levels.append(name)
        if frame.kind == "share" and name:
            base = scope.strip("“”（）的")
            name = name if name.endswith(("比重", "占比")) else f"{name}占{base}比重" if base else f"{name}占比"
            self.share = name
        elif frame.kind == "difference":
            speed = "" if self.last and self.last.kind not in ("growth", "difference", "comparator") else "增速"
            name = f"{re.sub('增速$|增幅$', '', name)}{speed}高于{scope}"
        elif frame.kind in ("rank", "rank change") and not name.endswith("排名"):
            name = "\t".join(f"{part}排名" for part in name.split("\t"))
        return name, scope
