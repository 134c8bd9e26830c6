"""A consignment (一票货物): heading, cluster, operator, buyer, lines, lists and earlier declarations.

Amounts and weights are exact fractions in the unit of their name; ``value_cents`` is USD cents.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Filing:
    """An operator's filing (备案) with the commerce authority or with customs; both ends of its period included."""

    no: str | None
    start: date | None
    end: date | None = None

    def covers(self, day: date) -> bool:
        """Tell whether the filing has a number and is valid on ``day``."""
        return bool(self.no) and self.start is not None and self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Operator:
    """The market-procurement operator (市场采购贸易经营者) who declares."""

    name: str | None
    uscc: str | None
    mp_filing: Filing | None
    customs_filing: Filing | None


@dataclass(frozen=True, slots=True)
class Buyer:
    """The foreign buyer (境外采购商) as written into the remarks."""

    name: str | None
    nationality: str | None
    id_type: str | None
    id_no: str | None
    verified: bool | None


@dataclass(frozen=True, slots=True)
class Cluster:
    """A recognised market cluster (市场集聚区) and the customs offices in charge of it."""

    code: str | None
    name_zh: str | None
    effective_from: date | None
    customs_offices: tuple[str, ...]
    pilot_food_cosmetics: bool | None


@dataclass(frozen=True, slots=True)
class Supplier:
    """The stall operator (商户) who sells a line, with the export agreement (委托代理出口货物协议) if there is one."""

    id: str | None
    name: str | None
    cluster: str | None
    agreement_no: str | None = None
    agreement_signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Recognition:
    """What the market's recognition system (认定系统) says of a line."""

    status: str | None
    qty_left: Fraction | None
    synced_at: datetime | None


@dataclass(frozen=True, slots=True)
class Application:
    """An application for inspection and quarantine (检验检疫申请)."""

    no: str | None
    accepted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the goods list (商品清单); ``value_cents`` is the amount in USD cents, rounded half up."""

    row: int
    hs10: str
    name_zh: str | None
    name_en: str | None
    brand_type: int | None
    category: str | None
    qty: Fraction
    unit: str | None
    net_kg: Fraction | None
    value_cents: int
    supplier: Supplier | None = None
    recognition: Recognition | None = None
    ciq_application: Application | None = None


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A tariff prefix on a dated list; ``rate`` is the export duty where the list is one of duties."""

    prefix: str
    start: date | None
    end: date | None
    rate: Fraction | None = None

    def names(self, hs10: str, day: date) -> bool:
        """Tell whether the entry applies to a code on a day, both ends included."""
        in_force = (self.start is None or self.start <= day) and (self.end is None or day <= self.end)
        return in_force and hs10.startswith(self.prefix)


@dataclass(frozen=True, slots=True)
class Lists:
    """The dated lists that a consignment is judged by (管制与检验目录)."""

    prohibited: tuple[ListEntry, ...] = ()
    restricted: tuple[ListEntry, ...] = ()
    negative: tuple[ListEntry, ...] = ()
    ciq: tuple[ListEntry, ...] = ()
    export_duty: tuple[ListEntry, ...] = ()
    denied_parties: tuple[str, ...] = ()
    brand_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier declaration; ``value_cents`` is USD cents."""

    id: str | None
    at: datetime
    operator_uscc: str | None
    buyer_id_no: str | None
    destination: str | None
    bl_no: str | None
    vessel: str | None
    container: str | None
    trade_ref: str | None
    value_cents: int


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a declaration (报关单表头)."""

    id: str | None
    trade_mode: str | None
    declared_at: datetime
    custom_master: str | None
    exit_port: str | None
    destination: str | None
    consignor_uscc: str | None
    bl_no: str | None
    vessel: str | None
    container: str | None
    trade_ref: str | None
    simplified: bool
    packages: int | None
    gross_kg: Fraction | None

    @property
    def day(self) -> date:
        """The local day written in ``declared_at``, by which every list and rate is read."""
        return self.declared_at.date()


@dataclass(frozen=True, slots=True)
class Consignment:
    """Everything one check needs."""

    heading: Heading
    cluster: Cluster | None
    operator: Operator | None
    buyer: Buyer | None
    lines: tuple[Line, ...]
    lists: Lists = field(default_factory=Lists)
    history: tuple[Past, ...] = ()

    @property
    def value_cents(self) -> int:
        """Value of the declaration in USD cents: the sum of the rounded line values."""
        return sum(line.value_cents for line in self.lines)


def usd_cents(amount: Fraction, per_usd: Fraction) -> int:
    """USD cents of ``amount`` at ``per_usd`` units of its currency for 1 USD, rounded half up.

    >>> usd_cents(Fraction("7.15"), Fraction("7.10"))
    101
    """
    cents = amount * 100 / per_usd
    return (2 * cents.numerator + cents.denominator) // (2 * cents.denominator)


def usd_text(cents: int) -> str:
    """Cents as a decimal string.

    >>> usd_text(15000000), usd_text(5)
    ('150000.00', '0.05')
    """
    return f"{cents // 100}.{cents % 100:02d}"
