"""The cast of a simulated trade: who acts in which role. Everything they do is marked ``simulated``."""

from __future__ import annotations

from dataclasses import dataclass

from bolanggu.platform.accounts.grants import Actor
from bolanggu.platform.parties.models import Party
from bolanggu.platform.parties.services import register
from bolanggu.trade.models import Trade
from bolanggu.values.evidence import Source

WORLD = Actor("simulated world", frozenset({"world"}), Source.SIMULATED, everywhere=True)

#: role → (kind of party, English and Chinese name used where the city has none of that kind)
ROLES = {
    "agent": ("agent", "Trading agent (simulated)", "外贸公司（模拟）"),
    "operator_1039": ("agent", "Market procurement operator (simulated)", "市场采购经营者（模拟）"),
    "warehouse": ("warehouse", "Consolidation warehouse (simulated)", "组货仓库（模拟）"),
    "forwarder": ("forwarder", "Freight forwarder (simulated)", "货代（模拟）"),
    "broker": ("broker", "Customs broker (simulated)", "报关行（模拟）"),
    "carrier": ("carrier", "Carrier (simulated)", "承运人（模拟）"),
    "bank": ("bank", "Settlement bank (simulated)", "结算银行（模拟）"),
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
    bank: Party


def cast_for(trade: Trade) -> Cast:
    """Parties of the city for a trade, chosen by its number, so that the same trade meets the same people."""
    chosen = {role: _choose(trade, role, *names) for role, names in ROLES.items()}
    chosen["operator_1039"] = chosen["agent"]
    return Cast(world=WORLD, buyer=trade.buyer, **chosen)


def _choose(trade: Trade, role: str, kind: str, name_en: str, name_zh: str) -> Party:
    of_kind = Party.objects.filter(kind=kind, state=Party.State.ACTIVE).order_by("number")
    count = of_kind.count()
    if count:
        return of_kind[sum(trade.number.encode()) % count]
    return register(
        by=WORLD,
        at=trade.stated_at,
        number=f"{role.upper().replace('_', '-')}-1",
        kind=kind,
        name_en=name_en,
        name_zh=name_zh,
    )
