"""Reading risk records (读取风险数据) in the form ``bolanggu-risk/1``: entries, operators, receipts and more.

An entry has the fields of `engines.risk.records.Entry`, an item those of `Item`; amounts are whole USD cents, masses g.
Absent facts stay unknown. ``setting`` holds ``cap_cents``, ``denied``, ``awards`` [{from, to}], ``far_suppliers`` and
``mirror`` [{hs6, destination, cents}].
"""

from __future__ import annotations

from typing import Any

from bolanggu.engines.risk.records import Arrival, Credit, Entry, Item, Operator, Outcome, Receipt, Records, Setting
from bolanggu.market.customs.fields import Fields
from bolanggu.values.fault import Fault

FORMAT = "bolanggu-risk/1"
_ENTRY_TEXTS = ("broker", "buyer_name", "passport", "nationality", "bl_no", "vessel", "container", "trade_ref")
_WAY_TEXTS = ("exit_port", "gate_in", "seal", "gate_seal")


def read_records(document: Any, file: str) -> Records:
    """Read a document; ``file`` is its name for messages.

    Raises
    ------
    Fault
        Another format, no entries, or a field that is missing or has another type; the path is named.
    """
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise Fault(file, f"is not in the form {FORMAT}", column="format")
    root = Fields(file, "", document)
    entries = tuple(_entry(row) for row in root.many("entries"))
    if not entries:
        raise root.fault("entries", "there are none")
    return Records(
        entries,
        tuple(_operator(row) for row in root.many("operators")),
        tuple(_receipt(row) for row in root.many("receipts")),
        tuple(_arrival(row) for row in root.many("arrivals")),
        tuple(_credit(row) for row in root.many("credits")),
        tuple(_outcome(row) for row in root.many("outcomes")),
        _setting(root.sub("setting")),
    )


def _text(row: Fields, name: str) -> str:
    return row.text(name) or ""


def _must(row: Fields, name: str) -> Any:
    kinds = {"at": row.instant, "value_cents": row.whole, "cents": row.whole, "net_g": row.whole, "pieces": row.whole}
    value = kinds.get(name, row.text)(name)
    if value is None:
        raise row.fault(name, "is missing")
    return value


def _float(row: Fields, name: str) -> float | None:
    value = row.number(name)
    return None if value is None else float(value)


def _entry(row: Fields) -> Entry:
    items = tuple(_item(item) for item in row.many("items"))
    if not items:
        raise row.fault("items", "there are none")
    return Entry(
        number=_must(row, "number"),
        at=_must(row, "at"),
        operator=_must(row, "operator"),
        buyer=_text(row, "buyer"),
        destination=_text(row, "destination"),
        value_cents=_must(row, "value_cents"),
        items=items,
        gross_g=row.whole("gross_g"),
        net_g=row.whole("net_g"),
        volume_l=_float(row, "volume_l"),
        payload_g=row.whole("payload_g"),
        transit_hours=_float(row, "transit_hours"),
        recount_faults=row.whole("recount_faults") or 0,
        **{name: _text(row, name) for name in (*_ENTRY_TEXTS, *_WAY_TEXTS)},
    )


def _item(row: Fields) -> Item:
    return Item(
        hs10=_must(row, "hs10"),
        name=_text(row, "name"),
        value_cents=_must(row, "value_cents"),
        net_g=_must(row, "net_g"),
        pieces=_must(row, "pieces"),
        supplier=_text(row, "supplier"),
        chain=None if row.data.get("chain") is None else row.texts("chain"),
        brand_type=row.whole("brand_type") or 0,
        brand_word=row.text("brand_word"),
        danger_word=row.text("danger_word"),
        likely_hs6=row.text("likely_hs6"),
        likely=_float(row, "likely") or 0.0,
        gain=row.flag("gain") or False,
    )


def _operator(row: Fields) -> Operator:
    contacts = (_text(row, name) for name in ("phone", "address", "ip"))
    return Operator(_must(row, "uscc"), row.day("filed_on"), *contacts, traces=row.flag("traces"))


def _receipt(row: Fields) -> Receipt:
    names = ("number", "at", "trade_ref", "payer", "cents")
    return Receipt(*(_must(row, name) for name in names), allowed=row.texts("allowed"))


def _arrival(row: Fields) -> Arrival:
    return Arrival(*(_must(row, name) for name in ("number", "at", "hs10", "pieces", "net_g")))


def _credit(row: Fields) -> Credit:
    names = ("number", "buyer", "stall", "at", "cents")
    return Credit(*(_must(row, name) for name in names), paid_at=row.instant("paid_at"))


def _outcome(row: Fields) -> Outcome:
    hit = row.flag("hit")
    if hit is None:
        raise row.fault("hit", "is missing")
    return Outcome(_must(row, "number"), _must(row, "at"), _must(row, "operator"), hit)


def _setting(row: Fields | None) -> Setting:
    if row is None:
        return Setting()
    awards = []
    for award in row.many("awards"):
        start, end = award.day("from"), award.day("to")
        if start is None or end is None:
            raise award.fault("from", "an award has from and to")
        awards.append((start, end))
    return Setting(
        row.whole("cap_cents") or Setting().cap_cents,
        row.texts("denied"),
        {(_must(cell, "hs6"), _must(cell, "destination")): _must(cell, "cents") for cell in row.many("mirror")},
        tuple(awards),
        frozenset(row.texts("far_suppliers")),
    )
