"""Reads of declarations, their items and sources, and the history that a new one is judged by."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import OuterRef, Subquery, Sum

from bolanggu.market.customs.consignment import Past, usd_text
from bolanggu.market.customs.models import Declaration, DeclarationItem, Inspection, ItemSource, RiskReview, Step
from bolanggu.market.customs.workflow import disorder, states


def current(trade: str) -> list[Declaration]:
    """Return the standing declarations of a trade, in order of number."""
    return list(Declaration.objects.filter(trade=trade, superseded=False).order_by("number"))


def declarations(trade: str) -> list[dict[str, Any]]:
    """Return the standing declarations of a trade with items, as plain data; values are decimal strings in USD."""
    found = list(Declaration.objects.filter(trade=trade, superseded=False).defer("document").order_by("number"))
    items: dict[int, list[dict[str, Any]]] = {}
    for item in DeclarationItem.objects.filter(declaration__in=found).order_by("declaration_id", "position"):
        items.setdefault(item.declaration_id, []).append(_item(item))
    return [_declaration(one) | {"items": items.get(one.pk, [])} for one in found]


def _declaration(one: Declaration) -> dict[str, Any]:
    return {
        "id": one.number,
        "version": one.version,
        "mode": one.mode,
        "state": one.state,
        "verdict": one.verdict,
        "reason": one.reason,
        "container": one.container,
        "value_usd": usd_text(one.value_cents),
        "simplified": one.simplified,
        "packages": one.packages,
        "pieces": one.pieces,
        "net_g": one.net_g,
        "gross_g": one.gross_g,
        "rates": one.rates,
        "findings": one.findings,
    }


def _item(item: DeclarationItem) -> dict[str, Any]:
    return {
        "id": item.number,
        "hs": item.hs10,
        "hs_status": item.hs_status,
        "tariff_line": "unverified" if item.hs10.endswith("0000") else "stated",
        "name_zh": item.name_zh,
        "name_en": item.name_en,
        "kinds": item.kinds,
        "pieces": item.pieces,
        "net_g": item.net_g,
        "value_usd": usd_text(item.value_cents),
    }


def sources(number: str) -> list[dict[str, Any]]:
    """Return what each order line gave to each item of the standing version of a declaration."""
    rows = ItemSource.objects.filter(item__declaration__number=number, item__declaration__superseded=False)
    names = ("item__number", "line", "merchant", "hs10", "pieces", "net_g", "value_cents", "minor", "currency")
    return list(rows.order_by("item__position", "line").values(*names))


def trade_records(trade: str) -> list[tuple[str, int]]:
    """Return number and USD cents of each trade record (交易记录) of a trade: its standing 1039 declarations.

    Goods of other modes are settled on their own declarations, not on records of market procurement.
    """
    rows = Declaration.objects.filter(trade=trade, mode="1039", superseded=False)
    return list(rows.order_by("number").values_list("number", "value_cents"))


def recorded(trade: str) -> dict[str, int]:
    """Return what of each order line stands on the trade records, minor units of the line's own currency."""
    rows = ItemSource.objects.filter(
        item__declaration__trade=trade, item__declaration__mode="1039", item__declaration__superseded=False
    )
    return dict(rows.values_list("line").annotate(total=Sum("minor")))


def check_document(number: str) -> dict[str, Any]:
    """Return what was checked of the standing version, in the form ``bolanggu-1039/1``."""
    document: dict[str, Any] = Declaration.objects.get(number=number, superseded=False).document
    return document


