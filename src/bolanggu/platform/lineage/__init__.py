"""Lineage (来龙去脉): edges of every split and merge, with pieces, grams and minor units."""

from bolanggu.platform.lineage.edges import Edge, record

__all__ = ["Edge", "record"]
