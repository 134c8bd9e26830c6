"""Compiling (编译): a tree as one closure for a day, for judging many subjects; the same answers as `judging.judge`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from bolanggu.engines.rules.facts import Value
from bolanggu.engines.rules.judging import COMPARE, Occasion, judge_leaf
from bolanggu.engines.rules.parameters import Parameters
from bolanggu.engines.rules.terms import Facts, FactTerm
from bolanggu.engines.rules.tree import All, AnyOf, Leaf, Node, Not, Reference
from bolanggu.engines.rules.truth import Truth, at_least

#: Facts → 0 false, 1 unknown, 2 true, the numbers of `Truth`.
Program = Callable[[Facts], int]


def compile_tree(node: Node, as_of: date, parameters: Parameters) -> Program:
    """Compile a tree; parameters and the day are read once, facts at each call."""
    if isinstance(node, Leaf):
        return _leaf(node, as_of, parameters)
    if isinstance(node, Not):
        child = compile_tree(node.child, as_of, parameters)
        return lambda facts: 2 - child(facts)
    children = tuple(compile_tree(child, as_of, parameters) for child in node.children)
    if isinstance(node, All):
        return lambda facts: _least(children, facts)
    if isinstance(node, AnyOf):
        return lambda facts: _most(children, facts)
    count = node.count
    return lambda facts: at_least(count, [Truth(child(facts)) for child in children])


def _least(children: tuple[Program, ...], facts: Facts) -> int:
    least = 2
    for child in children:
        found = child(facts)
        if found == 0:
            return 0
        least = min(least, found)
    return least


def _most(children: tuple[Program, ...], facts: Facts) -> int:
    most = 0
    for child in children:
        found = child(facts)
        if found == 2:
            return 2
        most = max(most, found)
    return most


def _leaf(leaf: Leaf, as_of: date, parameters: Parameters) -> Program:
    left = _left(leaf, as_of)
    if leaf.op == "known":
        return lambda facts: 0 if left(facts) is None else 2
    if any(isinstance(operand, Reference) and operand.to == "fact" for operand in leaf.operands):
        return _against_fact(leaf, left, as_of, parameters)
    rights = [Occasion({}, as_of, parameters).operand(operand) for operand in leaf.operands]
    if None in rights:
        return lambda _: 1
    return _against(leaf.op, left, rights)


def _left(leaf: Leaf, as_of: date) -> Callable[[Facts], Value | None]:
    term = leaf.term
    if isinstance(term, FactTerm):
        name = term.name
        return lambda facts: facts.get(name)
    return lambda facts: term.value(facts, as_of)


def _against(op: str, left: Callable[[Facts], Any], rights: list[Any]) -> Program:
    if op in COMPARE:
        compare, right = COMPARE[op], rights[0]
        return lambda facts: 1 if (found := left(facts)) is None else 2 * compare(found, right)
    if op == "between":
        low, high = rights
        return lambda facts: 1 if (found := left(facts)) is None else 2 * (low <= found <= high)
    choices = rights[0] if len(rights) == 1 and isinstance(rights[0], tuple) else tuple(rights)
    wanted = op == "in"
    return lambda facts: 1 if (found := left(facts)) is None else 2 * ((found in choices) == wanted)


def _against_fact(leaf: Leaf, left: Callable[[Facts], Any], as_of: date, parameters: Parameters) -> Program:
    """Compare with facts: the right side is read at each call."""
    if len(leaf.operands) != 1 or not isinstance(leaf.operands[0], Reference):
        return lambda facts: judge_leaf(leaf, Occasion(facts, as_of, parameters))
    name, op = leaf.operands[0].name, leaf.op
    if op not in COMPARE:
        wanted = op == "in"
        return lambda facts: (
            1
            if (found := left(facts)) is None or (choices := facts.get(name)) is None
            else 2 * ((found in choices) == wanted)  # type: ignore[operator]
        )
    compare = COMPARE[op]
    return lambda facts: (
        1 if (found := left(facts)) is None or (right := facts.get(name)) is None else 2 * compare(found, right)
    )
