"""Commitments (目标举措): goals, tracks, scenes, measures, dated targets, tasks and principles of an official text.

A commitment is measurable only where a figure stands inside its own words; a direction without a number stays one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from bolanggu.data import read_yaml
from bolanggu.engines.figures.figure import Figure
from bolanggu.engines.figures.names import unquote
from bolanggu.engines.figures.view import PARAGRAPH, View
from bolanggu.engines.figures.words import pattern

_COUNT = "[一二两三四五六七八九十]"
_HEADING = re.compile(
    r"^[#*\-●■◆·]*(?P<number>[（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）.、]?)?(?P<title>[^。；\n]{2,48}?)[*。]*$"
)
_UNTIL_HEADING = re.compile(r"^[#*\-●■]*到(?P<year>20\d{2})年[：:，]?$")
_UNTIL = re.compile(r"(?:(?<=[，。；：\n”])|^)到(?P<year>20\d{2})年(?:底|末)?[，,]?[^。；\n]{4,}")
_AIM_YEAR = re.compile(r"(20\d{2})年")


@dataclass(frozen=True, slots=True)
class Commitment:
    """A commitment; offsets are raw code points, end exclusive.

    ``by`` is the year it is due, ``parent`` the index of the commitment it serves, ``lever`` what drives it
    (以…为牵引); ``indicator``, ``value`` and ``unit`` repeat the first figure inside it, None where there is none.
    """

    start: int
    end: int
    text: str
    kind: str
    by: str | None
    parent: int | None
    measurable: bool
    indicator: str | None
    value: int | float | None
    unit: str | None
    lever: str | None

    def as_dict(self) -> dict[str, Any]:
        """The commitment as JSON data, in the contract's order."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class _Found:
    """A commitment in view offsets, before its parent and figure are known."""

    start: int
    end: int
    kind: str
    by: str | None = None
    lever: str | None = None


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(kind, form) of what can be read inside a paragraph."""
    lists: dict[str, list[str]] = read_yaml("figures/commitments.yaml")
    lever = pattern(lists["levers"])
    driven = rf"(?<![可所难予加])以(?P<lever>(?:“[^”\n]+”|[^，。；：\n]){{1,40}}?)为(?:新)?{lever}，[^。；\n]{{2,90}}"
    track = rf"(?:竞逐|抢占|开辟|布局|逐鹿)(?!“)(?:(?!{_COUNT}大)[^，。；\n]){{2,16}}赛道(?:，[^。；\n]{{2,40}})?"
    named = r"(?:建立|健全|构建|完善|实施)“[^”\n]{2,24}”[^，。；\n“]{0,10}?(?:体系|机制|计划|工程|行动|格局)"
    joined = r"(?:(?<=[，。；：、\n])|^)[^，。；：、\n]{4,30}?(?<!紧密)(?<!有机)相结合(?=[，。；、\n])"
    aimed = r"(?:(?<=[，。；：、）\n])|^)[^，。；：\n]{0,12}" + pattern(lists["aims"]) + r"[^。；\n]{4,}"
    forms = (
        ("measure", driven),
        ("track", track),
        ("track", rf"“{_COUNT}大(?:新)?赛道”(?=指)"),
        ("scene", rf"“{_COUNT}大(?:新)?场景”(?=指)"),
        ("goal", r"(?:聚焦|围绕|锚定|瞄准|紧扣)[^，。；\n]{2,24}?(?:总目标|目标定位|奋斗目标)"),
        ("goal", r"(?:总体目标|总目标|奋斗目标)(?:是|：|:)[^。；\n]{4,80}"),
        ("goal", r"“[^”\n]{1,10}”(?:发展)?战略(?=[，。、）])"),
        ("goal", r"(?:构建|打造|建设|锚定)“[^”\n]{2,8}”(?=的|[，。；\n])"),
        ("goal", r"实现[^，。；\n*]{2,16}(?:跃升|跨越)(?=\*\*)"),
        ("task", named),
        ("task", r"健全[^，。；\n“”]{6,36}机制"),
        ("task", r"“\d{1,2}”(?:即|是指|指)(?:“[^”\n]+”)+"),
        ("principle", joined),
        ("target", aimed),
    )
    return tuple((kind, re.compile(form)) for kind, form in forms)


@cache
def _heads() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lists: dict[str, list[str]] = read_yaml("figures/commitments.yaml")
    return (
        re.compile(rf"[^，。；：、\n]{{2,12}}{pattern(lists['places'])}"),
        re.compile(pattern(lists["tasks"])),
        re.compile(r"必须[^，。；\n]{2,16}"),
        re.compile(r"(?:^|，)(?P<aim>实现[^，。；\n*]{2,16}(?:跃升|突破|提升|跨越|转型|重塑))"),
    )


def read_commitments(seen: View, figures: list[Figure]) -> list[Commitment]:
    """Every commitment of a text in order of its span; linear time.

    >>> from bolanggu.engines.figures.view import view
    >>> [(c.kind, c.lever, c.measurable) for c in read_commitments(view("以数字港口为牵引，塑造开放窗口新场景。"), [])]
    [('scene', '数字港口', False)]
    """
    found = sorted(
        {(hit.start, hit.end): hit for hit in _read(seen.text)}.values(), key=lambda hit: (hit.start, hit.end)
    )
    kept = [hit for number, hit in enumerate(found) if not _repeated(hit, found[max(0, number - 6) : number + 6])]
    parents = list(_parents(kept))
    made: list[Commitment] = []
    at = 0
    for hit, parent in zip(kept, parents, strict=True):
        start, end = seen.span(hit.start, hit.end)
        while at < len(figures) and figures[at].start < start:
            at += 1
        inside = figures[at] if at < len(figures) and figures[at].end <= end else None
        made.append(_commitment(seen, hit, parent, inside))
    return made


def _commitment(seen: View, hit: _Found, parent: int | None, inside: Figure | None) -> Commitment:
    """Join a find with the first figure inside it; what was done so far (累计) makes no target measurable."""
    start, end = seen.span(hit.start, hit.end)
    if inside is None or "累计" in (inside.qualifier or ""):
        return Commitment(start, end, seen.raw[start:end], hit.kind, hit.by, parent, False, None, None, None, hit.lever)
    return Commitment(
        start,
        end,
        seen.raw[start:end],
        hit.kind,
        hit.by,
        parent,
        True,
        inside.indicator or None,
        inside.value,
        inside.unit,
        hit.lever,
    )


def _read(text: str) -> Iterator[_Found]:
    at = 0
    pending: str | None = None
    for paragraph in text.split(PARAGRAPH):
        heading = _UNTIL_HEADING.match(paragraph)
        if heading:
            pending = heading["year"]
        elif paragraph:
            if pending:
                yield _Found(at, at + len(paragraph.rstrip("。")), "target", pending)
                pending = None
            yield from _head(paragraph, at)
        at += len(paragraph) + 1
    for kind, form in _forms():
        for hit in form.finditer(text):
            yield from _made(kind, hit)
    for hit in _UNTIL.finditer(text):
        yield _Found(hit.start(), hit.end(), "target", hit["year"])
    yield from _aspects(text)


def _made(kind: str, hit: re.Match[str]) -> Iterator[_Found]:
    words = hit.group()
    if kind == "measure":
        kind = "scene" if "场景" in words else "track" if "赛道" in words else "measure"
        yield _Found(hit.start(), hit.end(), kind, lever=unquote(hit["lever"]))
    elif kind == "target":
        year = _AIM_YEAR.search(words)
        if re.search(r"\d", words):
            yield _Found(hit.start(), hit.end(), kind, year[1] if year else None)
    else:
        yield _Found(hit.start(), hit.end(), kind)


def _head(paragraph: str, at: int) -> Iterator[_Found]:
    """A heading or list item that is a place to become, a principle, a leap or a task."""
    hit = _HEADING.match(paragraph)
    if not hit:
        return
    place, task, principle, leap = _heads()
    title, first = hit["title"].rstrip("*"), at + hit.start("title")
    marked = hit["number"] or paragraph[0] in "#*-●■◆"
    if principle.fullmatch(title):
        yield _Found(first, first + len(title), "principle")
    elif (found := leap.search(title)) and "以" not in title:
        yield _Found(first + found.start("aim"), first + found.end("aim"), "goal")
    elif marked and task.match(title) and len(title) > 5:
        yield _Found(first, first + len(title), "task")
    elif marked and place.fullmatch(title):
        yield _Found(first, first + len(title), "goal")


def _aspects(text: str) -> Iterator[_Found]:
    """“坚持 …，促进 …，注重 …”等六方面: each member is a principle."""
    for hit in re.finditer(rf"“(?P<list>[^”\n]{{12,160}})”等?{_COUNT}(?:个)?方面", text):
        at = hit.start("list")
        for part in hit["list"].split("，"):
            yield _Found(at, at + len(part), "principle")
            at += len(part) + 1


def _repeated(hit: _Found, near: Iterable[_Found]) -> bool:
    """True if a wider find of the same kind holds this one."""
    return any(
        other is not hit and other.kind == hit.kind and other.start <= hit.start and hit.end <= other.end
        for other in near
    )


def _parents(found: list[_Found]) -> Iterator[int | None]:
    """Index of the commitment that each one serves: the one around it, the goal above it, the heading before it."""
    goal: int | None = None
    heading: int | None = None
    for number, hit in enumerate(found):
        around = next(
            (index for index in range(number - 1, max(-1, number - 8), -1) if found[index].end >= hit.end), None
        )
        if hit.kind == "goal":
            heading = number
            goal = number if goal is None else goal
            yield around
        elif around is not None:
            yield around
        elif hit.kind in ("track", "scene"):
            yield goal
        elif hit.kind == "measure" and heading is not None and hit.start - found[heading].end < 400:
            yield heading
        else:
            yield None
