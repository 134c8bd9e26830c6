"""Accounts of settlement: their readable codes, and which side of each may not outgrow the other."""

from __future__ import annotations

from collections.abc import Iterable

from bolanggu.platform.ledger import Limit, Opening

#: last part of the code → limit. Money held for others may never be overspent; the house's own positions may turn.
LIMITS = {
    "client": Limit.CREDITS,
    "funds": Limit.DEBITS,
    "unmatched": Limit.DEBITS,
    "payable": Limit.DEBITS,
    "commission": Limit.DEBITS,
    "capital": Limit.DEBITS,
    "receivable": Limit.CREDITS,
    "charges": Limit.CREDITS,
    "costs": Limit.NONE,
    "liquidity": Limit.NONE,
    "spread": Limit.NONE,
    "rounding": Limit.NONE,
    "gain": Limit.NONE,
}


def bank(currency: str) -> str:
    """Clients' money at the bank, never overdrawn."""
    return f"bank:{currency}:client"


def funds(group: str, currency: str) -> str:
    """What the buyer of an order group paid in and has not spent."""
    return f"group:{group}:{currency}:funds"


def unmatched(group: str, currency: str) -> str:
    """Money of a buyer that is not owed, or is in another currency than she pays in: kept until it is said what for."""
    return f"group:{group}:{currency}:unmatched"


def charges(group: str, currency: str) -> str:
    """Charges advanced for the buyer of an order group, to be collected."""
    return f"group:{group}:{currency}:charges"


def payable(merchant: str, currency: str) -> str:
    """What is owed to a merchant."""
    return f"merchant:{merchant}:{currency}:payable"


def supplier(party: str, currency: str) -> str:
    """What is owed to a carrier, forwarder or broker."""
    return f"supplier:{party}:{currency}:payable"


def commission(agent: str, currency: str) -> str:
    """Commission earned by an agent."""
    return f"agent:{agent}:{currency}:commission"


def costs(agent: str, currency: str) -> str:
    """Charges that an agent bears."""
    return f"agent:{agent}:{currency}:costs"


def capital(funder: str, currency: str) -> str:
    """Money that a funder brought in to advance."""
    return f"funder:{funder}:{currency}:capital"


def receivable(funder: str, currency: str) -> str:
    """What a funder advanced (垫付) and gets back when the buyer pays."""
    return f"funder:{funder}:{currency}:receivable"


def liquidity(currency: str) -> str:
    """The position between currencies: conversions pass through it, never from one currency to another."""
    return f"fx:{currency}:liquidity"


def spread(currency: str) -> str:
    """What the house keeps between the parity and its dealing rate."""
    return f"fx:{currency}:spread"


def rounding(currency: str) -> str:
    """Where parts of a minor unit go that conversion leaves over."""
    return f"fx:{currency}:rounding"


def gain(currency: str) -> str:
    """Gain or loss between the frozen rate and the rate the bank dealt at."""
    return f"fx:{currency}:gain"


def house(currency: str) -> list[str]:
    """Every account of the house in a currency."""
    return [make(currency) for make in (bank, liquidity, spread, rounding, gain)]


def openings(codes: Iterable[str]) -> list[Opening]:
    """Openings for account codes: the currency and limit follow from the code.

    >>> openings(["merchant:M0001:CNY:payable"])[0].limited.value
    'debits'
    """
    made = []
    for code in dict.fromkeys(codes):
        *_, currency, what = code.split(":")
        made.append(Opening(code, currency, LIMITS[what]))
    return made
