"""The scheme (指标体系): a tree of indicators, pillars and the index above them, with directions and weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bolanggu.engines.evaluating.fault import BadScheme

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Node:
    """An indicator (level 1) or an aggregate above it.

    Attributes
    ----------
    code, level
        Name, and height in the tree: 1 is an indicator.
    parent
        Code of the node it is part of; None at the top.
    weight
        Relative to its siblings; they need not add up to 1.
    direction
        +1 if more is better, −1 if less is; indicators only.
    denominator
        Name of the column of units that the raw value is divided by, if any.
    """

    code: str
    level: int
    parent: str | None
    weight: float = 1.0
    direction: int = 1
    denominator: str | None = None


@dataclass(frozen=True)
class Scheme:
    """All nodes of one composite index.

    Raises
    ------
    BadScheme
        A code twice, an unknown parent, a parent that is not higher, an aggregate without parts, not exactly one top,
        a direction other than ±1, or a weight that is not finite.

    Examples
    --------
    >>> tree = Scheme((Node("a", 1, "I"), Node("b", 1, "I", weight=3.0), Node("I", 2, None)))
    >>> tree.indicators, tree.weights("I").tolist()
    (('a', 'b'), [1.0, 3.0])
    """

    nodes: tuple[Node, ...]

    def __post_init__(self) -> None:
        """Refuse a tree that contradicts itself."""
        known = {node.code: node for node in self.nodes}
        if len(known) != len(self.nodes):
            raise BadScheme("a code stands twice in the scheme")
        tops = [node.code for node in self.nodes if node.parent is None]
        if len(tops) != 1:
            raise BadScheme(f"a scheme has one top, not {len(tops)}: {', '.join(tops)}")
        parents = {node.parent for node in self.nodes}
        for node in self.nodes:
            _check(node, known, parents)

    @cached_property
    def top(self) -> str:
        """Code of the index itself."""
        return next(node.code for node in self.nodes if node.parent is None)

    @cached_property
    def indicators(self) -> tuple[str, ...]:
        """Codes of level 1, in the given order: the columns of every matrix of scores."""
        return tuple(node.code for node in self.nodes if node.level == 1)

    @cached_property
    def directions(self) -> Floats:
        """+1 or −1 for each indicator."""
        return np.array([node.direction for node in self.nodes if node.level == 1], dtype=np.float64)

    @cached_property
    def aggregates(self) -> tuple[Node, ...]:
        """Nodes above level 1, the lower levels first."""
        return tuple(sorted((node for node in self.nodes if node.level > 1), key=lambda node: node.level))

    @cached_property
    def _parts(self) -> dict[str, tuple[Node, ...]]:
        return {one.code: tuple(node for node in self.nodes if node.parent == one.code) for one in self.aggregates}

    def parts(self, code: str) -> tuple[Node, ...]:
        """The nodes directly below an aggregate."""
        return self._parts[code]

    def weights(self, code: str) -> Floats:
        """Weights of an aggregate's parts."""
        return np.array([node.weight for node in self.parts(code)])

    def reweighted(self, weights: Mapping[str, float]) -> Scheme:
        """The same tree with other weights for the codes given."""
        return Scheme(tuple(replace(node, weight=weights.get(node.code, node.weight)) for node in self.nodes))


def _check(node: Node, known: Mapping[str, Node], parents: Iterable[str | None]) -> None:
    if node.parent is not None and node.parent not in known:
        raise BadScheme(f"{node.code} is part of {node.parent}, which is not in the scheme")
    if node.parent is not None and known[node.parent].level <= node.level:
        raise BadScheme(f"{node.code} (level {node.level}) cannot be part of {node.parent}, which is not higher")
    if node.level > 1 and node.code not in parents:
        raise BadScheme(f"{node.code} has no parts")
    if node.direction not in (-1, 1):
        raise BadScheme(f"{node.code} has direction {node.direction}; it is +1 or -1")
    if not np.isfinite(node.weight):
        raise BadScheme(f"{node.code} has a weight that is not finite")
