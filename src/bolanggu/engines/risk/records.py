"""Records (数据): what the indicators read – declarations, receipts, arrivals, credits, operators, past outcomes.

Money is USD cents, mass g, volume litres. A fact that nobody stated is None: an indicator that needs it stays silent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a declaration.

    ``chain`` names the records behind it (order, payment, receipt, carton; those found). ``likely_hs6`` is the
    classifier's code with its probability ``likely``; ``gain`` says that it bears duty, licence or inspection which the
    declared one does not. ``brand_word`` and ``danger_word`` are words found in the name.
    """

    hs10: str
    name: str
    value_cents: int
    net_g: int
    pieces: int
    supplier: str = ""
    chain: tuple[str, ...] | None = None
    brand_type: int = 0
    brand_word: str | None = None
    danger_word: str | None = None
    likely_hs6: str | None = None
    likely: float = 0.0
    gain: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One declaration. ``recount_faults`` counts items that differ from the goods list merged as the rules say."""

    number: str
    at: datetime
    operator: str
    buyer: str
    destination: str
    value_cents: int
    items: tuple[Item, ...]
    broker: str = ""
    buyer_name: str = ""
    passport: str = ""
    nationality: str = ""
    bl_no: str = ""
    vessel: str = ""
    container: str = ""
    trade_ref: str = ""
    gross_g: int | None = None
    net_g: int | None = None
    volume_l: float | None = None
    payload_g: int | None = None
    exit_port: str = ""
    gate_in: str = ""
    transit_hours: float | None = None
    seal: str = ""
    gate_seal: str = ""
    recount_faults: int = 0


@dataclass(frozen=True, slots=True)
class Operator:
    """Who declares, with the filing's day and the contacts that several operators may share.

    ``traces`` says whether local tax, social insurance or power use is known of; None if nobody asked.
    """

    uscc: str
    filed_on: date | None = None
    phone: str = ""
    address: str = ""
    ip: str = ""
    traces: bool | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Foreign money received for a trade record; ``allowed`` names who may pay beside the buyer."""

    number: str
    at: datetime
    trade_ref: str
    payer: str
    cents: int
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrival:
    """Goods that came in, or into a bonded zone."""

    number: str
    at: datetime
    hs10: str
    pieces: int
    net_g: int


@dataclass(frozen=True, slots=True)
class Credit:
    """Goods that a stall gave a buyer on credit; ``paid_at`` is None while they are not paid."""

    number: str
    buyer: str
    stall: str
    at: datetime
    cents: int
    paid_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a look at an earlier declaration found: ``hit`` if it was not in order."""

    number: str
    at: datetime
    operator: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """What the records are judged by: the cap, lists and figures of others, all dated elsewhere."""

    cap_cents: int = 15_000_000
    denied: tuple[str, ...] = ()
    mirror: Mapping[tuple[str, str], int] = field(default_factory=dict)
    awards: tuple[tuple[date, date], ...] = ()
    far_suppliers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Records:
    """All records of one look, and the setting they are judged by."""

    entries: tuple[Entry, ...]
    operators: tuple[Operator, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    credits: tuple[Credit, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    setting: Setting = field(default_factory=Setting)


@dataclass(frozen=True, slots=True)
class Signal:
    """One indicator spoke about one declaration: how strongly (0 to 1), why, and the rows that show it."""

    indicator: str
    subject: str
    strength: float
    reason: str
    evidence: tuple[str, ...]
