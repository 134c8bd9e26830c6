"""Policies (惠企政策) in the form ``bolanggu-policies/1``: who is eligible on a day, and the conditions that decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bolanggu.engines.rules.facts import RuleFault, Value, read, read_types, read_values
from bolanggu.engines.rules.judging import Occasion, decisive, judge
from bolanggu.engines.rules.reading import TreeReader
from bolanggu.engines.rules.tracing import would_pass
from bolanggu.engines.rules.tree import Node

FORMAT = "bolanggu-policies/1"
_DELIVERIES = ("no_application", "quick", "application")
_VERDICTS = ("ineligible", "unknown", "eligible")


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of a policy; both ends of its validity are included."""

    id: str
    version: int
    title: Mapping[str, str]
    valid_from: date | None
    valid_to: date | None
    delivery: str
    eligibility: Node


@dataclass(frozen=True, slots=True)
class PolicySet:
    """The policies of one document with the fact types that they share."""

    types: Mapping[str, str]
    policies: tuple[Policy, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """An applicant's stated facts as of a day."""

    id: str
    as_of: date
    facts: Mapping[str, Value | None]


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The answer for one entity and policy: verdict, decisive conditions with their status, what would suffice."""

    entity: str
    policy: str
    version: int
    verdict: str
    reasons: tuple[tuple[str, str], ...]
    would_pass: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The answer as JSON data."""
        reasons = [{"condition": condition, "status": status} for condition, status in self.reasons]
        return {
            "entity": self.entity,
            "policy": self.policy,
            "version": self.version,
            "verdict": self.verdict,
            "reasons": reasons,
            "would_pass": list(self.would_pass),
        }


def read_policies(document: Any) -> PolicySet:
    """Read a policy document.

    Raises
    ------
    RuleFault
        Another format, an undeclared fact, an unknown op, a value of the wrong type, an id used twice.
    """
    if not isinstance(document, Mapping) or document.get("format") != FORMAT:
        raise RuleFault("format", f"not {FORMAT}")
    types = read_types(document.get("facts"), "facts")
    rows = document.get("policies")
    if not isinstance(rows, list):
        raise RuleFault("policies", "not a list of policies")
    policies = tuple(_read_policy(row, types, f"policies[{i}]") for i, row in enumerate(rows))
    seen = set()
    for policy in policies:
        if (policy.id, policy.version) in seen:
            raise RuleFault("policies", f"{policy.id} version {policy.version} stands twice")
        seen.add((policy.id, policy.version))
    return PolicySet(types, policies)


def _read_policy(row: Any, types: Mapping[str, str], place: str) -> Policy:
    if not isinstance(row, Mapping) or not isinstance(row.get("id"), str):
        raise RuleFault(place, "a policy needs an id")
    place = f"{place} ({row['id']})"
    if "eligibility" not in row:
        raise RuleFault(place, "eligibility is missing")
    delivery = row.get("delivery", "application")
    if delivery not in _DELIVERIES:
        raise RuleFault(f"{place}.delivery", f"{delivery!r} is none of {', '.join(_DELIVERIES)}")
    start, end = (read("date", row.get(key), f"{place}.{key}") for key in ("valid_from", "valid_to"))
    assert start is None or isinstance(start, date)
    assert end is None or isinstance(end, date)
    tree = TreeReader(types).node(row["eligibility"], f"{place}.eligibility")
    return Policy(row["id"], row.get("version", 1), row.get("title") or {}, start, end, delivery, tree)


def read_entities(document: Any, types: Mapping[str, str]) -> tuple[Entity, ...]:
    """Read entities; each one's own ``as_of`` wins over the document's.

    Raises
    ------
    RuleFault
        No ``as_of``, an undeclared fact, or a value of the wrong type.
    """
    rows = document.get("entities") if isinstance(document, Mapping) else None
    if not isinstance(rows, list):
        raise RuleFault("entities", "not a list of entities")
    default = read("date", document.get("as_of"), "as_of")
    return tuple(_read_entity(row, default, types, f"entities[{i}]") for i, row in enumerate(rows))


def _read_entity(row: Any, default: Value | None, types: Mapping[str, str], place: str) -> Entity:
    if not isinstance(row, Mapping) or row.get("id") in (None, ""):
        raise RuleFault(place, "an entity needs an id")
    place = f"{place} ({row['id']})"
    own = read("date", row.get("as_of"), f"{place}.as_of")
    as_of = default if own is None else own
    if not isinstance(as_of, date):
        raise RuleFault(f"{place}.as_of", "neither the entity nor the document says the day")
    return Entity(str(row["id"]), as_of, read_values(types, row.get("facts") or {}, f"{place}.facts"))


def evaluate(policy: Policy, entity: Entity) -> Eligibility:
    """Judge one entity under one policy on the entity's day."""
    occasion = Occasion(entity.facts, entity.as_of)
    begun = policy.valid_from is None or policy.valid_from <= entity.as_of
    if not begun or (policy.valid_to is not None and entity.as_of > policy.valid_to):
        span = f"as_of from {policy.valid_from} to {policy.valid_to}"
        return Eligibility(entity.id, policy.id, policy.version, "ineligible", (("validity", "failed"),), (span,))
    return Eligibility(
        entity.id,
        policy.id,
        policy.version,
        _VERDICTS[judge(policy.eligibility, occasion)],
        tuple((leaf.id, truth.status) for leaf, truth in decisive(policy.eligibility, occasion)),
        would_pass(policy.eligibility, occasion),
    )
