"""A bank's statement as every file format gives it, and the check that it adds up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bolanggu.values.fault import Fault
from bolanggu.values.money import Money


@dataclass(frozen=True, slots=True)
class Entry:
    """One booked movement; ``minor`` is positive where money came in, in the statement's currency.

    ``charges`` is what banks kept on the way, where the file says it: what was sent less what came in. ``reference``
    is the sender's (end-to-end) where there is one, else the bank's. ``fee`` says that the bank calls it its own fee.
    """

    booked_on: date
    minor: int
    charges: int = 0
    reference: str = ""
    text: str = ""
    party: str = ""
    fee: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of one account in one currency, minor units."""

    number: str
    account: str
    currency: str
    opened: int
    closed: int
    entries: tuple[Entry, ...]


def adding_up(statement: Statement, file: str) -> Statement:
    """Give the statement back if its balances and entries agree.

    Raises
    ------
    Fault
        The opening balance and the entries do not give the closing balance.
    """
    reached = statement.opened + sum(entry.minor for entry in statement.entries)
    if reached != statement.closed:
        said, given = Money(statement.currency, statement.closed), Money(statement.currency, reached)
        raise Fault(
            file,
            f"statement {statement.number} closes with {said}, its entries give {given}; ask for the whole file",
        )
    return statement
