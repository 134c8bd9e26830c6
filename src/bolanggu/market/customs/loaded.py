"""Loaded goods (已装箱货物): what the links before customs hand over, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class LoadedGoods:
    """The part of one order line that lies in one carton of one container; ``minor`` is its goods value (FOB).

    ``hs_status`` says who gave the code: ``confirmed`` by a broker, ``assumed`` by the classifier. A ten-digit code
    made of a subheading and ``0000`` is counted as unverified. ``cluster`` is the market cluster in which the
    merchant is filed, None if in none; ``recognised_at`` is when the recognition system confirmed the goods.
    """

    line: str
    carton: str
    container: str
    merchant: str
    merchant_name: str
    hs10: str
    name_zh: str
    name_en: str
    pieces: int
    net_g: int
    gross_g: int
    minor: int
    currency: str
    cluster: str | None = None
    agreement_no: str | None = None
    agreement_signed_on: date | None = None
    recognised_at: datetime | None = None
    hs_status: str = "assumed"
    battery: bool = False
    liquid: bool = False
    brand: bool = False


@dataclass(frozen=True, slots=True)
class Shipment:
    """How a trade leaves: its bill of lading, vessel, exit customs (4 digits) and destination (ISO 3166 alpha-3)."""

    trade: str
    bl_no: str
    vessel: str
    custom_master: str
    exit_port: str
    destination: str
    registered_at: datetime
    loaded_at: datetime


@dataclass(frozen=True, slots=True)
class Rates:
    """The month's rates: units of a currency for 1 USD, with their source."""

    month: str
    per_usd: Mapping[str, str]
    source: str

    def of(self, currency: str) -> Fraction:
        """Look up a rate.

        Raises
        ------
        RateMissing
            The month has no rate for the currency.
        """
        if currency == "USD":
            return Fraction(1)
        if currency not in self.per_usd:
            raise RateMissing(f"{currency} has no rate in {self.month}; give one, with its source")
        return Fraction(self.per_usd[currency])


class RateMissing(LookupError):
    """A currency without a dated rate."""

    code = "rate_missing"
