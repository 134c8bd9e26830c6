"""Timeline (时间线): which period a figure belongs to, as far as the text itself settles it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from bolanggu.engines.figures.clauses import Item, Sentence
from bolanggu.engines.figures.meetings import year_after
from bolanggu.engines.figures.periods import Period, bare_years, parse, shift
from bolanggu.engines.figures.tokens import Kind, Token

_REPORT = re.compile(
    r"公报|经济运行|国民经济|主要指标|经济形势|运行情况|主要数据|统计|概况|快报|月报|季报|年报|工作报告|执行情况|发展情况"
)
_RESET = re.compile(
    r"^[“”]?(?:今天|如今|目前|近年来|当前|现在|近期|今后|未来|下一步|一以贯之)|^.{0,10}(?:坚持|始终|一直|长期|历来)"
)
_EVENT = re.compile(r"展会|会议|活动|赛事|假期|大会|本次|此次|本届|期间|展期|当天|当日|节会|据统计")
_REPORTED = re.compile(r"记者|获悉|发布|通报|消息")
_MIDYEAR = re.compile(r"部署(?:做好)?下半年|做好下半年|下半年工作(?:任务|安排|部署)")
_EARLIER = ("上年", "上年同期", "去年同期")
_NEWS = re.compile(r"(?:本报讯|讯|电)[^。\n]{0,16}?(\d{1,2}月\d{1,2}日)")
_DATELINE = re.compile(r"(?:本报讯|讯|电|时间)[^。]{0,16}$")


@dataclass(slots=True)
class Timeline:
    """Running context: the text's own year, a report's period, the last period said and how many sentences ago.

    ``half`` is the first half-year that a mid-year meeting reports on; it holds for economic indicators only.
    """

    year: int | None
    report: Period | None
    text: str
    last: Period | None = None
    event: Period | None = None
    distance: int = 99
    half: Period | None = None

    def enter(self, sentence: Sentence) -> None:
        """Move on to the next sentence."""
        self.distance += 1
        if sentence.first:
            self.distance = 99
        if _RESET.match(sentence.text):
            self.distance = 99
        if sentence.first and sentence.items and not sentence.periods and sentence.end - sentence.start < 60:
            self._head(sentence)
        if self.event and self.distance > 2 and _EVENT.search(sentence.text):
            self.last, self.distance = self.event, 2

    def _head(self, sentence: Sentence) -> None:
        """A headline's figures carry the date of the news that follows it: 本报讯 … 5月14日."""
        if (hit := _NEWS.search(self.text, sentence.end, sentence.end + 160)) and not _REPORTED.search(
            self.text, hit.end(), hit.end() + 20
        ):
            self.last, self.distance = self.settle(parse(hit[1])), 0

    def leave(self, sentence: Sentence) -> None:
        """Remember the sentence's last period for those that follow."""
        for token in sentence.periods:
            if token.period and not token.period.basis and token.period.relative not in _EARLIER:
                self.last, self.distance = self.settle(token.period), 0
                if token.period.part[2:3] == "-" and _DATELINE.search(sentence.text[: token.start - sentence.start]):
                    self.event = None if _REPORTED.search(sentence.text) else self.last

    def settle(self, period: Period) -> Period:
        """Fill in the year of 今年, 一季度, 9月 … where the text has one."""
        if period.year is not None:
            return period
        if period.relative:
            base = self.year
        elif self.last and self.last.year and self.distance < 3 and not self.last.last_year:
            base = self.last.year
        else:
            base = self.report.year if self.report else self.year
        return (
            period if base is None else replace(period, year=base + (shift(period.relative) if period.relative else 0))
        )

    def period(self, item: Item, sentence: Sentence) -> Period | None:
        """The period of one figure; None where the text does not settle it."""
        if item.dated and item.dated.period:
            return self._within(item.dated, sentence)
        return self.inherited(sentence)

    def inherited(self, sentence: Sentence) -> Period | None:
        """What holds where the sentence says nothing: the period just said, or the report's."""
        if self.distance < 3 and self.last:
            return self.last
        return self.report if not _RESET.match(sentence.text) else None

    def _within(self, token: Token, sentence: Sentence) -> Period | None:
        """A bare part (一季度, 9月) takes the year said earlier in its own sentence."""
        period = token.period
        if period and period.year is None and not period.relative:
            for other in sentence.periods:
                if other.start >= token.start:
                    break
                if other.period and other.period.year:
                    return replace(period, year=other.period.year)
        return self.settle(period) if period else None


def timeline(text: str, tokens: list[Token], published: date | None) -> Timeline:
    """Read the text's own year and, of a report, the period in its title.

    ``published`` is the day of publication where it is known from outside; it settles 今年.
    """
    dated = [token for token in tokens if token.kind is Kind.PERIOD and token.period]
    title = text[:80]
    report = None
    for token in dated:
        if token.start < 80 and token.period and token.period.year and not token.period.goal and _REPORT.search(title):
            report = token.period
            break
    goals = {token.period.year for token in dated if token.period and token.period.goal}
    said = [year for _, year in bare_years(text) if year not in goals]
    said = [year for year in said if not said or year <= min(said) + 40]
    year = published.year if published else max(said, default=None)
    if year is None:
        year = _meeting_year(text, dated)
    if report is None:
        report = _only(dated, text)
    if report and report.part[2:3] == "-":
        report = None
    half = Period(year, "H1") if year and _MIDYEAR.search(text) and _summer(dated, published) else None
    return Timeline(year, report, text, half=half)


def _meeting_year(text: str, dated: list[Token]) -> int | None:
    """Year of a text whose only dates are a month and a day, from the meetings it names."""
    for token in dated:
        if token.period and token.period.part[2:3] == "-":
            return year_after(text, int(token.period.part[:2]), int(token.period.part[3:]))
    return None


def _summer(dated: list[Token], published: date | None) -> bool:
    """True if the text is of June to September, when half-year figures are reported."""
    months = [published.month] if published else []
    months += [int(token.period.part[:2]) for token in dated if token.period and token.period.part[2:3] == "-"]
    return bool(months) and months[0] in range(6, 10)


def _only(dated: list[Token], text: str) -> Period | None:
    """The one period of a text that names no other and opens with it."""
    settled = {token.period for token in dated if token.period and not token.period.basis}
    if len(settled) != 1 or not dated or dated[0].start > max(120, len(text) // 4):
        return None
    period = next(iter(settled))
    return period if period.year and not (period.goal or period.open_start or period.stock) else None
