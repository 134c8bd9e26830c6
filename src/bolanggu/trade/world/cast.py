"""The cast of a simulated trade: who acts in which role. Everything they do is marked ``simulated``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bolanggu.market.customs.filings import filed
from bolanggu.platform.accounts.grants import Actor
from bolanggu.platform.parties.models import Party
from bolanggu.platform.parties.services import register
from bolanggu.trade.models import Trade
from bolanggu.values.evidence import Source

WORLD = Actor("simulated world", frozenset({"world"}), Source.SIMULATED, everywhere=True)

#: role → (kind of party, English and Chinese name used where the city has none of that kind)
ROLES = {
    "agent": ("agent", "Trading agent (simulated)", "外贸公司（模拟）"),
    "warehouse": ("warehouse", "Consolidation warehouse (simulated)", "组货仓库（模拟）"),
    "forwarder": ("forwarder", "Freight forwarder (simulated)", "货代（模拟）"),
    "broker": ("broker", "Customs broker (simulated)", "报关行（模拟）"),
    "carrier": ("carrier", "Carrier (simulated)", "承运人（模拟）"),
}


@dataclass(frozen=True, slots=True)
class Cast:
    """The parties of one trade by role, and the actor that plays them all."""

    world: Actor
    buyer: Party
    agent: Party
    operator_1039: Party
    warehouse: Party
    forwarder: Party
    broker: Party
    carrier: Party


@dataclass(frozen=True, slots=True)
class Crew:
    """The parties of a shipment by role, and the actor that plays them all."""

    world: Actor
    agent: Party
    warehouse: Party
    forwarder: Party
    broker: Party
    carrier: Party


def crew_for(cast: Mapping[str, str]) -> Crew:
    """The parties of a shipment by role → number."""
    found = {party.number: party for party in Party.objects.filter(number__in=cast.values())}
    return Crew(world=WORLD, **{role: found[number] for role, number in cast.items() if role in ROLES})


def cast_for(trade: Trade) -> Cast:
    """The parties that were chosen when the trade opened."""
    found = {party.number: party for party in Party.objects.filter(number__in=trade.cast.values())}
    return Cast(world=WORLD, buyer=trade.buyer, **{role: found[number] for role, number in trade.cast.items()})


def choose_cast(number: str, *, at: datetime, agent: str = "") -> dict[str, str]:
    """Choose who plays which role, by a number: among the city's parties, the operator among those filed.

    Where the buyer names her agent, the others are those whom the agent works with: chosen by the agent's number.
    """
    of = agent or number
    chosen = {role: _choose(of, role, *names, at=at).number for role, names in ROLES.items()}
    chosen["agent"] = agent or chosen["agent"]
    return chosen | {"operator_1039": _filed_operator(of, at=at).number}


def _choose(number: str, role: str, kind: str, name_en: str, name_zh: str, *, at: datetime) -> Party:
    of_kind = Party.objects.filter(kind=kind, state=Party.State.ACTIVE).order_by("number")
    count = of_kind.count()
    if count:
        return of_kind[sum(number.encode()) % count]
    return register(by=WORLD, at=at, number=f"{role.upper()}-1", kind=kind, name_en=name_en, name_zh=name_zh)


def _filed_operator(number: str, *, at: datetime) -> Party:
    """The market procurement operator (市场采购经营者), filed with commerce and customs, by its credit code."""
    operators = filed("yiwu").operators
    operator = operators[sum(number.encode()) % len(operators)]
    return register(
        by=WORLD,
        at=at,
        number=f"OP-{operator.uscc}",
        kind="operator",
        name_en=f"{operator.name} (simulated)",
        name_zh=operator.name or "",
        uscc=operator.uscc,
    )
