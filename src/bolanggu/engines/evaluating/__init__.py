"""Evaluating (综合评价): composite indices over a tree of indicators, and what their ranks are worth.

`chain.evaluate` runs denominate → screen → impute → treat → normalise → aggregate; `sensitivity.explore` repeats it
under other choices; `statistics` audits the indicators; `coupling` and `inequality` measure coordination and spread.
"""

from bolanggu.engines.evaluating.aggregating import aggregate, ranks
from bolanggu.engines.evaluating.chain import Choices, Evaluation, Units, evaluate
from bolanggu.engines.evaluating.coupling import coordinate
from bolanggu.engines.evaluating.doubts import Doubts
from bolanggu.engines.evaluating.fault import BadScheme, NotApplicable
from bolanggu.engines.evaluating.inequality import decompose, gini, log_deviation, theil
from bolanggu.engines.evaluating.scheme import Node, Scheme
from bolanggu.engines.evaluating.sensitivity import Report, explore

__all__ = [
    "BadScheme",
    "Choices",
    "Doubts",
    "Evaluation",
    "Node",
    "NotApplicable",
    "Report",
    "Scheme",
    "Units",
    "aggregate",
    "coordinate",
    "decompose",
    "evaluate",
    "explore",
    "gini",
    "log_deviation",
    "ranks",
    "theil",
]
