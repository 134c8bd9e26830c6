"""Cards (关键数字): the figures of one indicator and period together — level, growth, ranks and shares."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cache

from bolanggu.blueprint.digest.showing import Shown, shown
from bolanggu.data import city, read_yaml
from bolanggu.engines.figures import Figure

#: headline numbers a page can carry
MOST = 8
_TAIL = re.compile(r"(?:总量|增速|同比)*(?:排名|位次)$|占.+比重$|增速高于.+$")


@dataclass(frozen=True, slots=True)
class Line:
    """One more thing said of a card's indicator: its figure (index), what it is, the number."""

    figure: int
    zh: str
    en: str
    number: Shown
    scope: str
    falling: bool = False


@dataclass(slots=True)
class Card:
    """An indicator in a period: the number on top and the lines under it. ``figure`` is the index of the top figure."""

    indicator: str
    english: str
    period: str | None
    figure: int
    number: Shown
    lines: list[Line] = field(default_factory=list)
    weight: int = 0


@cache
def _labels() -> dict[str, tuple[str, str]]:
    """Name of an indicator → (English label, code where it is well known)."""
    import yaml

    known: dict[str, tuple[str, str]] = {}
    file = city("yiwu") / "blueprint" / "indicators.yaml"
    for code, row in yaml.safe_load(file.read_text(encoding="utf-8")).items():
        known.update(dict.fromkeys([row["zh"], *row.get("names", [])], (row["en"], code)))
    for code, names in read_yaml("figures/indicators.yaml").items():
        for name in names:
            known.setdefault(name, (known.get(names[0], ("", ""))[0], code))
    return known


def english(indicator: str) -> str:
    """English label of an indicator, empty where none is known.

    >>> english("地区生产总值")
    'Gross domestic product'
    """
    return _labels().get(indicator, ("", ""))[0]


def cards(figures: Sequence[Figure], without: Collection[int] = ()) -> list[Card]:
    """All figures as cards, in the order of the text: a rank, share or growth joins the level it belongs to.

    ``without`` are indices of figures to leave out, such as those of targets.

    >>> from bolanggu.engines.figures import read
    >>> [(card.indicator, len(card.lines)) for card in cards(read("2024年出口3586亿元、增长24.6%。").figures)]
    [('出口', 1)]
    """
    made: dict[tuple[str, str | None], Card] = {}
    for at, figure in enumerate(figures):
        if at in without:
            continue
        subject = _TAIL.sub("", figure.indicator) or figure.indicator
        name = subject if (subject, figure.period) in made else figure.indicator
        number = shown(figure.value, figure.unit, figure.bound)
        standing = made.get((name, figure.period))
        if standing is None:
            made[name, figure.period] = Card(name, english(name), figure.period, at, number)
        elif not _said(standing, figures, figure):
            standing.lines.append(_line(at, figure, number, name))
    for card in made.values():
        card.weight = _weight(card, figures)
    return list(made.values())


def _said(card: Card, figures: Sequence[Figure], figure: Figure) -> bool:
    """True if the card has this number of this kind and scope already: texts repeat their best figures."""
    standing = (figures[at] for at in (card.figure, *(line.figure for line in card.lines)))
    own = (figure.indicator, figure.kind, figure.value, figure.scope)
    return any((one.indicator, one.kind, one.value, one.scope) == own for one in standing)


def _line(at: int, figure: Figure, number: Shown, name: str) -> Line:
    scope = figure.scope or ""
    if figure.kind == "growth":
        return Line(at, "增长" if figure.value >= 0 else "下降", "growth", number, "", falling=figure.value < 0)
    if figure.kind == "rank":
        by_growth = "增速" in figure.indicator.removeprefix(name)
        return Line(at, "增速" if by_growth else "总量", "by growth" if by_growth else "by size", number, scope)
    if figure.kind == "share":
        return Line(at, "占", "share of", number, scope)
    return Line(at, "", "", number, scope)


def _weight(card: Card, figures: Sequence[Figure]) -> int:
    """How much a card has to say: a level with growth and ranks before a bare count."""
    top = figures[card.figure]
    known = 3 if _labels().get(card.indicator, ("", ""))[1] else 0
    said = {figures[line.figure].kind for line in card.lines}
    settled = 1 if card.period else 0
    return known + settled + 2 * (top.kind == "level") + 2 * len(said & {"growth", "rank", "share"})


def headlines(made: Sequence[Card], most: int = MOST) -> list[Card]:
    """The cards that say most, in the order of the text."""
    best = sorted(range(len(made)), key=lambda at: (-made[at].weight, at))[:most]
    return [made[at] for at in sorted(best)]
