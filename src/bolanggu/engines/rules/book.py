"""A rule book (规则集): dated parameters and rules as data, judged scope by scope, each answer traced to its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bolanggu.engines.rules.compiling import Program, compile_tree
from bolanggu.engines.rules.facts import RuleFault, Value, plain, read, read_types
from bolanggu.engines.rules.judging import Occasion
from bolanggu.engines.rules.parameters import DatedValue, NoValueOnDay, Parameters, read_parameters
from bolanggu.engines.rules.reading import TreeReader
from bolanggu.engines.rules.tracing import Reason, parameters_of, reasons, would_pass
from bolanggu.engines.rules.tree import Node, leaves
from bolanggu.engines.rules.truth import Truth

FORMAT = "bolanggu-rules/1"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what must hold, since when, by which text, and what follows if it fails or cannot be judged.

    ``effect`` is the verdict when the rule fails, ``if_unknown`` when a fact is missing (``evidence`` asks for it).
    ``remedy`` names the way that is open when the rule fails, such as another mode, empty where there is none.
    ``status`` says how far the source was read: verified, partly, recalled, assumed.
    """

    id: str
    scope: str
    title: Mapping[str, str]
    requires: Node
    effect: str
    if_unknown: str
    message: str
    source: str
    article: str
    status: str
    remedy: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def applies(self, day: date) -> bool:
        """True if the rule is in force on ``day``, both ends included."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that does not hold, with its trace."""

    rule: Rule
    subject: str
    effect: str
    message: str
    reasons: tuple[Reason, ...]
    would_pass: tuple[str, ...]
    parameters: tuple[DatedValue, ...]

    def as_dict(self) -> dict[str, Any]:
        """The finding as JSON data."""
        return {
            "rule": self.rule.id,
            "effect": self.effect,
            "subject": self.subject,
            "message": self.message,
            "title": dict(self.rule.title),
            "source": {"text": self.rule.source, "article": self.rule.article, "status": self.rule.status},
            "conditions": [
                {"condition": reason.condition, "status": reason.status, "found": reason.found, "needs": reason.needs}
                for reason in self.reasons
            ],
            "parameters": [parameter.as_dict() for parameter in self.parameters],
            "would_pass": list(self.would_pass),
        }


@dataclass(frozen=True, slots=True)
class Book:
    """Parameters and rules of one field, with the fact types of each scope."""

    title: Mapping[str, str]
    parameters: Parameters
    types: Mapping[str, Mapping[str, str]]
    rules: tuple[Rule, ...]
    compiled: dict[tuple[str, date], list[tuple[Rule, Program]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def judge(
        self, scope: str, facts: Mapping[str, Value | None], day: date, subject: str, *, unknown: str | None = None
    ) -> list[Finding]:
        """Findings of every rule of ``scope`` that is in force on ``day`` and does not hold for ``facts``.

        ``unknown`` overrides the effect of rules that cannot be judged because a fact is missing.
        """
        found = []
        for rule, program in self._programs(scope, day):
            truth = program(facts)
            if truth != Truth.TRUE:
                occasion = Occasion(facts, day, self.parameters)
                found.append(_finding(rule, Truth(truth), occasion, subject, unknown or rule.if_unknown))
        return found

    def _programs(self, scope: str, day: date) -> list[tuple[Rule, Program]]:
        """Compile the rules in force once for a scope and day."""
        key = (scope, day)
        if key not in self.compiled:
            self.compiled[key] = [
                (rule, compile_tree(rule.requires, day, self.parameters))
                for rule in self.rules
                if rule.scope == scope and rule.applies(day)
            ]
        return self.compiled[key]

    def value(self, name: str, day: date) -> Value | None:
        """Look a parameter up on a day, for code that computes with it; None where no value is in force."""
        try:
            return self.parameters.at(name, day).value
        except NoValueOnDay:
            return None


def _finding(rule: Rule, truth: Truth, occasion: Occasion, subject: str, unknown: str) -> Finding:
    used = {parameter.name: parameter for leaf in leaves(rule.requires) for parameter in parameters_of(leaf, occasion)}
    words = {name: plain(value) for name, value in occasion.facts.items()}
    words |= {name: plain(parameter.value) for name, parameter in used.items()}
    return Finding(
        rule,
        subject,
        rule.effect if truth is Truth.FALSE else unknown,
        rule.message.format_map(_Words(words)),
        reasons(rule.requires, occasion),
        would_pass(rule.requires, occasion),
        tuple(used.values()),
    )


class _Words(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "unknown"


def read_book(document: Mapping[str, Any]) -> Book:
    """Read a rule book.

    Raises
    ------
    RuleFault
        Another format, a rule without source, an undeclared fact or parameter, a value of the wrong type.
    """
    if document.get("format") != FORMAT:
        raise RuleFault("format", f"not {FORMAT}")
    parameters = read_parameters(document.get("parameters", {}))
    types = {scope: read_types(table, f"facts.{scope}") for scope, table in document["facts"].items()}
    rules = tuple(_read_rule(row, parameters, types, f"rules[{i}]") for i, row in enumerate(document["rules"]))
    return Book(document.get("title", {}), parameters, types, rules)


def _read_rule(
    row: Mapping[str, Any], parameters: Parameters, types: Mapping[str, Mapping[str, str]], place: str
) -> Rule:
    place = f"{place} ({row.get('id')})"
    for key in ("id", "scope", "title", "requires", "effect", "message", "source", "article", "status"):
        if row.get(key) in (None, ""):
            raise RuleFault(place, f"{key} is missing")
    if row["scope"] not in types:
        raise RuleFault(f"{place}.scope", f"{row['scope']!r} has no declared facts")
    reader = TreeReader(types[row["scope"]], parameters.types, cross_references=True)
    tree = reader.node(row["requires"], f"{place}.requires")
    start, end = (read("date", row.get(key), f"{place}.{key}") for key in ("valid_from", "valid_to"))
    assert start is None or isinstance(start, date)
    assert end is None or isinstance(end, date)
    effect = row["effect"]
    return Rule(
        id=row["id"],
        scope=row["scope"],
        title=row["title"],
        requires=tree,
        effect=effect,
        if_unknown=row.get("if_unknown", effect),
        message=row["message"],
        source=row["source"],
        article=row["article"],
        status=row["status"],
        remedy=row.get("remedy", ""),
        valid_from=start,
        valid_to=end,
    )
