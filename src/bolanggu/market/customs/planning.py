"""Planning declarations (制单): from loaded goods to checked declarations of each mode. Services store them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

from bolanggu.engines.rules.book import Finding
from bolanggu.market.customs.allotting import Basket, cap_note, sister_note, to_move
from bolanggu.market.customs.checking import Check, book_of, check, judge_lines
from bolanggu.market.customs.consignment import (
    Buyer,
    Cluster,
    Consignment,
    Heading,
    Line,
    Lists,
    Operator,
    Past,
    Recognition,
    Supplier,
    usd_cents,
)
from bolanggu.market.customs.filings import category_of
from bolanggu.market.customs.loaded import LoadedGoods, Rates, Shipment
from bolanggu.values.money import exponent

#: China has one zone without summer time; the local day decides which rules and rates apply.
BEIJING = timezone(timedelta(hours=8))
#: Unit 007 of the customs unit table, 个.
PIECE = "007"
ASK = "evidence"
_OWN_BRAND = 1
_CAP = "declaration_limit_usd"


@dataclass(frozen=True, slots=True)
class Ground:
    """What every declaration of one shipment stands on."""

    at: datetime
    shipment: Shipment
    operator: Operator
    buyer: Buyer
    cluster: Cluster
    rates: Rates
    lists: Lists
    nomenclature: Collection[str]


@dataclass(frozen=True, slots=True)
class Planned:
    """One planned declaration: its basket, what was checked, and the goods behind each row."""

    number: str
    basket: Basket
    consignment: Consignment
    check: Check
    goods: dict[int, tuple[LoadedGoods, ...]]


def plan(ground: Ground, goods: Sequence[LoadedGoods], history: Sequence[Past]) -> list[Planned]:
    """Plan the declarations of a shipment: every piece of ``goods`` lies in exactly one of them.

    Raises
    ------
    RateMissing
        A currency of the goods has no rate.
    """
    planned: list[Planned] = []
    for container in sorted({part.container for part in goods}):
        here = _rows(part for part in goods if part.container == container)
        lines = [_line(row, parts, ground.rates) for row, parts in here.items()]
        for basket in _allot(ground, container, lines, [*history, *_past(planned)]):
            number = f"{ground.shipment.trade}-D{len(planned) + 1:02d}"
            planned.append(_planned(ground, number, basket, here, [*history, *_past(planned)]))
    return planned


def replan(ground: Ground, number: str, mode: str, goods: Sequence[LoadedGoods], history: Sequence[Past]) -> Planned:
    """Plan one declaration again in its mode with corrected goods; what no longer fits shows as a finding."""
    here = _rows(goods)
    lines = tuple(_line(row, parts, ground.rates) for row, parts in here.items())
    return _planned(ground, number, Basket(goods[0].container, mode, lines), here, history)


def _rows(goods: Iterable[LoadedGoods]) -> dict[int, tuple[LoadedGoods, ...]]:
    """Goods of one container by order line, numbered from 1."""
    parts: dict[str, list[LoadedGoods]] = {}
    for part in goods:
        parts.setdefault(part.line, []).append(part)
    return {row: tuple(parts[line]) for row, line in enumerate(sorted(parts), 1)}


def _line(row: int, parts: tuple[LoadedGoods, ...], rates: Rates) -> Line:
    first = parts[0]
    minor = sum(part.minor for part in parts)
    amount = Fraction(minor, 10 ** exponent(first.currency))
    recognised = first.recognised_at
    pieces = Fraction(sum(part.pieces for part in parts))
    return Line(
        row=row,
        hs10=first.hs10,
        name_zh=first.name_zh or None,
        name_en=first.name_en or None,
        brand_type=_OWN_BRAND if first.brand else 0,
        category=category_of(first.hs10),
        qty=pieces,
        unit=PIECE,
        net_kg=Fraction(sum(part.net_g for part in parts), 1000),
        value_cents=usd_cents(amount, rates.of(first.currency)),
        supplier=Supplier(
            first.merchant, first.merchant_name, first.cluster, first.agreement_no, first.agreement_signed_on
        ),
        recognition=Recognition("CONFIRMED", pieces, recognised) if recognised else None,
    )


def _allot(ground: Ground, container: str, lines: list[Line], history: Sequence[Past]) -> list[Basket]:
    judged = judge_lines(_consignment(ground, container, "1039", lines, ()), ground.nomenclature, unknown=ASK)
    findings = {line.row: found for line, found in zip(lines, judged, strict=True)}
    kept, excluded, notes = _exclude(container, lines, findings)
    day = ground.at.astimezone(BEIJING).date()
    cap = book_of("1039").value(_CAP, day)
    assert isinstance(cap, Fraction)
    cap_cents = int(cap * 100)
    moved = to_move(kept, cap_cents)
    if moved:
        notes.append(cap_note(container, moved, sum(line.value_cents for line in kept), cap_cents))
        gone = {line.row for line in moved}
        kept = [line for line in kept if line.row not in gone]
    sisters = _sisters(ground, container, kept, history)
    if sisters:
        notes.append(sister_note(container, sisters))
        moved, kept = [*moved, *kept], []
    general = sorted([*excluded, *moved], key=lambda line: line.row)
    baskets = [Basket(container, "1039", tuple(kept), (), findings)] if kept else []
    return baskets + [Basket(container, "0110", part, tuple(notes)) for part in _by_fifty_kinds(general, day)]


def _exclude(
    container: str, lines: list[Line], judged: Mapping[int, list[Finding]]
) -> tuple[list[Line], list[Line], list[dict[str, object]]]:
    """Part lines that 1039 excludes, with a note for each rule."""
    reasons: dict[str, list[tuple[Line, str]]] = {}
    for line in lines:
        barring = next((found for found in judged[line.row] if found.effect == "refused" and found.rule.remedy), None)
        if barring:
            reasons.setdefault(barring.rule.id, []).append((line, barring.message))
    out = {line.row for barred in reasons.values() for line, _ in barred}
    notes: list[dict[str, object]] = [
        {
            "rule": rule,
            "effect": "note",
            "subject": container,
            "message": f"excluded from 1039, drafted by general trade: {barred[0][1]}",
            "rows": [line.row for line, _ in barred],
        }
        for rule, barred in sorted(reasons.items())
    ]
    return [line for line in lines if line.row not in out], [line for line in lines if line.row in out], notes


def _sisters(ground: Ground, container: str, lines: list[Line], history: Sequence[Past]) -> str:
    """Name the earlier declarations beside which these lines would look like a part of a split one."""
    if not lines:
        return ""
    answer = check(
        _consignment(ground, container, "1039", lines, history),
        ground.nomenclature,
        lines_judged=(),
    )
    found = next((finding for finding in answer.findings if finding.rule.id == "RK-01"), None)
    return found.message.partition(" on the same")[0].removeprefix("with ") if found else ""


def _by_fifty_kinds(lines: list[Line], day: date) -> list[tuple[Line, ...]]:
    """Cut general trade into declarations of at most the items that one declaration holds."""
    most = book_of("0110").value("declaration_most_items", day)
    assert isinstance(most, Fraction)
    kinds = sorted({line.hs10 for line in lines})
    groups = [set(kinds[start : start + int(most)]) for start in range(0, len(kinds), int(most))]
    return [tuple(line for line in lines if line.hs10 in group) for group in groups]


def _planned(
    ground: Ground,
    number: str,
    basket: Basket,
    here: dict[int, tuple[LoadedGoods, ...]],
    history: Sequence[Past],
) -> Planned:
    consignment = _consignment(
        ground,
        basket.container,
        basket.mode,
        basket.lines,
        history if basket.mode == "1039" else (),
        number=number,
    )
    rows = {line.row: here[line.row] for line in basket.lines}
    gross_g = sum(part.gross_g for parts in rows.values() for part in parts)
    cartons = {part.carton for parts in rows.values() for part in parts}
    heading = replace(consignment.heading, gross_kg=Fraction(gross_g, 1000), packages=len(cartons))
    consignment = replace(consignment, heading=heading)
    judged = [basket.judged[line.row] for line in basket.lines] if basket.judged else None
    answer = check(consignment, ground.nomenclature, mode=basket.mode, unknown=ASK, lines_judged=judged)
    notes = (*basket.notes, *_goods_notes(basket.container, rows))
    return Planned(number, replace(basket, notes=notes), consignment, answer, rows)


def _consignment(
    ground: Ground, container: str, mode: str, lines: Sequence[Line], history: Sequence[Past], *, number: str = ""
) -> Consignment:
    shipment, declared_at = ground.shipment, ground.at.astimezone(BEIJING)
    kinds = len({line.hs10 for line in lines})
    least = book_of("1039").value("simplified_least_kinds", declared_at.date())
    heading = Heading(
        id=number or None,
        trade_mode=mode,
        declared_at=declared_at,
        custom_master=shipment.custom_master,
        exit_port=shipment.exit_port,
        destination=shipment.destination,
        consignor_uscc=ground.operator.uscc,
        bl_no=shipment.bl_no or None,
        vessel=shipment.vessel or None,
        container=container or None,
        trade_ref=number or None,
        simplified=mode == "1039" and isinstance(least, Fraction) and kinds >= least,
        packages=None,
        gross_kg=None,
    )
    return Consignment(
        heading, ground.cluster, ground.operator, ground.buyer, tuple(lines), ground.lists, tuple(history)
    )


def _past(planned: Sequence[Planned]) -> list[Past]:
    """What a planned declaration looks like to the next one."""
    return [
        Past(
            id=one.number,
            at=one.consignment.heading.declared_at,
            operator_uscc=one.consignment.operator.uscc if one.consignment.operator else None,
            buyer_id_no=one.consignment.buyer.id_no if one.consignment.buyer else None,
            destination=one.consignment.heading.destination,
            bl_no=one.consignment.heading.bl_no,
            vessel=one.consignment.heading.vessel,
            container=one.consignment.heading.container,
            trade_ref=one.consignment.heading.trade_ref,
            value_cents=one.consignment.value_cents,
        )
        for one in planned
        if one.basket.mode == "1039"
    ]


_FLAG_NOTES = {
    "battery": ("RK-14", "hold batteries: attach the UN 38.3 test summary and the dangerous-goods packing certificate"),
    "liquid": ("RK-14", "hold liquid or paste: attach the safety data sheet"),
    "brand": ("RK-13", "bear a brand: attach the owner's authorisation and state the brand type"),
}


def _goods_notes(container: str, rows: dict[int, tuple[LoadedGoods, ...]]) -> list[dict[str, object]]:
    """Papers that the goods ask for, and codes that nobody has confirmed."""
    asks = {flag: [row for row, parts in rows.items() if getattr(parts[0], flag)] for flag in _FLAG_NOTES}
    notes = [
        _note(_FLAG_NOTES[flag][0], container, _FLAG_NOTES[flag][1], found) for flag, found in asks.items() if found
    ]
    assumed = [row for row, parts in rows.items() if parts[0].hs_status != "confirmed"]
    if assumed:
        notes.append(_note("HS-ASSUMED", container, "have a code assumed by the classifier: confirm it", assumed))
    made_up = [row for row, parts in rows.items() if parts[0].hs10.endswith("0000")]
    if made_up:
        notes.append(_note("HS-10", container, "have a verified subheading but an unverified tariff line", made_up))
    return notes


def _note(rule: str, container: str, what: str, rows: list[int]) -> dict[str, object]:
    return {
        "rule": rule,
        "effect": "note",
        "subject": container,
        "message": f"{len(rows)} goods {what}",
        "rows": rows,
    }
