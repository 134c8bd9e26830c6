"""Identities of simulated buyers: a passport number that says what it is, and country codes in three letters."""

from __future__ import annotations

import hashlib
from functools import cache

from bolanggu.values.fault import Fault


def passport(party: str) -> str:
    """A passport number for a simulated buyer. It begins with SIM, as no state's passports do.

    >>> passport("BUYER-ESBCN")
    'SIM80A85FB'
    """
    return "SIM" + hashlib.sha256(party.encode()).hexdigest()[:7].upper()


@cache
def _countries() -> dict[str, str]:
    from bolanggu.data import read_csv

    return {row["alpha2"]: row["alpha3"] for row in read_csv("codes/countries.csv")}


def alpha3(alpha2: str) -> str:
    """The ISO 3166-1 alpha-3 code of a country.

    >>> alpha3("ES")
    'ESP'
    """
    found = _countries().get(alpha2)
    if found is None:
        raise Fault("--to", f"{alpha2} is not a country of ISO 3166-1; a UN/LOCODE begins with one")
    return found
