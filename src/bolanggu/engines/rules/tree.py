"""Trees of conditions (条件树): leaves compare a term with a value; all, any, not and at-least join them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bolanggu.engines.rules.facts import Value
from bolanggu.engines.rules.terms import Term

OPS = ("eq", "ne", "lt", "le", "gt", "ge", "in", "not_in", "between", "known")


@dataclass(frozen=True, slots=True)
class Reference:
    """A right side that is looked up when judging: the day, a dated parameter, or another fact."""

    to: str
    name: str
    kind: str


Operand = Value | Reference


@dataclass(frozen=True, slots=True)
class Leaf:
    """One condition: ``term op value``; ``known`` has no value, ``in`` and ``between`` have several."""

    id: str
    term: Term
    op: str
    operands: tuple[Operand, ...] = ()


@dataclass(frozen=True, slots=True)
class All:
    """Every child must hold."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One child must hold."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """``count`` children must hold."""

    count: int
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The child must not hold."""

    child: Node


Node = Leaf | All | AnyOf | AtLeast | Not


def leaves(node: Node) -> Iterator[Leaf]:
    """All leaves, left to right."""
    if isinstance(node, Leaf):
        yield node
    elif isinstance(node, Not):
        yield from leaves(node.child)
    else:
        for child in node.children:
            yield from leaves(child)
