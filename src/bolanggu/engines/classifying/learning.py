"""Learning (反馈学习): what people confirmed moves later answers: the same title at once, like ones by degrees.

A confirmation counts for a goods word together with the materials and other attributes of its title, so that a glass
mug that was confirmed says nothing of a ceramic one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bolanggu.engines.classifying.finding import Hit

#: An attribute at least so strong belongs to the good, not to a part of it.
_STATED = 0.75
#: What a wholly consistent history adds to a code, as a share of the weight of the goods word.
_MOST = 2.0
_PRIOR = 1.0

Key = tuple[str, frozenset[str]]


@dataclass
class Confirmed:
    """Codes that people chose: by whole title, and counted by goods word with attributes."""

    titles: dict[str, str] = field(default_factory=dict)
    counts: defaultdict[Key, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, text: str, hits: Sequence[Hit], seen: Mapping[str, float], hs6: str) -> None:
        """Remember a choice; the same choice for a title counts once."""
        title = title_key(text)
        if not title or self.titles.get(title) == hs6:
            return
        self.titles[title] = hs6
        for key in {key for key, _ in _keys(hits, seen)}:
            self.counts[key][hs6] += 1

    def title(self, *texts: str) -> str | None:
        """The code of the first of the texts that was confirmed as a whole."""
        return next((found for text in texts if text and (found := self.titles.get(title_key(text)))), None)

    def boosts(self, hits: Sequence[Hit], seen: Mapping[str, float]) -> dict[str, float]:
        """What history adds to the weight of each code: the share of its confirmations, shrunk while they are few."""
        added: dict[str, float] = {}
        if not self.counts:
            return added
        for key, weight in _keys(hits, seen):
            counts = self.counts.get(key)
            if counts:
                total = counts.total() + _PRIOR
                for code, count in counts.items():
                    added[code] = max(added.get(code, 0.0), _MOST * weight * count / total)
        return added


def _keys(hits: Sequence[Hit], seen: Mapping[str, float]) -> list[tuple[Key, float]]:
    stated = frozenset(name for name, weight in seen.items() if weight >= _STATED)
    return [((hit.term, stated), hit.weight) for hit in hits]


def title_key(text: str) -> str:
    """The form by which titles count as the same: lower case, single blanks.

    >>> title_key("  Mystery  GADGET ")
    'mystery gadget'
    """
    return " ".join(text.lower().split())
