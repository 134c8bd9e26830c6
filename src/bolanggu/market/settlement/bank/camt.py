"""Read camt.053 (ISO 20022, bank-to-customer statement), any version: elements are found by their names.

Only booked entries count. An entry that the bank booked in one sum for several transactions is taken apart where the
file gives the amount of each and they add up to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from bolanggu.market.settlement.bank.statement import Entry, Statement, adding_up
from bolanggu.values.fault import Fault
from bolanggu.values.money import Money, NotMoney, parse

#: Balance types: opening booked, previously closed booked, closing booked (ISO 20022 external code set).
_OPENING, _CLOSING = ("OPBD", "PRCD"), ("CLBD",)
#: Families and sub-families of bank transaction codes that name the bank's own charges.
_FEES = frozenset({"CHRG", "COMM", "FEES", "MDOP-CHRG"})


def read(content: bytes, file: str = "camt.053") -> list[Statement]:
    """Read every statement of a file.

    Raises
    ------
    Fault
        Not XML, no statement in it, an element missing, or sums that disagree.
    """
    from lxml import etree  # type: ignore[import-untyped,unused-ignore]

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Fault(file, f"not well-formed XML: {error.msg}") from None
    found = [node for node in root.iter() if _name(node) == "Stmt"]
    if not found:
        raise Fault(file, "holds no Stmt element; export the statement as camt.053")
    return [adding_up(_statement(node, file), file) for node in found]


def _statement(node: Any, file: str) -> Statement:
    account = _text(node, "Acct/Id/IBAN") or _text(node, "Acct/Id/Othr/Id")
    number = _text(node, "Id")
    if not account or not number:
        raise Fault(file, "a statement names no account or has no number (Stmt/Id, Stmt/Acct/Id)")
    opened, currency = _balance(node, _OPENING, file)
    closed, other = _balance(node, _CLOSING, file)
    if currency != other:
        raise Fault(file, f"statement {number} opens in {currency} and closes in {other}")
    entries: list[Entry] = []
    for place, entry in enumerate(_children(node, "Ntry"), 1):
        status = _text(entry, "Sts/Cd") or _text(entry, "Sts")
        if status in ("", "BOOK"):
            entries += _entries(entry, currency, file, place)
    return Statement(number, account, currency, opened, closed, tuple(entries))


def _balance(node: Any, kinds: tuple[str, ...], file: str) -> tuple[int, str]:
    for balance in _children(node, "Bal"):
        if _text(balance, "Tp/CdOrPrtry/Cd") in kinds:
            amount = _first(balance, "Amt")
            if amount is not None:
                currency = amount.get("Ccy", "")
                return _sign(balance) * _minor(amount, currency, file, None), currency
    raise Fault(file, f"a statement has no balance {' or '.join(kinds)}")


def _entries(entry: Any, currency: str, file: str, place: int) -> Iterator[Entry]:
    amount = _minor(_first(entry, "Amt"), currency, file, place) * _sign(entry)
    if not amount:
        return
    day = _day(entry, file, place)
    own = _text(entry, "AcctSvcrRef") or _text(entry, "NtryRef")
    fee = _is_fee(entry)
    parts = [part for details in _children(entry, "NtryDtls") for part in _children(details, "TxDtls")]
    amounts = [_part(part, currency, file, place) for part in parts]
    if len(parts) > 1 and None not in amounts and sum(a or 0 for a in amounts) == abs(amount):
        for part, minor in zip(parts, amounts, strict=True):
            yield _entry(part, day, Money(currency, (minor or 0) * _sign(entry)), own, fee=fee, file=file)
        return
    yield _entry(parts[0] if parts else entry, day, Money(currency, amount), own, fee=fee, file=file)


def _entry(part: Any, day: date, amount: Money, own: str, *, fee: bool, file: str) -> Entry:
    minor, currency = amount.minor, amount.currency
    sender = _text(part, "Refs/EndToEndId")
    side = "Dbtr" if minor > 0 else "Cdtr"
    party = _text(part, f"RltdPties/{side}/Nm") or _text(part, f"RltdPties/{side}/Pty/Nm")
    text = " ".join(node.text.strip() for node in _walk(part, "RmtInf/Ustrd") if node.text) or _text(part, "AddtlTxInf")
    return Entry(
        booked_on=day,
        minor=minor,
        charges=_charges(part, currency, file),
        reference=(sender if sender not in ("", "NOTPROVIDED") else own)[:64],
        text=text[:500],
        party=party[:140],
        fee=fee,
    )


def _charges(part: Any, currency: str, file: str) -> int:
    """Charges told in the account's currency; those in another were taken before the conversion."""
    told = [*_walk(part, "Chrgs/Rcrd/Amt"), *_walk(part, "Chrgs/Amt")]
    return sum(_minor(node, currency, file, None) for node in told if node.get("Ccy") == currency)


def _part(part: Any, currency: str, file: str, place: int) -> int | None:
    node = _first(part, "Amt")
    if node is None:
        node = _first(part, "AmtDtls/TxAmt/Amt")
    return None if node is None or node.get("Ccy") != currency else _minor(node, currency, file, place)


def _is_fee(entry: Any) -> bool:
    codes = {
        _text(entry, "BkTxCd/Domn/Fmly/Cd"),
        _text(entry, "BkTxCd/Domn/Fmly/SubFmlyCd"),
        _text(entry, "BkTxCd/Prtry/Cd"),
    }
    return bool(codes & _FEES)


def _minor(node: Any, currency: str, file: str, place: int | None) -> int:
    if node is None:
        raise Fault(file, "an entry has no amount (Amt)", row=place)
    if node.get("Ccy") != currency:
        raise Fault(file, f"an amount is in {node.get('Ccy')}, the account in {currency}", row=place)
    try:
        return parse(node.text or "", currency).minor
    except NotMoney as error:
        raise Fault(file, str(error), row=place) from None


def _day(entry: Any, file: str, place: int) -> date:
    said = _text(entry, "BookgDt/Dt") or _text(entry, "BookgDt/DtTm")[:10]
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise Fault(file, f"{said!r} is no booking date (BookgDt); write 2026-03-31", row=place) from None


def _sign(node: Any) -> int:
    """Credits in, debits out; a reversal is told by its own indicator, as the standard has it."""
    return -1 if _text(node, "CdtDbtInd") == "DBIT" else 1


def _name(node: Any) -> str:
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _children(node: Any, name: str) -> list[Any]:
    return [child for child in node if _name(child) == name]


def _walk(node: Any, path: str) -> list[Any]:
    found = [node]
    for name in path.split("/"):
        found = [child for one in found for child in _children(one, name)]
    return found


def _first(node: Any, path: str) -> Any:
    found = _walk(node, path)
    return found[0] if found else None


def _text(node: Any, path: str) -> str:
    found = _first(node, path)
    return (found.text or "").strip() if found is not None else ""
