"""Fields that belong together (勾稽关系): weights, price times quantity, freight by terms, containers and items."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from bolanggu.engines.rules.facts import plain
from bolanggu.market.customs.code_lists import LEGAL_UNITS, named
from bolanggu.market.customs.filling_spec import NUMBER, Draft, FieldFinding, Row, finding, spec

_MOST_ITEMS = 50
#: Name, nationality and number of the passport or identity card.
_BUYER_PARTS = 3
_CENT = Fraction(1, 100)


def check_together(draft: Draft) -> Iterator[FieldFinding]:
    """Check what two or more fields of a draft must hold together; a blank field is left to its own check."""
    header, items, containers = draft["header"], draft["items"], draft["containers"]
    yield from _weights(header, items, containers)
    yield from _terms(header)
    yield from _items(items)
    yield from _boxes(items, containers)
    yield from _buyer(draft["mode"], header)
    if header.get("trade_mode") and header["trade_mode"] != draft["mode"]:
        yield finding(
            "header", 1, "trade_mode", "refused", f"is {header['trade_mode']}, the draft is of {draft['mode']}"
        )


def _value(row: Row, name: str) -> Fraction | None:
    text = row.get(name, "")
    return Fraction(text) if NUMBER.fullmatch(text) else None


def _weights(header: Row, items: list[Row], containers: list[Row]) -> Iterator[FieldFinding]:
    gross, net = _value(header, "gross_kg"), _value(header, "net_kg")
    if gross is not None and net is not None and gross < net:
        yield finding("header", 1, "gross_kg", "refused", f"{plain(gross)} is less than the net weight {plain(net)}")
    in_boxes = [_value(box, "gross_kg") for box in containers]
    known = [weight for weight in in_boxes if weight is not None]
    if gross is not None and known and len(known) == len(in_boxes) and sum(known) != gross:
        yield finding("header", 1, "gross_kg", "review", f"{plain(gross)}; the containers hold {plain(sum(known))}")
    weights = [_weight(item) for item in items]
    if net is not None and None not in weights:
        total = sum(weight for weight in weights if weight is not None)
        if abs(total - net) > _CENT * len(items):
            yield finding("header", 1, "net_kg", "review", f"{plain(net)}; the items weigh {plain(Fraction(total))}")


def _weight(item: Row) -> Fraction | None:
    """The legal quantity of an item that is in kilograms, first or second."""
    named_units = (("first_qty", "first_unit"), ("second_qty", "second_unit"))
    return next((_value(item, qty) for qty, unit in named_units if item.get(unit) == LEGAL_UNITS["kg"]), None)


def _terms(header: Row) -> Iterator[FieldFinding]:
    terms = header.get("terms", "")
    for name in ("freight", "insurance"):
        wanted = terms in spec()["header"][name]["with_terms"]
        if wanted and not header.get(name):
            yield finding("header", 1, name, "refused", f"is missing with terms {named('terms', terms)}")
        if terms and not wanted and header.get(name):
            yield finding("header", 1, name, "refused", f"stays blank with terms {named('terms', terms)}")


def _items(items: list[Row]) -> Iterator[FieldFinding]:
    if not 0 < len(items) <= _MOST_ITEMS:
        yield finding("items", len(items), "position", "refused", f"there are {len(items)} items; 1 to {_MOST_ITEMS}")
    for place, item in enumerate(items, 1):
        if item.get("position") and item["position"] != str(place):
            yield finding("items", place, "position", "refused", f"is {item['position']}; items are numbered from 1")
        price, qty, total = (_value(item, name) for name in ("price", "qty", "total"))
        if price is not None and qty is not None and total is not None and abs(price * qty - total) > _room(qty):
            stated = f"{plain(price)} × {plain(qty)} is not {plain(total)} within rounding"
            yield finding("items", place, "total", "refused", stated)
    if len({item.get("currency") for item in items}) > 1:
        yield finding("items", 1, "currency", "review", "items are in several currencies")


def _room(qty: Fraction) -> Fraction:
    """Half of the last place of the price (four decimals) for each unit, and a cent for the total."""
    return qty * Fraction(5, 100_000) + _CENT


def _boxes(items: list[Row], containers: list[Row]) -> Iterator[FieldFinding]:
    listed: set[str] = set()
    numbers = {str(place) for place in range(1, len(items) + 1)}
    for place, box in enumerate(containers, 1):
        own = set(filter(None, box.get("items", "").split(",")))
        listed |= own
        if own - numbers:
            strange = ", ".join(sorted(own - numbers))
            yield finding("containers", place, "items", "refused", f"names items {strange} that the draft has not")
    if containers and numbers - listed:
        left = ", ".join(sorted(numbers - listed, key=int))
        yield finding("containers", 1, "items", "refused", f"no container holds items {left}")


def _buyer(mode: str, header: Row) -> Iterator[FieldFinding]:
    remarks = header.get("remarks", "")
    stated = [part for part in remarks.replace("；", ";").split(";") if part.strip()]
    if mode == "1039" and remarks and len(stated) < _BUYER_PARTS:
        yield finding(
            "header", 1, "remarks", "refused", "names the buyer, the nationality and the passport or ID number"
        )
