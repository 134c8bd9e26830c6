"""Judging: Kleene's logic against a plain twin, decisive leaves, and changes that suffice."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from bolanggu.engines.rules.compiling import compile_tree
from bolanggu.engines.rules.judging import Occasion, changes, decisive, judge
from bolanggu.engines.rules.parameters import NONE
from bolanggu.engines.rules.terms import FactTerm
from bolanggu.engines.rules.tree import All, AnyOf, AtLeast, Leaf, Not
from bolanggu.engines.rules.truth import Truth

DAY = date(2026, 5, 31)
NAMES = "abcdef"


def leaf(name):
    return Leaf(name, FactTerm(name, "number"), "ge", (Fraction(1),))


def trees():
    def joins(children):
        several = st.lists(children, max_size=3).map(tuple)
        return st.one_of(
            several.map(All),
            several.map(AnyOf),
            children.map(Not),
            st.builds(AtLeast, st.integers(0, 3), several),
        )

    return st.recursive(st.sampled_from(NAMES).map(leaf), joins, max_leaves=6)


facts_of = st.fixed_dictionaries({name: st.sampled_from([None, Fraction(0), Fraction(1)]) for name in NAMES})


def classical(node, facts):
    if isinstance(node, Leaf):
        return facts[node.id] >= 1
    if isinstance(node, Not):
        return not classical(node.child, facts)
    held = [classical(child, facts) for child in node.children]
    if isinstance(node, AtLeast):
        return sum(held) >= node.count
    return all(held) if isinstance(node, All) else any(held)


@given(trees(), facts_of)
def test_a_definite_answer_survives_every_completion_of_the_unknown(tree, facts):
    truth = judge(tree, Occasion(facts, DAY))
    open_names = [name for name, value in facts.items() if value is None]
    completions = [
        classical(tree, facts | dict(zip(open_names, values, strict=True)))
        for values in product((Fraction(0), Fraction(1)), repeat=len(open_names))
    ]
    if truth is not Truth.UNKNOWN:
        assert set(completions) == {truth is Truth.TRUE}


@given(trees(), facts_of)
def test_the_compiled_tree_answers_like_the_tree(tree, facts):
    assert compile_tree(tree, DAY, NONE)(facts) == judge(tree, Occasion(facts, DAY))


@given(trees(), facts_of)
def test_the_decisive_leaves_alone_give_the_same_answer(tree, facts):
    occasion = Occasion(facts, DAY)
    whole = judge(tree, occasion)
    kept = {chosen.id for chosen, _ in decisive(tree, occasion)}
    if whole is not Truth.UNKNOWN:
        blurred = {name: value if name in kept else None for name, value in facts.items()}
        assert judge(tree, Occasion(blurred, DAY)) is whole


@given(trees(), facts_of)
def test_making_the_named_changes_makes_the_tree_hold(tree, facts):
    names = _leaf_names(tree)
    if len(names) != len(set(names)) or _has_constant(tree):
        return
    wanted = changes(tree, Occasion(facts, DAY))
    mended = facts | {changed.id: Fraction(1 if holds else 0) for changed, holds in wanted}
    assert judge(tree, Occasion(mended, DAY)) is Truth.TRUE


def _leaf_names(node):
    if isinstance(node, Leaf):
        return [node.id]
    children = (node.child,) if isinstance(node, Not) else node.children
    return [name for child in children for name in _leaf_names(child)]


def _has_constant(node):
    """A join that no fact can change, such as an empty «any»."""
    if isinstance(node, Leaf):
        return False
    if isinstance(node, Not):
        return _has_constant(node.child)
    fixed = not node.children or (isinstance(node, AtLeast) and not 0 < node.count <= len(node.children))
    return fixed or any(_has_constant(child) for child in node.children)