def history(operator_uscc: str, since: datetime, until: datetime) -> list[Past]:
    """Return an operator's standing 1039 declarations in a span of time."""
    rows = Declaration.objects.filter(
        operator_uscc=operator_uscc, mode="1039", superseded=False, declared_at__range=(since, until)
    )
    names = ("number", "declared_at", "operator_uscc", "buyer_id_no", "destination", "bl_no", "vessel", "container")
    return [
        Past(
            id=row["number"],
            at=row["declared_at"],
            operator_uscc=row["operator_uscc"],
            buyer_id_no=row["buyer_id_no"] or None,
            destination=row["destination"] or None,
            bl_no=row["bl_no"] or None,
            vessel=row["vessel"] or None,
            container=row["container"] or None,
            trade_ref=row["number"],
            value_cents=row["value_cents"],
        )
        for row in rows.order_by("declared_at", "number").values(*names, "value_cents")
    ]


def versions(number: str) -> list[dict[str, Any]]:
    """Return all versions of a declaration, oldest first, with what changed: value, pieces, verdict, state, reason."""
    rows = Declaration.objects.filter(number=number).order_by("version")
    names = ("version", "superseded", "state", "verdict", "value_cents", "pieces", "net_g", "gross_g", "stated_at")
    notes = dict(
        Step.objects.filter(declaration__number=number, state=Declaration.State.LOADED)
        .order_by("pk")
        .values_list("declaration__version", "note")
    )
    return [row | {"reason": notes.get(row["version"], "")} for row in rows.values(*names)]


def walk(number: str) -> list[dict[str, Any]]:
    """Return the steps of the standing version: state, actor, time, note, and its clock with the text that sets it."""
    rows = Step.objects.filter(declaration__number=number, declaration__superseded=False).order_by("pk")
    return [
        row | {"zh": states()[row["state"]].zh, "moves_on": states()[row["state"]].by, "clock": clock_of(row["state"])}
        for row in rows.values("state", "actor", "source", "stated_at", "note", "due_at")
    ]


def clock_of(state: str) -> dict[str, Any] | None:
    """Return the clock of a state as plain data; None where none runs."""
    clock = states()[state].clock
    return asdict(clock) if clock else None


def waiting(at: datetime, *, role: str | None = None) -> list[dict[str, Any]]:
    """Return standing declarations whose clock runs, the most urgent first, with the role that must act.

    Parameters
    ----------
    at
        The moment by which ``overdue`` is judged.
    role
        Only what waits for this role.
    """
    latest = Step.objects.filter(declaration=OuterRef("pk")).order_by("-pk").values("due_at")[:1]
    rows = Declaration.objects.filter(superseded=False).annotate(due_at=Subquery(latest)).exclude(due_at=None)
    for_whom = [state.name for state in states().values() if role is None or state.by == role]
    names = ("number", "trade", "mode", "state", "verdict", "value_cents", "due_at")
    found = rows.filter(state__in=for_whom).order_by("due_at", "number").values(*names)
    return [row | {"by": states()[row["state"]].by, "overdue": row["due_at"] < at} for row in found]


def order_facts(number: str) -> dict[str, Fraction]:
    """Return what MP-031 judges of the standing version: steps skipped, times that run backwards."""
    rows = Step.objects.filter(declaration__number=number, declaration__superseded=False).order_by("pk")
    skipped, backwards = disorder(list(rows.values_list("state", "stated_at")))
    return {"skipped": Fraction(skipped), "backwards": Fraction(backwards)}


def inspections(number: str) -> list[dict[str, Any]]:
    """Return the inspections of all versions of a declaration, oldest first."""
    names = ("declaration__version", "reason", "stated_at", "outcome", "found", "concluded_at", "concluded_by")
    return list(Inspection.objects.filter(declaration__number=number).order_by("pk").values(*names))


def reviews(*, open_only: bool = True) -> list[dict[str, Any]]:
    """Return risk reviews, the highest score first, with reasons and evidence rows; values in USD cents."""
    rows = RiskReview.objects.order_by("-score_ppm", "declaration__number")
    if open_only:
        rows = rows.filter(outcome="")
    names = ("score_ppm", "lane", "reasons", "stated_at", "outcome", "found", "concluded_at", "concluded_by")
    about = ("declaration__number", "declaration__trade", "declaration__state", "declaration__value_cents")
    return list(rows.values(*about, *names))
