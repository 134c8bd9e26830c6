"""Judging (判定): the truth of a tree for given facts on a day, and the leaves that decide it."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bolanggu.engines.rules import truth
from bolanggu.engines.rules.facts import Value
from bolanggu.engines.rules.parameters import NONE, NoValueOnDay, Parameters
from bolanggu.engines.rules.terms import Facts
from bolanggu.engines.rules.tree import All, AnyOf, AtLeast, Leaf, Node, Not, Operand, Reference
from bolanggu.engines.rules.truth import Truth

#: Operators of one right side.
COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a tree is judged on: facts, the day, and the parameters in force."""

    facts: Facts
    as_of: date
    parameters: Parameters = field(default=NONE)

    def operand(self, operand: Operand) -> Value | None:
        """The value of a right side, None if what it refers to is unknown on the day."""
        if not isinstance(operand, Reference):
            return operand
        if operand.to == "as_of":
            return self.as_of
        if operand.to == "fact":
            return self.facts.get(operand.name)
        try:
            return self.parameters.at(operand.name, self.as_of).value
        except NoValueOnDay:
            return None


def judge(node: Node, occasion: Occasion) -> Truth:
    """The truth of a tree."""
    if isinstance(node, Leaf):
        return judge_leaf(node, occasion)
    if isinstance(node, Not):
        return truth.negate(judge(node.child, occasion))
    children = (judge(child, occasion) for child in node.children)
    if isinstance(node, All):
        return truth.all_of(children)
    if isinstance(node, AnyOf):
        return truth.any_of(children)
    return truth.at_least(node.count, children)


def judge_leaf(leaf: Leaf, occasion: Occasion) -> Truth:
    """The truth of one condition: unknown if its left side or what it is compared with is unknown."""
    left = leaf.term.value(occasion.facts, occasion.as_of)
    if leaf.op == "known":
        return truth.of(left is not None)
    if left is None:
        return Truth.UNKNOWN
    rights = [occasion.operand(operand) for operand in leaf.operands]
    if None in rights:
        return Truth.UNKNOWN
    return truth.of(_holds(leaf.op, left, rights))


def _holds(op: str, left: Any, rights: list[Any]) -> bool:
    if op in COMPARE:
        return COMPARE[op](left, rights[0])
    if op == "between":
        return bool(rights[0] <= left <= rights[1])
    choices = rights[0] if len(rights) == 1 and isinstance(rights[0], tuple) else rights
    return (left in choices) == (op == "in")


def decisive(node: Node, occasion: Occasion) -> Iterator[tuple[Leaf, Truth]]:
    """The leaves that decide a tree, each with its own truth.

    Of a join these are the decisive leaves of the children whose truth equals its own; of «not» those of its child.
    """
    if isinstance(node, Leaf):
        yield node, judge_leaf(node, occasion)
    elif isinstance(node, Not):
        yield from decisive(node.child, occasion)
    else:
        whole = judge(node, occasion)
        for child in node.children:
            if judge(child, occasion) == whole:
                yield from decisive(child, occasion)


def changes(node: Node, occasion: Occasion, *, to_hold: bool = True) -> tuple[tuple[Leaf, bool], ...]:
    """The fewest conditions that have to change for the tree to hold (or not to hold).

    Each is a leaf with the truth that it must get. Among equals the first in the tree is taken.
    """
    wanted = Truth.TRUE if to_hold else Truth.FALSE
    if judge(node, occasion) == wanted:
        return ()
    if isinstance(node, Leaf):
        return ((node, to_hold),)
    if isinstance(node, Not):
        return changes(node.child, occasion, to_hold=not to_hold)
    options = sorted((changes(child, occasion, to_hold=to_hold) for child in node.children), key=len)
    return tuple(change for option in options[: _needed(node, to_hold=to_hold)] for change in option)


def _needed(node: All | AnyOf | AtLeast, *, to_hold: bool) -> int:
    """How many children must have the wanted truth."""
    count = len(node.children)
    least = node.count if isinstance(node, AtLeast) else count if isinstance(node, All) else 1
    return least if to_hold else count - least + 1
