"""Reading a consignment (读取) in the format ``bolanggu-1039/1``: self-contained, decimals as strings."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from bolanggu.market.customs.consignment import (
    Application,
    Buyer,
    Cluster,
    Consignment,
    Filing,
    Heading,
    Line,
    ListEntry,
    Lists,
    Operator,
    Past,
    Recognition,
    Supplier,
    usd_cents,
)
from bolanggu.market.customs.fields import Fields
from bolanggu.values.fault import Fault

FORMAT = "bolanggu-1039/1"
_HEADING_TEXTS = (
    "id",
    "trade_mode",
    "custom_master",
    "exit_port",
    "destination",
    "consignor_uscc",
    "bl_no",
    "vessel",
    "container",
    "trade_ref",
)
_PREFIX_NAMES = ("hs", "prefix", "hs_prefix", "hs10", "code")


def read_consignment(document: Any, file: str) -> Consignment:
    """Read a document; ``file`` is its name for messages.

    Raises
    ------
    Fault
        Lines are missing, an amount or quantity is not positive, a currency has no rate, or a field has the wrong
        type. Absent facts about buyer, filings and goods are left None: they are findings, not faults.
    """
    if not isinstance(document, dict):
        raise Fault(file, f"is not an object in the format {FORMAT}")
    stated = document.get("format", FORMAT)
    if stated != FORMAT:
        raise Fault(file, f"format {stated!r} is not {FORMAT}", column="format")
    root = Fields(file, "", document)
    lines = root.many("lines")
    if not lines:
        raise root.fault("lines", "there are no lines")
    rates = _read_rates(root)
    return Consignment(
        heading=_read_heading(root),
        cluster=_read_cluster(root.sub("cluster")),
        operator=_read_operator(root.sub("operator")),
        buyer=_read_buyer(root.sub("buyer")),
        lines=tuple(_read_line(fields, i, rates) for i, fields in enumerate(lines, 1)),
        lists=_read_lists(root.sub("lists")),
        history=tuple(_read_past(fields) for fields in root.many("history")),
    )


def _read_rates(root: Fields) -> dict[str, Fraction]:
    fx = root.sub("fx")
    table = fx.sub("per_usd") if fx else None
    rates = {}
    for currency in table.data if table else ():
        assert table is not None
        rate = table.number(currency)
        if rate is None or rate <= 0:
            raise table.fault(currency, f"the rate {table.data[currency]!r} is not positive")
        rates[currency] = rate
    return rates | {"USD": Fraction(1)}


def _read_heading(root: Fields) -> Heading:
    fields = root.sub("declaration")
    if fields is None:
        raise root.fault("declaration", "is missing")
    declared_at = fields.instant("declared_at")
    if declared_at is None:
        raise fields.fault("declared_at", "is missing; every rule is judged on the day of declaration")
    return Heading(
        declared_at=declared_at,
        simplified=fields.flag("simplified") or False,
        packages=fields.whole("packages"),
        gross_kg=fields.number("gross_kg"),
        **{name: fields.text(name) for name in _HEADING_TEXTS},
    )


def _read_cluster(fields: Fields | None) -> Cluster | None:
    if fields is None:
        return None
    return Cluster(
        fields.text("code"),
        fields.text("name_zh"),
        fields.day("effective_from"),
        fields.texts("customs_offices"),
        fields.flag("pilot_food_cosmetics"),
    )


def _read_operator(fields: Fields | None) -> Operator | None:
    if fields is None:
        return None
    filings = (_read_filing(fields.sub(name)) for name in ("mp_filing", "customs_filing"))
    return Operator(fields.text("name"), fields.text("uscc"), *filings)


def _read_filing(fields: Fields | None) -> Filing | None:
    return Filing(fields.text("no"), fields.day("from"), fields.day("to")) if fields else None


def _read_buyer(fields: Fields | None) -> Buyer | None:
    if fields is None:
        return None
    names = ("name", "nationality", "id_type", "id_no")
    return Buyer(**{name: fields.text(name) for name in names}, verified=fields.flag("verified"))


def _read_line(fields: Fields, position: int, rates: dict[str, Fraction]) -> Line:
    fields = Fields(fields.file, fields.path, fields.data, fields.whole("row") or position)
    hs10 = fields.text("hs10")
    if hs10 is None:
        raise fields.fault("hs10", "is missing; a line cannot be grouped without its code")
    return Line(
        row=fields.row or position,
        hs10=hs10,
        name_zh=fields.text("name_zh"),
        name_en=fields.text("name_en"),
        brand_type=fields.whole("brand_type"),
        category=fields.text("category"),
        qty=_positive(fields, "qty"),
        unit=fields.text("unit"),
        net_kg=fields.number("net_kg"),
        value_cents=_value(fields, rates),
        supplier=_read_supplier(fields.sub("supplier")),
        recognition=_read_recognition(fields.sub("recognition")),
        ciq_application=_read_application(fields.sub("ciq_application")),
    )


def _positive(fields: Fields, name: str) -> Fraction:
    value = fields.number(name)
    if value is None:
        raise fields.fault(name, "is missing")
    if value <= 0:
        raise fields.fault(name, f"{fields.data[name]!r} is not more than 0")
    return value


def _value(fields: Fields, rates: dict[str, Fraction]) -> int:
    amount, currency = _positive(fields, "amount"), fields.text("currency")
    if currency not in rates:
        raise fields.fault("currency", f"{currency or 'nothing'} has no rate in fx.per_usd")
    return usd_cents(amount, rates[currency])


def _read_supplier(fields: Fields | None) -> Supplier | None:
    if fields is None:
        return None
    agreement = fields.sub("agreement")
    return Supplier(
        fields.text("id"),
        fields.text("name"),
        fields.text("cluster"),
        agreement.text("no") if agreement else None,
        agreement.day("signed_at") if agreement else None,
    )


def _read_recognition(fields: Fields | None) -> Recognition | None:
    if fields is None:
        return None
    return Recognition(fields.text("status"), fields.number("qty_left"), fields.instant("synced_at"))


def _read_application(fields: Fields | None) -> Application | None:
    return Application(fields.text("no"), fields.instant("accepted_at")) if fields else None


def _read_lists(fields: Fields | None) -> Lists:
    if fields is None:
        return Lists()
    codes = ("prohibited", "restricted", "negative", "ciq", "export_duty")
    return Lists(
        **{
            name: tuple(_read_entry(entry, duty=name == "export_duty") for entry in fields.many(name)) for name in codes
        },
        denied_parties=tuple(filter(None, (entry.text("name") for entry in fields.many("denied_parties")))),
        brand_words=fields.texts("brand_words"),
    )


def _read_entry(fields: Fields, *, duty: bool) -> ListEntry:
    prefix = next(filter(None, map(fields.text, _PREFIX_NAMES)), None)
    if prefix is None:
        raise fields.fault("hs", "is missing; an entry names the first digits of a tariff code")
    return ListEntry(prefix, fields.day("from"), fields.day("to"), fields.number("rate") if duty else None)


def _read_past(fields: Fields) -> Past:
    at = fields.instant("at")
    if at is None:
        raise fields.fault("at", "is missing")
    value = fields.number("value_usd")
    if value is None:
        raise fields.fault("value_usd", "is missing")
    names = ("id", "operator_uscc", "buyer_id_no", "destination", "bl_no", "vessel", "container", "trade_ref")
    texts = {name: fields.text(name) for name in names}
    return Past(at=at, value_cents=usd_cents(value, Fraction(1)), **texts)
