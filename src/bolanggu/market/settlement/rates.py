"""Dated exchange rates, every pair through the yuan; unknown currencies are refused by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from bolanggu.data import read_yaml
from bolanggu.values.fault import Fault
from bolanggu.values.money import Rate

_FILE = "rates.yaml"


@dataclass(frozen=True, slots=True)
class Parity:
    """Yuan for one major unit of a currency, with its date and source."""

    yuan: Fraction
    date: str
    source: str


@dataclass(frozen=True, slots=True)
class Rates:
    """The parities of one day."""

    parities: Mapping[str, Parity]

    def between(self, base: str, quote: str) -> Rate:
        """Give the rate from ``base`` to ``quote``, both against the yuan.

        Raises
        ------
        Fault
            A currency has no parity; the message names those that have one.

        Examples
        --------
        >>> from bolanggu.values.money import Money
        >>> on(date(2025, 1, 2)).between("USD", "CNY").convert(Money("USD", 10000)).minor
        71884
        """
        of, to = self._parity(base), self._parity(quote)
        rate = of.yuan / to.yuan
        sources = [parity.source for parity in (of, to) if parity.source]
        dates = [parity.date for parity in (of, to) if parity.date]
        return Rate(
            base, quote, rate.numerator, rate.denominator, max(dates, default=""), "; ".join(dict.fromkeys(sources))
        )

    def _parity(self, currency: str) -> Parity:
        if currency == "CNY":
            return Parity(Fraction(1), "", "")
        found = self.parities.get(currency)
        if found is None:
            known = ", ".join(["CNY", *sorted(self.parities)])
            raise Fault(_FILE, f"there is no rate for {currency}; known are {known}", column="currency")
        return found


def on(day: date, *, document: Mapping[str, Any] | None = None) -> Rates:
    """Give the rates of a day: the newest parities not after it.

    Raises
    ------
    Fault
        The day lies before the first parities.

    Examples
    --------
    >>> on(date(2025, 1, 2)).between("JPY", "CNY").numerator
    46233
    """
    table = document if document is not None else read_yaml(_FILE)
    standing = [entry for entry in table["central_parities"] if entry["date"] <= day]
    if not standing:
        first = min(entry["date"] for entry in table["central_parities"])
        raise Fault(_FILE, f"there are no rates of {day}; the first are of {first}", column="date")
    newest = max(standing, key=lambda entry: entry["date"])
    stamp, source = newest["date"].isoformat(), newest["source"]
    parities = {
        currency: Parity(Fraction(value["value"]) / value["per"], stamp, source)
        for currency, value in newest["values"].items()
    }
    for currency, peg in table.get("dollar_pegs", {}).items():
        if currency not in parities and peg["valid_from"] <= day:
            yuan = parities["USD"].yuan / Fraction(peg["value"])
            parities[currency] = Parity(yuan, stamp, f"{source}; {peg['source']}")
    return Rates(parities)


def as_rows(rates: Rates, currencies: list[str]) -> list[dict[str, Any]]:
    """The rates of these currencies to the yuan as JSON data, to be frozen on an order group."""
    rows = []
    for currency in currencies:
        if currency != "CNY":
            rate = rates.between(currency, "CNY")
            rows.append(
                {
                    "base": rate.base,
                    "quote": rate.quote,
                    "numerator": rate.numerator,
                    "denominator": rate.denominator,
                    "date": rate.date,
                    "source": rate.source,
                }
            )
    return rows


def from_rows(rows: Sequence[dict[str, Any]]) -> Rates:
    """Rates read back from what `as_rows` gave.

    >>> day = on(date(2025, 1, 2))
    >>> from_rows(as_rows(day, ["USD", "GBP"])).between("GBP", "USD") == day.between("GBP", "USD")
    True
    """
    return Rates({r["base"]: Parity(Fraction(r["numerator"], r["denominator"]), r["date"], r["source"]) for r in rows})
