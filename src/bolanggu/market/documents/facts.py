"""Facts of a shipment (单证事实): what the papers of a trade are written from, as plain values from the other links.

Whole numbers throughout: pieces, g, mm, mm³, minor units. Times are ISO 8601 in UTC, days ISO 8601 in local time.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Party:
    """A party as papers name it; ``identity`` is a passport or register number where the paper must show one."""

    number: str
    name_en: str
    name_zh: str = ""
    country: str = "CN"
    uscc: str = ""
    identity: str = ""


@dataclass(frozen=True, slots=True)
class Goods:
    """One order line; ``row`` is its row in the buyer's list."""

    line: str
    row: int
    order: str
    merchant: str
    code: str
    name_en: str
    name_zh: str
    hs10: str
    pieces: int
    unit_minor: int
    amount_minor: int
    currency: str
    lead_days: int = 0
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """Pieces of one order line in a carton, with their net and gross mass and their value in the order's currency."""

    line: str
    pieces: int
    net_g: int
    gross_g: int
    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Carton:
    """A carton as measured; ``box`` is the planned box it lies in, empty while it waits or is left over."""

    sscc: str
    mark: str
    article: str
    position: int
    of: int
    order: str
    box: str
    l_mm: int
    w_mm: int
    h_mm: int
    gross_g: int
    net_g: int
    contents: tuple[Content, ...]
    this_side_up: bool = False
    fragile: bool = False
    apart: str = ""

    @property
    def cubic_mm(self) -> int:
        """Volume, mm³."""
        return self.l_mm * self.w_mm * self.h_mm


@dataclass(frozen=True, slots=True)
class Box:
    """A container: number, seal and masses of the whole, and this trade's share of it."""

    plan: str
    number: str
    seal: str
    type: str
    service: str
    tare_g: int
    payload_g: int
    vgm_g: int
    box_cartons: int
    box_gross_g: int
    cartons: int
    gross_g: int
    cubic_mm: int
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What one order line gave to a declared item; ``minor`` in the line's own currency."""

    line: str
    pieces: int
    net_g: int
    value_cents: int
    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a declaration, with the order lines behind it."""

    position: int
    hs10: str
    hs_status: str
    name_zh: str
    name_en: str
    brand_type: int
    kinds: int
    pieces: int
    net_g: int
    value_cents: int
    sources: tuple[Source, ...]

    def part(self, lines: Collection[str]) -> Item:
        """The part of the item that comes from some order lines."""
        own = tuple(source for source in self.sources if source.line in lines)
        return replace(
            self,
            pieces=sum(source.pieces for source in own),
            net_g=sum(source.net_g for source in own),
            value_cents=sum(source.value_cents for source in own),
            sources=own,
        )


@dataclass(frozen=True, slots=True)
class Declaration:
    """A declaration as it stands; ``rates`` is units of a currency for one USD, with ``rates_source``.

    Other trades of the same buyer may have goods in it: then ``shared`` is true and the figures are of all of them.
    """

    number: str
    version: int
    mode: str
    state: str
    verdict: str
    box: str
    packages: int
    pieces: int
    net_g: int
    gross_g: int
    value_cents: int
    simplified: bool
    custom_master: str
    exit_port: str
    destination: str
    bl_no: str
    vessel: str
    declared_on: str
    items: tuple[Item, ...]
    rates: Mapping[str, str] = field(default_factory=dict)
    rates_source: str = ""
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Leg:
    """One ride of the booked way; places by code and name."""

    mode: str
    service: str
    origin: str
    origin_name: str
    destination: str
    destination_name: str
    departs_on: str
    arrives_on: str
    cutoff: str


@dataclass(frozen=True, slots=True)
class Booking:
    """The shipping order: number, service, boxes asked for, and the legs in order."""

    number: str
    service: str
    state: str
    boxes: Mapping[str, int]
    legs: tuple[Leg, ...]
    vessel: str

    @property
    def main(self) -> Leg:
        """The ride that the bill of lading names: the one whose service and day are the vessel's."""
        rides = [leg for leg in self.legs if leg.service] or list(self.legs)
        return next((leg for leg in rides if self.vessel.startswith(f"{leg.service} ")), rides[-1])


@dataclass(frozen=True, slots=True)
class Order:
    """What one merchant sells; amounts in ``currency``."""

    number: str
    merchant: Party
    currency: str
    amount_minor: int
    deposit_minor: int
    placed_on: str


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms frozen on the order group."""

    incoterm: str
    place: str
    deposit_bp: int
    balance_trigger: str
    credit_days: int
    freight: str
    bill_of_lading: str
    tax_included: bool
    commission_buyer_bp: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a statement: ``minor`` is what becomes due (positive) or was paid (negative)."""

    on: str
    en: str
    zh: str
    reference: str
    minor: int


@dataclass(frozen=True, slots=True)
class Account:
    """A statement's account: whose, in which currency, and its entries in order of time."""

    party: Party
    currency: str
    entries: tuple[Entry, ...]
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def balance(self) -> int:
        """What is still due; zero when settled."""
        return sum(entry.minor for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Roles:
    """Who is who in the trade."""

    buyer: Party
    agent: Party
    operator: Party
    warehouse: Party
    forwarder: Party
    broker: Party
    carrier: Party
    consignee: Party
    notify: Party


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the papers of one trade, or of its part in one shipment, say.

    ``shipment`` is empty for the trade as a whole; ``days`` and ``times`` say when each step was done.
    """

    trade: str
    simulated: bool
    destination: str
    destination_name: str
    currency: str
    days: Mapping[str, str]
    times: Mapping[str, str]
    roles: Roles
    terms: Terms
    orders: tuple[Order, ...]
    goods: tuple[Goods, ...]
    buyer_goods_minor: Mapping[str, int] = field(default_factory=dict)
    cartons: tuple[Carton, ...] = ()
    boxes: tuple[Box, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    booking: Booking | None = None
    buyer_account: Account | None = None
    merchant_accounts: tuple[Account, ...] = ()
    shipment: str = ""
    shipments: tuple[Facts, ...] = ()

    @property
    def loaded(self) -> tuple[Carton, ...]:
        """Cartons that lie in a box."""
        return tuple(carton for carton in self.cartons if carton.box)

    @property
    def sources(self) -> tuple[Source, ...]:
        """What this trade's lines gave to declared items."""
        own = {goods.line for goods in self.goods}
        items = (item for one in self.declarations for item in one.items)
        return tuple(source for item in items for source in item.sources if source.line in own)

    @property
    def items(self) -> tuple[Item, ...]:
        """Declared items as far as this trade's lines are in them, numbered anew."""
        own = {goods.line for goods in self.goods}
        parts = [item.part(own) for one in self.declarations for item in one.items]
        return tuple(replace(part, position=at) for at, part in enumerate((part for part in parts if part.sources), 1))

    @property
    def mark(self) -> str:
        """The shipping mark of the trade's cartons."""
        return self.cartons[0].mark if self.cartons else ""
