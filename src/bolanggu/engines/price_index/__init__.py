"""Price index (价格指数): bilateral, chained and multilateral indices over transactions, with what they rest on.

Read rows (`reading`), clean them if they are raw (`cleaning`), make a panel of unit values (`panel.build`), ask for a
method (`methods.index`); `coverage`, `bootstrap`, `contributions` and `classes` say how far to trust it and what moved
it. This is a documented index of given transactions; it replicates no official one.
"""

from bolanggu.engines.price_index.bootstrap import Interval, bootstrap
from bolanggu.engines.price_index.classes import ClassIndex, aggregate, by_class
from bolanggu.engines.price_index.cleaning import Cleaned, Rows, clean
from bolanggu.engines.price_index.contributions import contributions
from bolanggu.engines.price_index.coverage import PeriodCoverage, coverage, dispersion, extremes
from bolanggu.engines.price_index.fault import NoCommonProduct, UnknownMethod, WindowRefused
from bolanggu.engines.price_index.imputation import carry
from bolanggu.engines.price_index.methods import Method, index
from bolanggu.engines.price_index.panel import Panel, build

__all__ = [
    "ClassIndex",
    "Cleaned",
    "Interval",
    "Method",
    "NoCommonProduct",
    "Panel",
    "PeriodCoverage",
    "Rows",
    "UnknownMethod",
    "WindowRefused",
    "aggregate",
    "bootstrap",
    "build",
    "by_class",
    "carry",
    "clean",
    "contributions",
    "coverage",
    "dispersion",
    "extremes",
    "index",
]
