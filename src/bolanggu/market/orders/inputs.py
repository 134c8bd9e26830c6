"""What orders are told by others: accepted lines, the terms to freeze, whose group it is. Plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class TermsOffered:
    """The terms to freeze; defaults are the market's habit: FOB Ningbo, untaxed, 30 % deposit, balance on loading."""

    incoterm: str = "FOB"
    place: str = "CNNGB"
    tax_included: bool = False
    deposit_bp: int = 3000
    balance_trigger: str = "loading"
    credit_days: int = 0
    freight: str = "collect"
    charge_payers: dict[str, str] = field(default_factory=dict)
    bill_of_lading: str = "telex_release"
    direction: str = "export"


@dataclass(frozen=True, slots=True)
class AcceptedLine:
    """A quoted line that was accepted: its quote, merchant (party id), goods, pieces and price."""

    quote: str
    merchant: int
    currency: str
    line: str
    product: str
    asked: int
    quantity: int
    unit_minor: int
    remarks: str = ""

    @property
    def amount_minor(self) -> int:
        """What the line comes to."""
        return self.unit_minor * self.quantity


@dataclass(frozen=True, slots=True)
class GroupOpened:
    """Whose group it is: inquiry, buyer and engagement by id, the buyer's currency, and the rates frozen for it."""

    number: str
    inquiry: str
    buyer: int
    engagement: int
    currency: str
    rates: Sequence[dict[str, Any]]
