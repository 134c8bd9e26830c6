"""Reading a tree (读取规则) from JSON or YAML data, with every type checked and every fault named by its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bolanggu.engines.rules.facts import RuleFault, read
from bolanggu.engines.rules.terms import FactTerm, MonthsSince, Ratio, Sum, Term
from bolanggu.engines.rules.tree import OPS, All, AnyOf, AtLeast, Leaf, Node, Not, Operand, Reference

_JOINS = ("all", "any", "not", "at_least")
_LEFTS = ("fact", "months_since", "ratio", "sum")
_ORDERED = ("lt", "le", "gt", "ge", "between")
_SORTABLE = ("number", "date", "instant")
_DEEPEST = 100


@dataclass
class TreeReader:
    """Reads trees over declared facts.

    ``references`` maps the allowed prefixes of a right side to their names and types: the policy form knows
    ``@as_of`` alone, rule books also ``@param:NAME`` and ``@fact:NAME``.
    """

    types: Mapping[str, str]
    parameters: Mapping[str, str] = field(default_factory=dict)
    cross_references: bool = False
    seen: set[str] = field(default_factory=set)

    def node(self, data: Any, place: str, depth: int = 0) -> Node:
        """Read one node and all below it.

        Raises
        ------
        RuleFault
            An unknown key, fact or op, a value of the wrong type, or an id used twice.
        """
        if not isinstance(data, Mapping):
            raise RuleFault(place, "not a condition; write {id, fact, op, value} or all, any, not, at_least")
        if depth > _DEEPEST:
            raise RuleFault(place, f"conditions nest deeper than {_DEEPEST}")
        joins = [key for key in _JOINS if key in data]
        if not joins:
            return self._leaf(data, place)
        if len(data) != 1:
            raise RuleFault(
                place, f"{joins[0]} stands alone in its node; found also {', '.join(set(data) - {joins[0]})}"
            )
        return self._join(joins[0], data[joins[0]], f"{place}.{joins[0]}", depth + 1)

    def _join(self, key: str, data: Any, place: str, depth: int) -> Node:
        if key == "not":
            return Not(self.node(data, place, depth))
        if key == "at_least":
            if not isinstance(data, Mapping) or set(data) != {"n", "of"}:
                raise RuleFault(place, "at_least is {n: number, of: [conditions]}")
            count = data["n"]
            if isinstance(count, bool) or not isinstance(count, int):
                raise RuleFault(f"{place}.n", f"{count!r} is not a whole number")
            return AtLeast(count, self._children(data["of"], f"{place}.of", depth))
        children = self._children(data, place, depth)
        return All(children) if key == "all" else AnyOf(children)

    def _children(self, data: Any, place: str, depth: int) -> tuple[Node, ...]:
        if not isinstance(data, list):
            raise RuleFault(place, "not a list of conditions")
        return tuple(self.node(child, f"{place}[{i}]", depth) for i, child in enumerate(data))

    def _leaf(self, data: Mapping[str, Any], place: str) -> Leaf:
        name = data.get("id")
        if not isinstance(name, str) or not name:
            raise RuleFault(place, "a condition needs an id")
        place = f"{place} ({name})"
        if name in self.seen:
            raise RuleFault(place, "this id stands twice; ids are unique")
        self.seen.add(name)
        unknown = set(data) - {"id", "op", "value", *_LEFTS}
        if unknown:
            raise RuleFault(place, f"unknown key {min(map(str, unknown))!r}")
        term = self._term(data, place)
        op = data.get("op")
        if op not in OPS:
            raise RuleFault(place, f"unknown op {op!r}; one of {', '.join(OPS)}")
        return Leaf(name, term, op, self._operands(op, term.kind, data, place))

    def _term(self, data: Mapping[str, Any], place: str) -> Term:
        lefts = [key for key in _LEFTS if key in data]
        if len(lefts) != 1:
            raise RuleFault(place, f"a condition has exactly one of {', '.join(_LEFTS)}; found {len(lefts)}")
        key, value = lefts[0], data[lefts[0]]
        if key == "fact":
            return FactTerm(value, self._type_of(value, place))
        if key == "months_since":
            self._must_be("date", value, place)
            return MonthsSince(value)
        if not isinstance(value, list) or (key == "ratio" and len(value) != 2):
            raise RuleFault(place, f"{key} takes {'two facts, [a, b]' if key == 'ratio' else 'a list of facts'}")
        for name in value:
            self._must_be("number", name, place)
        return Ratio(*value) if key == "ratio" else Sum(tuple(value))

    def _type_of(self, name: Any, place: str) -> str:
        if not isinstance(name, str) or name not in self.types:
            raise RuleFault(place, f"fact {name!r} is not declared")
        return self.types[name]

    def _must_be(self, kind: str, name: Any, place: str) -> None:
        if self._type_of(name, place) != kind:
            raise RuleFault(place, f"fact {name!r} is a {self.types[name]}, not a {kind}")

    def _operands(self, op: str, kind: str, data: Mapping[str, Any], place: str) -> tuple[Operand, ...]:
        if op == "known":
            return ()
        if data.get("value") is None:
            raise RuleFault(place, f"op {op} needs a value")
        if op in _ORDERED and kind not in _SORTABLE:
            raise RuleFault(place, f"op {op} compares numbers and dates, not a {kind}")
        value = data["value"]
        if op not in ("in", "not_in", "between"):
            return (self._operand(kind, value, place),)
        if self.cross_references and isinstance(value, str):
            return (self._operand("texts", value, place),)
        if not isinstance(value, list) or (op == "between" and len(value) != 2):
            raise RuleFault(place, f"op {op} takes {'two ends, [from, to]' if op == 'between' else 'a list'}")
        return tuple(self._operand(kind, part, place) for part in value)

    def _operand(self, kind: str, value: Any, place: str) -> Operand:
        if value == "@as_of" and kind == "date":
            return Reference("as_of", "as_of", "date")
        if self.cross_references and isinstance(value, str) and value.startswith("@"):
            return self._reference(kind, value, place)
        operand = read(kind, value, place)
        if operand is None:
            raise RuleFault(place, "null is no value to compare with; use op known")
        return operand

    def _reference(self, kind: str, value: str, place: str) -> Reference:
        to, _, name = value[1:].partition(":")
        tables: dict[str, Callable[[str], str | None]] = {"param": self.parameters.get, "fact": self.types.get}
        found = tables[to](name) if to in tables else None
        if found is None:
            raise RuleFault(place, f"{value!r} names no parameter or fact")
        if found != kind:
            raise RuleFault(place, f"{value!r} is a {found}, compared with a {kind}")
        return Reference(to, name, found)
