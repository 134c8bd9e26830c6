"""Prepared scores (预处理缓存): each way of imputing, treating and normalising, computed once."""

from __future__ import annotations

from collections.abc import Mapping

from bolanggu.engines.evaluating.aggregating import aggregate, ranks
from bolanggu.engines.evaluating.chain import Choices, Units
from bolanggu.engines.evaluating.fault import NotApplicable
from bolanggu.engines.evaluating.normalising import normalise
from bolanggu.engines.evaluating.preparing import denominate, impute, screen
from bolanggu.engines.evaluating.scheme import Floats, Scheme
from bolanggu.engines.evaluating.treating import treat_all


class Prepared:
    """Normalised scores for every way of preparing, computed once each."""

    def __init__(self, scheme: Scheme, units: Units, choices: Choices) -> None:
        self.scheme = scheme
        values = denominate(scheme, units.raw, units.denominators)
        kept = screen(values, choices.least)
        self.values = values[kept]
        groups = zip(units.groups or [""] * len(kept), kept, strict=True)
        self.groups = [group for group, stays in groups if stays] if units.groups is not None else None
        self._treated: dict[tuple[str, bool], Floats] = {}
        self._made: dict[tuple[str, bool, str], Floats | NotApplicable] = {}

    def scores(self, imputation: str, treatment: bool, normalisation: str) -> Floats:
        """Give units × indicators, or raise what stood in the way the first time."""
        key = (imputation, treatment, normalisation)
        if key not in self._made:
            try:
                self._made[key] = normalise(self._treat(imputation, treatment), self.scheme.directions, normalisation)
            except NotApplicable as problem:
                self._made[key] = problem
        found = self._made[key]
        if isinstance(found, NotApplicable):
            raise found
        return found

    def _treat(self, imputation: str, treatment: bool) -> Floats:
        if (imputation, treatment) not in self._treated:
            filled = impute(self.values, imputation, self.groups)[0]
            self._treated[imputation, treatment] = treat_all(filled)[0] if treatment else filled
        return self._treated[imputation, treatment]

    def rank(self, chosen: Choices, weights: Mapping[str, float] | None = None) -> Floats:
        """Rank the units, with the scheme's weights or others."""
        scores = self.scores(chosen.imputation, chosen.treatment, chosen.normalisation)
        return ranks(aggregate(self.scheme, scores, chosen.aggregation, weights)[self.scheme.top])
