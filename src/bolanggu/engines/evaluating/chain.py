"""The chain (评价流程): raw values to ranks in named steps, each of which says what it did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bolanggu.engines.evaluating.aggregating import aggregate, ranks
from bolanggu.engines.evaluating.normalising import normalise
from bolanggu.engines.evaluating.preparing import denominate, impute, screen
from bolanggu.engines.evaluating.scheme import Floats, Scheme
from bolanggu.engines.evaluating.treating import Treatment, treat_all


@dataclass(frozen=True)
class Choices:
    """What the evaluator decides: every one of these can be argued about, so `sensitivity` varies them.

    ``least`` is the share of its values that a unit must really have; ``treatment`` False leaves outliers;
    ``aggregation`` is one mean for all levels or a mean for each level from 2 up.
    """

    imputation: str = "group mean"
    least: float = 2 / 3
    treatment: bool = True
    normalisation: str = "minmax"
    aggregation: str | Mapping[int, str] = "arithmetic"


@dataclass(frozen=True)
class Units:
    """The things compared: codes, raw values (units × indicators, NaN missing), columns to divide by, groups."""

    codes: tuple[str, ...]
    raw: Floats
    denominators: Mapping[str, Floats] = field(default_factory=dict)
    groups: Sequence[str] | None = None


@dataclass(frozen=True)
class Evaluation:
    """Every step's result, so that a reader can walk from a rank back to the raw value.

    Attributes
    ----------
    kept
        Which units passed the screen; the matrices from ``imputed`` on hold these only.
    filled
        Which cells of ``imputed`` nobody observed.
    treatments
        What was done to each indicator.
    scores, rank
        Scores of every node of the scheme, and each kept unit's rank by the top node (1 is best).
    """

    denominated: Floats
    imputed: Floats
    filled: NDArray[np.bool_]
    kept: NDArray[np.bool_]
    treated: Floats
    treatments: list[Treatment]
    normalised: Floats
    scores: dict[str, Floats]
    rank: Floats

    @property
    def share_imputed(self) -> Floats:
        """Share of each kept unit's values that were filled in."""
        return np.asarray(self.filled[self.kept].mean(axis=1))


def evaluate(scheme: Scheme, units: Units, choices: Choices | None = None) -> Evaluation:
    """Run the chain: denominate, screen and impute, treat, normalise, aggregate, rank.

    The screen counts the data that were there before imputation.

    Raises
    ------
    NotApplicable
        A step cannot be taken on these data.

    Examples
    --------
    >>> from bolanggu.engines.evaluating.scheme import Node
    >>> tree = Scheme((Node("speed", 1, "I"), Node("cost", 1, "I", direction=-1), Node("I", 2, None)))
    >>> towns = Units(("a", "b", "c"), np.array([[1.0, 9.0], [2.0, 8.0], [3.0, 1.0]]))
    >>> evaluate(tree, towns, Choices(imputation="none")).rank.tolist()
    [3.0, 2.0, 1.0]
    """
    chosen = choices or Choices()
    denominated = denominate(scheme, units.raw, units.denominators)
    kept = screen(denominated, chosen.least)
    groups = None if units.groups is None else [group for group, stays in zip(units.groups, kept, strict=True) if stays]
    filled_in = np.zeros_like(kept[:, None] & np.isnan(denominated))
    imputed, filled_in[kept] = impute(denominated[kept], chosen.imputation, groups)
    treated, treatments = treat_all(imputed) if chosen.treatment else (imputed, [])
    normalised = normalise(treated, scheme.directions, chosen.normalisation)
    scores = aggregate(scheme, normalised, chosen.aggregation)
    rank = ranks(scores[scheme.top])
    return Evaluation(denominated, imputed, filled_in, kept, treated, treatments, normalised, scores, rank)
