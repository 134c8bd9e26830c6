"""Periods (时期): dates and spans of official text, written in the ISO-like form of the contract."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bolanggu.engines.figures.numerals import chinese

_Q = r"(?:第?[一二三四1-4]季度)"
_PART = (
    rf"(?:上半年|下半年(?!工作|各项|重点|任务)|前三季度|前三个季度|前[一二三四五六七八九十\d]{{1,2}}个?月|{_Q}"
    r"|(?P<m1>\d{1,2})月?[-至到](?P<m2>\d{1,2})月份?"
    r"|(?P<m>\d{1,2})月份?(?:(?P<d>\d{1,2})日)?)"
)
_YEAR = (
    r"(?:(?P<y>(?:19|20)\d{2})年?|(?P<cy>[一二][零一二三四五六七八九]{3})年"
    r"|(?P<rel>今年|去年|上年|前年|明年|上年同期|去年同期))"
)
_RANGE = r"(?P<y1>(?:19|20)\d{2})年?(?:[-至到])(?P<y2>(?:19|20)\d{2})年(?!\d)"
_PLAN = r"“?(?P<plan>十[一二三四五]?五|九五|八五)”?(?:时期|期间|规划期|以来|末|初|收官)?"

_UNTIL = r"(?P<until>截至|截止到?|到|至|比|较|与|同)?"
_TAIL = r"(?P<tail>[年月]?(?:底|末|初|以来|起(?!来)|开始|全年)?)"
_DATED = rf"{_YEAR}(?:(?<=[年期])|(?=\d?\d?月)){_PART}?"
_PLANNED = rf"{_PLAN}(?<=[期间来末初官”])"
_FORMS = tuple(re.compile(_UNTIL + form + _TAIL) for form in (_RANGE, _PLANNED, _DATED, _PART))
_NAMELESS = [re.sub(r"\?P<\w+>", "?:", form) for form in (_UNTIL, _RANGE, _PLANNED, _DATED, _PART, _TAIL)]

#: one date, span or plan in the view
PERIOD = "(?P<period>{}(?:{}|{}|{}|(?<![\\d.]){}){})".format(*_NAMELESS)
_BARE_YEAR = re.compile(r"(?<!\d)(20\d{2})(?=[一-鿿]|年)(?!年[^，。；]{0,6}(?:远景|目标))")
_PLANS = {
    "八五": 1991,
    "九五": 1996,
    "十五": 2001,
    "十一五": 2006,
    "十二五": 2011,
    "十三五": 2016,
    "十四五": 2021,
    "十五五": 2026,
}
_SHIFT = {"今年": 0, "去年": -1, "上年": -1, "上年同期": -1, "去年同期": -1, "前年": -2, "明年": 1}


@dataclass(frozen=True, slots=True)
class Period:
    """A period as far as the words settle it; ``year`` None waits for the text to settle it.

    ``relative`` holds 今年, 去年 … where those are the words; ``goal`` marks 到 Y 年, ``stock`` a state at the end,
    ``basis`` the year compared with (比 2020 年).
    """

    year: int | None
    part: str = ""
    last_year: int | None = None
    open_start: bool = False
    goal: bool = False
    stock: bool = False
    relative: str = ""
    basis: bool = False

    def iso(self, year: int | None = None) -> str | None:
        """The period in the contract's form; ``year`` fills in a missing one; None where nothing settles it.

        >>> Period(2024, "Q1/Q3").iso(), Period(None, "H1").iso(2025), Period(None, "H1").iso()
        ('2024-Q1/Q3', '2025-H1', None)
        >>> Period(2016, "", 2024).iso()
        '2016/2024'
        """
        first = self.year if self.year is not None else year
        if first is None:
            return None
        if self.last_year:
            return f"{first}/{self.last_year}"
        if self.open_start:
            return f"{first}/"
        if "/" in self.part and self.part[0] != "Q":
            start, end = self.part.split("/")
            return f"{first}-{start}/{first}-{end}"
        return f"{first}-{self.part}" if self.part else str(first)


@cache
def parse(text: str) -> Period:
    """Read one hit of `PERIOD`.

    >>> parse("2024年前三季度").iso(), parse("截至2025年底").iso(), parse("“十四五”期间").iso()
    ('2024-Q1/Q3', '2025', '2021/2025')
    """
    match = next(hit for form in _FORMS if (hit := form.fullmatch(text)))
    get = dict.fromkeys(("y1", "y2", "plan", "y", "cy", "rel", "m1", "m2", "m", "d")) | match.groupdict()
    tail, until = get["tail"] or "", get["until"] or ""
    since = tail.endswith(("以来", "起"))
    if get["y1"] and get["y2"]:
        return Period(int(get["y1"]), "", int(get["y2"]))
    if get["plan"]:
        first = _PLANS[get["plan"]]
        return Period(
            first + 4 if text.endswith("末") else first,
            "",
            None if text.endswith(("末", "来")) else first + 4,
            text.endswith("来"),
        )
    year = int(get["y"]) if get["y"] else int(chinese(get["cy"])) if get["cy"] else None
    part = _part(text, get)
    goal = until in ("到", "至") and year is not None
    relative = get["rel"] or ""
    return Period(
        year,
        part,
        None,
        since and not part and year is not None,
        goal,
        until.startswith("截") or tail in ("底", "末"),
        relative,
        until in ("比", "较", "与", "同"),
    )


def _part(text: str, get: dict[str, str | None]) -> str:
    if get["m1"] and get["m2"]:
        return f"{int(get['m1']):02}/{int(get['m2']):02}"
    if get["m"]:
        return f"{int(get['m']):02}" + (f"-{int(get['d']):02}" if get["d"] else "")
    for word, code in (("上半年", "H1"), ("下半年", "H2"), ("前三季度", "Q1/Q3"), ("前三个季度", "Q1/Q3")):
        if word in text:
            return code
    if hit := re.search(r"前([一二三四五六七八九十\d]{1,2})个?月", text):
        count = int(hit[1]) if hit[1].isdigit() else int(chinese(hit[1]))
        return f"01/{count:02}"
    if hit := re.search(r"([一二三四1-4])季度", text):
        return "Q" + (hit[1] if hit[1].isdigit() else str(int(chinese(hit[1]))))
    return ""


def shift(relative: str) -> int:
    """Years from the text's own year: 去年 → −1."""
    return _SHIFT[relative]


def bare_years(text: str) -> list[tuple[int, int]]:
    """(position, year) of every year that the text names, also inside names such as 2026义博会."""
    return [(hit.start(), int(hit[1])) for hit in _BARE_YEAR.finditer(text)]
