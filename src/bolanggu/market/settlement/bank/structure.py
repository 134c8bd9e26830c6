"""The structure of pain.001.001.09 as far as we write it: elements in their order, how often each may stand.

Own words for the part of the ISO 20022 message definition that payouts use; what it does not name is refused.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bolanggu.market.settlement.bank.pain import NAMESPACE

_PARTY = [("Nm", 1, 1)]
_AGENT = [("FinInstnId", 1, 1)]
_ACCOUNT = [("Id", 1, 1), ("Tp", 0, 1), ("Ccy", 0, 1)]
#: Path from the root → children as (name, least, most), in the order in which they must stand.
CHILDREN: dict[str, list[tuple[str, int, int | None]]] = {
    "Document": [("CstmrCdtTrfInitn", 1, 1)],
    "CstmrCdtTrfInitn": [("GrpHdr", 1, 1), ("PmtInf", 1, None)],
    "GrpHdr": [("MsgId", 1, 1), ("CreDtTm", 1, 1), ("NbOfTxs", 1, 1), ("CtrlSum", 0, 1), ("InitgPty", 1, 1)],
    "PmtInf": [
        ("PmtInfId", 1, 1),
        ("PmtMtd", 1, 1),
        ("BtchBookg", 0, 1),
        ("NbOfTxs", 0, 1),
        ("CtrlSum", 0, 1),
        ("PmtTpInf", 0, 1),
        ("ReqdExctnDt", 1, 1),
        ("Dbtr", 1, 1),
        ("DbtrAcct", 1, 1),
        ("DbtrAgt", 1, 1),
        ("UltmtDbtr", 0, 1),
        ("ChrgBr", 0, 1),
        ("CdtTrfTxInf", 1, None),
    ],
    "CdtTrfTxInf": [
        ("PmtId", 1, 1),
        ("PmtTpInf", 0, 1),
        ("Amt", 1, 1),
        ("ChrgBr", 0, 1),
        ("CdtrAgt", 0, 1),
        ("Cdtr", 0, 1),
        ("CdtrAcct", 0, 1),
        ("Purp", 0, 1),
        ("RmtInf", 0, 1),
    ],
    "PmtId": [("InstrId", 0, 1), ("EndToEndId", 1, 1), ("UETR", 0, 1)],
    "Amt": [("InstdAmt", 1, 1)],
    "ReqdExctnDt": [("Dt", 1, 1)],
    "InitgPty": _PARTY,
    "Dbtr": _PARTY,
    "Cdtr": _PARTY,
    "DbtrAgt": _AGENT,
    "CdtrAgt": _AGENT,
    "DbtrAcct": _ACCOUNT,
    "CdtrAcct": _ACCOUNT,
    "RmtInf": [("Ustrd", 0, None)],
}


def faults(content: bytes) -> list[str]:
    """What is wrong with a file: structure, sums, counts, identifiers; empty when all is well."""
    from lxml import etree  # type: ignore[import-untyped,unused-ignore]

    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        return [f"not well-formed: {error.msg}"]
    if root.tag != f"{{{NAMESPACE}}}Document":
        return [f"the root is {root.tag}, not Document of {NAMESPACE}"]
    found: list[str] = []
    _walk(root, "Document", found)
    if not found:
        _sums(root, found)
    return found


def _walk(node: Any, name: str, found: list[str]) -> None:
    rules = CHILDREN.get(name)
    if rules is None:
        return
    names = [local_name(child) for child in node]
    order = {rule: place for place, (rule, _, _) in enumerate(rules)}
    found.extend(f"{name} holds {child}, which it may not" for child in names if child not in order)
    places = [order[child] for child in names if child in order]
    if places != sorted(places):
        found.append(f"the elements of {name} are not in their order: {', '.join(names)}")
    for rule, least, most in rules:
        count = names.count(rule)
        if count < least or (most is not None and count > most):
            found.append(f"{name} holds {count} times {rule}")
    for child, child_name in zip(node, names, strict=True):
        _walk(child, child_name, found)


def local_name(node: Any) -> str:
    """The name of an element without its namespace."""
    return str(node.tag).rpartition("}")[2]


def _sums(root: Any, found: list[str]) -> None:
    amounts = [Decimal(node.text) for node in root.iter(f"{{{NAMESPACE}}}InstdAmt")]
    for name, is_so in (("CtrlSum", sum(amounts)), ("NbOfTxs", Decimal(len(amounts)))):
        said = [node.text for node in root.iter(f"{{{NAMESPACE}}}{name}")]
        found.extend(f"{name} says {text}, the payments give {is_so}" for text in said if Decimal(text) != is_so)
    names = [node.text for node in root.iter(f"{{{NAMESPACE}}}EndToEndId")]
    if len(set(names)) != len(names):
        found.append("an EndToEndId stands twice")
    if any(len(name) > 35 for name in names):
        found.append("an EndToEndId is longer than 35 letters")
