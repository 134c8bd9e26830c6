"""What settlement is told by others: orders to be paid, terms, charges. Plain values, no link imported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LineDue:
    """An order line and its amount, minor units of the order's currency."""

    line: str
    minor: int


@dataclass(frozen=True, slots=True)
class OrderDue:
    """An order at one merchant: what she is to be paid, line by line."""

    order: str
    merchant: str
    currency: str
    lines: tuple[LineDue, ...]

    @property
    def minor(self) -> int:
        """Sum of the lines, minor units."""
        return sum(line.minor for line in self.lines)


@dataclass(frozen=True, slots=True)
class TermsDue:
    """What the frozen terms say about money; shares and commissions in basis points."""

    deposit_bp: int = 3000
    balance_trigger: str = "loading"
    credit_days: int = 0
    commission_buyer_bp: int = 0
    commission_merchant_bp: int = 0
    incoterm: str = "FOB"
    freight: str = "collect"
    charge_payers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GroupDue:
    """A buyer's order group: who pays in which currency, who may be paid, and all its orders.

    ``payees`` are the parties whose account may receive the buyer's money (payee, 1039 operator, agent);
    ``funder`` carries advances (垫付) and credit days, None where nobody does.
    """

    group: str
    buyer: str
    agent: str
    currency: str
    orders: tuple[OrderDue, ...]
    payees: tuple[str, ...] = ()
    funder: str | None = None
    terms: TermsDue = field(default_factory=TermsDue)


@dataclass(frozen=True, slots=True)
class ChargeDue:
    """A charge to be borne by one side: freight, or a local charge. ``payer`` is buyer, merchant or agent.

    ``order`` names the order whose merchant pays; None shares a merchant's charge over all orders by amount.
    """

    number: str
    kind: str
    payer: str
    payee: str
    currency: str
    minor: int
    order: str | None = None


@dataclass(frozen=True, slots=True)
class TradeRecord:
    """A trade record (交易记录) of the market's system and its FOB value; foreign money is settled on it once."""

    number: str
    currency: str
    minor: int
