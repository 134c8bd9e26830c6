"""Reading (读数): the figures of a text, left to right, with a small state for the subject and its parallel members."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from bolanggu.data import read_yaml
from bolanggu.engines.figures import numerals
from bolanggu.engines.figures.clauses import Item, Sentence, sentences
from bolanggu.engines.figures.figure import Figure
from bolanggu.engines.figures.naming import Naming
from bolanggu.engines.figures.parallel import groups
from bolanggu.engines.figures.periods import Period
from bolanggu.engines.figures.qualifiers import qualifier
from bolanggu.engines.figures.roles import Role, own_sign, role
from bolanggu.engines.figures.scanner import scan
from bolanggu.engines.figures.timeline import Timeline, timeline
from bolanggu.engines.figures.tokens import Kind
from bolanggu.engines.figures.view import View, view

_FROM_DATE = re.compile(r"[从由自](?:19|20|上|去)[^，；]{0,20}$")
_SECTORS = ("第一产业", "第二产业", "第三产业", "第四产业")


def read_figures(text: str | View, published: date | None = None) -> list[Figure]:
    """Every figure of ``text`` in order of its span; linear time.

    Parameters
    ----------
    text
        The raw text, or its view where the caller has one.
    published
        Day of publication, where it is known from outside the text: settles 今年 and half-dated periods.

    Examples
    --------
    >>> [(f.indicator, f.value, f.unit, f.period) for f in read_figures("2024年，全市粮食总产量5.2万吨，增长1.5%。")]
    [('粮食总产量', 52000, '吨', '2024'), ('粮食总产量', 1.5, '%', '2024')]
    """
    seen = view(text) if isinstance(text, str) else text
    tokens = scan(seen.text)
    clock = timeline(seen.text, tokens, published)
    state = Naming()
    found: list[Figure] = []
    for sentence in sentences(seen.text, tokens):
        clock.enter(sentence)
        if sentence.first:
            state.subject = ""
        if sentence.items:
            found.extend(_Sentence(seen, sentence, clock, state).read())
        clock.leave(sentence)
    return sorted(found, key=lambda figure: (figure.start, figure.end))


class _Sentence:
    """One sentence being read."""

    def __init__(self, seen: View, sentence: Sentence, clock: Timeline, state: Naming) -> None:
        self.seen, self.sentence, self.clock, self.state = seen, sentence, clock, state
        state.enter()
        self.outer: Period | None = None
        self.since: Period | None = None
        self.span: Period | None = None

    def read(self) -> list[Figure]:
        found: list[Figure] = []
        items = self.sentence.items
        at = 0
        for group in groups(items):
            following = items[at + len(group.items)] if at + len(group.items) < len(items) else None
            at += len(group.items)
            frame = self.state.inherit(group.items[0], role(group.items[0], following))
            group.items[0].right = group.items[-1].right
            named = self.state.names(group, frame)
            for number, item in enumerate(group.items):
                found.extend(self._figures(item, frame, named[number]))
            self.state.last = frame
        return found

    def _figures(self, item: Item, frame: Role, named: tuple[str, str]) -> list[Figure]:
        if item.token.kind is Kind.SHARES:
            return list(self._shares(item, self._period(item, frame), frame))
        name, scope = named
        period = self._period(item, frame)
        if period is None and self.clock.half and code(self.state.subject):
            period = self.clock.half
        return [self._figure(item, frame, part, scope, period) for part in name.split("\t")]

    def _period(self, item: Item, frame: Role) -> Period | None:
        """The item's period; a 从 figure's own date does not reach the 到 figure that has none, 年均 spans both."""
        period = self.clock.period(item, self.sentence)
        if frame.step == "from":
            mine = item.own and _FROM_DATE.search(item.head) is not None
            earlier = [
                token for token in self.sentence.periods if token.end <= item.token.start and token is not item.dated
            ]
            said = earlier[-1].period if earlier else None
            self.outer = (
                period if not mine else self.clock.settle(said) if said else self.clock.inherited(self.sentence)
            )
            self.since = period if mine else None
            return self.since
        if frame.step == "to":
            period = period if item.own else self.outer
            if self.since and self.since.year and period and period.year:
                self.span = Period(self.since.year, "", period.year)
        if frame.kind == "growth" and self.span and not item.own and "年均" in item.left:
            return self.span
        return period

    def _figure(self, item: Item, frame: Role, name: str, scope: str, period: Period | None) -> Figure:
        token = item.token
        start, end = self.seen.span(token.start, token.end)
        return Figure(
            start=start,
            end=end,
            text=self.seen.raw[start:end],
            indicator=name,
            value=numerals.plain(own_sign(item, frame) * token.value),
            unit=token.unit,
            period=period.iso() if period else None,
            qualifier=qualifier(item, frame),
            kind="count" if frame.kind == "level" and token.group in {"things", "firms"} else frame.kind,
            scope=scope.strip("“”（、，") or None,
            bound=token.bound,
            indicator_code=code(name),
        )

    def _shares(self, item: Item, period: Period | None, frame: Role) -> Iterator[Figure]:
        """The parts of a:b:c, one figure each."""
        for (first, last, value), sector in zip(item.token.shares, _SECTORS, strict=False):
            start, end = self.seen.span(first, last)
            yield Figure(
                start=start,
                end=end,
                text=self.seen.raw[start:end],
                indicator=f"{sector}占比",
                value=numerals.plain(value),
                unit="%",
                period=period.iso() if period else None,
                qualifier=frame.step or None,
                kind="share",
                scope=None,
                bound="exact",
                indicator_code=None,
            )


def code(name: str) -> str | None:
    """The project's own code of a well-known indicator.

    >>> code("GDP"), code("袜子产量")
    ('GDP', None)
    """
    return _codes().get(name)


@cache
def _codes() -> dict[str, str]:
    listed: dict[str, list[str]] = read_yaml("figures/indicators.yaml")
    return {name: key for key, written in listed.items() for name in written}
