"""Storing a planned declaration: version, items, sources, steps and lineage; moving one on by a step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bolanggu.market.customs.loaded import Rates
from bolanggu.market.customs.merging import Item
from bolanggu.market.customs.models import Declaration, DeclarationItem, ItemSource, Step
from bolanggu.market.customs.planning import Planned
from bolanggu.market.customs.workflow import due_at, must_follow, must_not_run_back, states
from bolanggu.market.customs.writing import write_consignment
from bolanggu.platform import lineage, outbox
from bolanggu.platform.accounts.grants import Actor
from bolanggu.platform.lineage import Edge

_BATCH = 1000


def store(
    planned: Sequence[Planned], trade: str, rates: Rates, *, version: int, by: Actor, at: datetime
) -> list[Declaration]:
    """Write declarations with everything below them, and the edges line → item → declaration (net g, USD cents)."""
    made = Declaration.objects.bulk_create([_declaration(one, trade, rates, version, by=by, at=at) for one in planned])
    items, sources, edges = [], [], []
    for declaration, one in zip(made, planned, strict=True):
        for position, merged in enumerate(one.check.items, 1):
            item = _item(declaration, position, merged, one)
            own = [_source(item, line.row, line.value_cents, one) for line in merged.lines]
            items.append(item)
            sources += own
            edges += _edges(declaration, item, own)
    DeclarationItem.objects.bulk_create(items, batch_size=_BATCH)
    ItemSource.objects.bulk_create(sources, batch_size=_BATCH)
    lineage.record(edges)
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


def _source(item: DeclarationItem, row: int, value_cents: int, one: Planned) -> ItemSource:
    parts = one.goods[row]
    return ItemSource(
        item=item,
        line=parts[0].line,
        merchant=parts[0].merchant,
        hs10=parts[0].hs10,
        pieces=sum(part.pieces for part in parts),
        net_g=sum(part.net_g for part in parts),
        value_cents=value_cents,
        minor=sum(part.minor for part in parts),
        currency=parts[0].currency,
    )


def _edges(declaration: Declaration, item: DeclarationItem, sources: Sequence[ItemSource]) -> list[Edge]:
    name = declaration.number if declaration.version == 1 else f"{declaration.number}.v{declaration.version}"
    edges = [
        Edge("declared", "line", own.line, "customs_item", item.number, own.pieces, own.net_g, own.value_cents, "USD")
        for own in sources
    ]
    edges.append(
        Edge(
            "declared",
            "customs_item",
            item.number,
            "declaration",
            name,
            item.pieces,
            item.net_g,
            item.value_cents,
            "USD",
        )
    )
    return edges


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
