"""Storing a planned declaration: version, items, sources, steps and lineage; moving one on by a step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from bolanggu.market.customs.loaded import Rates
from bolanggu.market.customs.merging import Item
from bolanggu.market.customs.models import Declaration, DeclarationItem, ItemSource, Step
from bolanggu.market.customs.planning import Planned
from bolanggu.market.customs.workflow import due_at, must_follow, must_not_run_back, states
from bolanggu.market.customs.writing import write_consignment
from bolanggu.platform import lineage, outbox
from bolanggu.platform.accounts.grants import Actor
from bolanggu.platform.bulk import insert
from bolanggu.platform.lineage import Edge

_BATCH = 1000


def store(
    planned: Sequence[Planned], trade: str, rates: Rates, *, version: int, by: Actor, at: datetime
) -> list[Declaration]:
    """Write declarations with everything below them, and the edges line → item → declaration (net g, USD cents)."""
    made = Declaration.objects.bulk_create([_declaration(one, trade, rates, version, by=by, at=at) for one in planned])
    items = [
        _item(declaration, position, merged, one)
        for declaration, one in zip(made, planned, strict=True)
        for position, merged in enumerate(one.check.items, 1)
    ]
    DeclarationItem.objects.bulk_create(items, batch_size=_BATCH)
    merged_items = [(merged, one) for one in planned for merged in one.check.items]
    shares = [
        (item, [_share(line.row, line.value_cents, one) for line in merged.lines])
        for item, (merged, one) in zip(items, merged_items, strict=True)
    ]
    insert(ItemSource, ("item_id", *Share._fields), [(item.pk, *share) for item, own in shares for share in own])
    lineage.record([edge for item, own in shares for edge in _edges(item, own)])
    return made


def _declaration(one: Planned, trade: str, rates: Rates, version: int, *, by: Actor, at: datetime) -> Declaration:
    heading, parts = one.consignment.heading, [part for parts in one.goods.values() for part in parts]
    return Declaration(
        number=one.number,
        version=version,
        trade=trade,
        container=one.basket.container,
        mode=one.basket.mode,
        state=Declaration.State.LOADED,
        verdict=one.check.verdict,
        declared_at=heading.declared_at,
        custom_master=heading.custom_master or "",
        exit_port=heading.exit_port or "",
        destination=heading.destination or "",
        bl_no=heading.bl_no or "",
        vessel=heading.vessel or "",
        operator_uscc=heading.consignor_uscc or "",
        buyer_id_no=(one.consignment.buyer and one.consignment.buyer.id_no) or "",
        simplified=heading.simplified,
        packages=heading.packages or 0,
        pieces=sum(part.pieces for part in parts),
        net_g=sum(part.net_g for part in parts),
        gross_g=sum(part.gross_g for part in parts),
        value_cents=one.consignment.value_cents,
        rates={"month": rates.month, "per_usd": dict(rates.per_usd), "source": rates.source},
        findings=[*(finding.as_dict() for finding in one.check.findings), *one.basket.notes],
        document=write_consignment(one.consignment),
        source=by.source.value,
        stated_at=at,
    )


def _item(declaration: Declaration, position: int, merged: Item, one: Planned) -> DeclarationItem:
    parts = [part for line in merged.lines for part in one.goods[line.row]]
    leading = max((line for line in merged.lines if line.hs10 == merged.hs), key=lambda line: line.value_cents)
    suffix = "" if declaration.version == 1 else f".v{declaration.version}"
    return DeclarationItem(
        declaration=declaration,
        number=f"{declaration.number}-{position:02d}{suffix}",
        position=position,
        hs10=merged.hs,
        hs_status=one.goods[leading.row][0].hs_status,
        name_zh=(leading.name_zh or "")[:200],
        name_en=(leading.name_en or "")[:200],
        brand_type=leading.brand_type or 0,
        kinds=merged.kinds,
        pieces=sum(part.pieces for part in parts),
        net_g=sum(part.net_g for part in parts),
        value_cents=merged.value_cents,
    )


class Share(NamedTuple):
    """What one order line gave to an item, in the columns of `ItemSource`."""

    line: str
    merchant: str
    hs10: str
    pieces: int
    net_g: int
    value_cents: int
    minor: int
    currency: str


def _share(row: int, value_cents: int, one: Planned) -> Share:
    parts = one.goods[row]
    first = parts[0]
    return Share(
        first.line,
        first.merchant,
        first.hs10,
        sum(part.pieces for part in parts),
        sum(part.net_g for part in parts),
        value_cents,
        sum(part.minor for part in parts),
        first.currency,
    )


def _edges(item: DeclarationItem, shares: Sequence[Share]) -> list[Edge]:
    declaration = item.declaration
    name = declaration.number if declaration.version == 1 else f"{declaration.number}.v{declaration.version}"
    number = item.number
    edges = [
        Edge("declared", "line", own.line, "customs_item", number, own.pieces, own.net_g, own.value_cents, "USD")
        for own in shares
    ]
    into = Edge(
        "declared", "customs_item", number, "declaration", name, item.pieces, item.net_g, item.value_cents, "USD"
    )
    return [*edges, into]


def enter(declarations: Sequence[Declaration], state: str, *, by: Actor, at: datetime, note: str = "") -> None:
    """Record that declarations entered a state, with the clock that this starts."""
    clock = states()[state].clock
    since: dict[int, datetime] = {}
    if clock and clock.since:
        rows = Step.objects.filter(declaration__in=declarations, state=clock.since).order_by("pk")
        since = dict(rows.values_list("declaration", "stated_at"))
    Step.objects.bulk_create(
        [
            Step(
                declaration=declaration,
                state=state,
                actor=by.name,
                note=note,
                due_at=due_at(state, at, since=since.get(declaration.pk)),
                source=by.source.value,
                stated_at=at,
            )
            for declaration in declarations
        ],
        batch_size=_BATCH,
    )


def locked(number: str) -> Declaration:
    """Lock the standing version of a declaration for the act that follows."""
    return Declaration.objects.select_for_update().defer("document").get(number=number, superseded=False)


def advance(declaration: Declaration, state: str, *, by: Actor, at: datetime, note: str) -> Declaration:
    """Move a declaration on by one step, with its event.

    Raises
    ------
    WrongState, TimeRunsBackwards
        The step does not follow, or is dated before the last one.
    """
    must_follow(declaration.number, declaration.state, state, mode=declaration.mode)
    last = declaration.steps.order_by("pk").values_list("stated_at", flat=True).last()
    must_not_run_back(declaration.number, last, at)
    declaration.state = state
    declaration.save(update_fields=["state", "reason"])
    enter([declaration], state, by=by, at=at, note=note[:500])
    payload = {"trade": declaration.trade, "mode": declaration.mode, "note": note}
    outbox.write(kind=f"declaration.{state}", subject=declaration.number, at=at, by=by, payload=payload)
    return declaration
