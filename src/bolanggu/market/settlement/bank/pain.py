"""Write payouts as pain.001.001.09 (ISO 20022, customer credit transfer initiation), and check what was written.

The same payouts, accounts and time give the same bytes. Texts keep to the character set that every bank takes where
they are identifiers; names and remittance texts may be in Chinese, as CNAPS banks take them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from bolanggu.values.fault import Fault
from bolanggu.values.money import Money

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
_IDENTIFIER = re.compile(r"[A-Za-z0-9/\-?:().,'+ ]{1,35}")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_BIC = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?")


@dataclass(frozen=True, slots=True)
class Account:
    """Whose account it is: holder's name, IBAN or other number, and the bank's BIC where one is known."""

    name: str
    number: str
    bic: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """One payment: its end-to-end id, to whom, how much, and what for."""

    identity: str
    to: Account
    amount: Money
    text: str


def write(number: str, made_at: datetime, pay_on: date, debtor: Account, orders: Sequence[Order]) -> bytes:
    """Write one file with one payment block; all orders in one currency.

    Raises
    ------
    Fault
        Nothing to pay, two currencies, a doubled or unfit identifier, an amount that is not positive.
    """
    from lxml import etree  # type: ignore[import-untyped,unused-ignore]

    _fit(number, debtor, orders)
    total = str(sum((order.amount.decimal() for order in orders), Decimal(0)))
    root = etree.Element(f"{{{NAMESPACE}}}Document", nsmap={None: NAMESPACE})
    body = _add(root, "CstmrCdtTrfInitn")
    header = _add(body, "GrpHdr")
    _add(header, "MsgId", number)
    _add(header, "CreDtTm", made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    _add(header, "NbOfTxs", str(len(orders)))
    _add(header, "CtrlSum", total)
    _add(_add(header, "InitgPty"), "Nm", debtor.name[:140])
    block = _add(body, "PmtInf")
    _add(block, "PmtInfId", number)
    _add(block, "PmtMtd", "TRF")
    _add(block, "NbOfTxs", str(len(orders)))
    _add(block, "CtrlSum", total)
    _add(_add(block, "ReqdExctnDt"), "Dt", pay_on.isoformat())
    _add(_add(block, "Dbtr"), "Nm", debtor.name[:140])
    _account(_add(block, "DbtrAcct"), debtor, orders[0].amount.currency)
    _bank(_add(block, "DbtrAgt"), debtor)
    for order in orders:
        _order(_add(block, "CdtTrfTxInf"), order)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _order(node: Any, order: Order) -> None:
    identity = _add(node, "PmtId")
    _add(identity, "InstrId", order.identity)
    _add(identity, "EndToEndId", order.identity)
    amount = _add(_add(node, "Amt"), "InstdAmt", str(order.amount.decimal()))
    amount.set("Ccy", order.amount.currency)
    if order.to.bic:
        _bank(_add(node, "CdtrAgt"), order.to)
    _add(_add(node, "Cdtr"), "Nm", order.to.name[:140])
    _account(_add(node, "CdtrAcct"), order.to)
    _add(_add(node, "RmtInf"), "Ustrd", order.text[:140])


def _account(node: Any, account: Account, currency: str = "") -> None:
    identity = _add(node, "Id")
    if _IBAN.fullmatch(account.number):
        _add(identity, "IBAN", account.number)
    else:
        _add(_add(identity, "Othr"), "Id", account.number)
    if currency:
        _add(node, "Ccy", currency)


def _bank(node: Any, account: Account) -> None:
    institution = _add(node, "FinInstnId")
    if account.bic:
        _add(institution, "BICFI", account.bic)
    else:
        _add(_add(institution, "Othr"), "Id", "NOTPROVIDED")


def _add(parent: Any, name: str, text: str | None = None) -> Any:
    from lxml import etree

    made = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    made.text = text
    return made


def _fit(number: str, debtor: Account, orders: Sequence[Order]) -> None:
    if not orders:
        raise Fault("pain.001", "there is nothing to pay; name at least one payout")
    currencies = {order.amount.currency for order in orders}
    if len(currencies) > 1:
        raise Fault("pain.001", f"payments in {', '.join(sorted(currencies))}; write one file a currency")
    seen: set[str] = set()
    for place, order in enumerate(orders, 1):
        if order.identity in seen:
            raise Fault("pain.001", f"{order.identity} stands twice", row=place, column="EndToEndId")
        seen.add(order.identity)
        if order.amount.minor <= 0:
            raise Fault("pain.001", f"{order.amount} is not to be paid; amounts are positive", row=place)
    for identity in (number, *seen):
        if not _IDENTIFIER.fullmatch(identity):
            raise Fault("pain.001", f"{identity!r} is not an identifier of at most 35 letters that banks take")
    for account in (debtor, *(order.to for order in orders)):
        _usable(account)


def _usable(account: Account) -> None:
    if not account.name.strip() or not re.fullmatch(r"[A-Za-z0-9 \-]{1,34}", account.number):
        raise Fault("pain.001", f"account {account.number!r} of {account.name!r} needs a name and a number")
    if account.bic and not _BIC.fullmatch(account.bic):
        raise Fault("pain.001", f"{account.bic!r} is no BIC; write 8 or 11 letters, such as BKCHCNBJ")
