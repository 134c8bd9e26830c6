"""Tracing (追溯): why a rule answered so – condition, fact, dated parameter – and what would change it."""

from __future__ import annotations

from dataclasses import dataclass

from bolanggu.engines.rules.facts import plain
from bolanggu.engines.rules.judging import Occasion, changes, decisive
from bolanggu.engines.rules.parameters import DatedValue, NoValueOnDay
from bolanggu.engines.rules.tree import Leaf, Node, Reference
from bolanggu.engines.rules.truth import Truth

_WORDS = {
    "eq": "equal to",
    "ne": "other than",
    "lt": "less than",
    "le": "at most",
    "gt": "more than",
    "ge": "at least",
    "in": "one of",
    "not_in": "none of",
    "between": "between",
    "known": "known",
}
_OPPOSITE = {"eq": "ne", "lt": "ge", "le": "gt", "in": "not_in", "ne": "eq", "ge": "lt", "gt": "le", "not_in": "in"}


@dataclass(frozen=True, slots=True)
class Reason:
    """One decisive condition with what it read."""

    condition: str
    status: str
    measured: str
    found: str
    needs: str
    facts: tuple[str, ...]
    parameters: tuple[DatedValue, ...]


def reasons(node: Node, occasion: Occasion) -> tuple[Reason, ...]:
    """The decisive conditions of a tree with their facts and parameters."""
    return tuple(_reason(leaf, truth, occasion) for leaf, truth in decisive(node, occasion))


def _reason(leaf: Leaf, truth: Truth, occasion: Occasion) -> Reason:
    return Reason(
        leaf.id,
        truth.status,
        leaf.term.label,
        plain(leaf.term.value(occasion.facts, occasion.as_of)),
        requirement(leaf, occasion),
        leaf.term.names,
        parameters_of(leaf, occasion),
    )


def parameters_of(leaf: Leaf, occasion: Occasion) -> tuple[DatedValue, ...]:
    """The dated parameters that a leaf is compared with on the day."""
    found = []
    for operand in leaf.operands:
        if isinstance(operand, Reference) and operand.to == "param":
            try:
                found.append(occasion.parameters.at(operand.name, occasion.as_of))
            except NoValueOnDay:
                continue
    return tuple(found)


def requirement(leaf: Leaf, occasion: Occasion, *, holds: bool = True) -> str:
    """What a leaf asks for in words, such as ``value_usd at most 150000``."""
    if leaf.op == "known":
        return f"{leaf.term.label} {'known' if holds else 'absent'}"
    values = [plain(occasion.operand(operand)) for operand in leaf.operands]
    if leaf.op == "between":
        return f"{leaf.term.label} {'' if holds else 'not '}between {values[0]} and {values[1]}"
    return f"{leaf.term.label} {_WORDS[leaf.op if holds else _OPPOSITE[leaf.op]]} {', '.join(values)}"


def would_pass(node: Node, occasion: Occasion) -> tuple[str, ...]:
    """The fewest changes that make the tree hold, in words; empty if it holds."""
    return tuple(
        ("evidence for " if occasion_unknown(leaf, occasion) else "") + requirement(leaf, occasion, holds=holds)
        for leaf, holds in changes(node, occasion)
    )


def occasion_unknown(leaf: Leaf, occasion: Occasion) -> bool:
    """True if the left side of a leaf is unknown, so that evidence is asked and nothing refused."""
    return leaf.op != "known" and leaf.term.value(occasion.facts, occasion.as_of) is None
