"""Records for risk (风险数据): what this link knows of its declarations, with what other links hand over beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from bolanggu.data import read_yaml
from bolanggu.engines.risk.records import Arrival, Credit, Entry, Item, Operator, Outcome, Receipt, Records, Setting
from bolanggu.engines.risk.scoring import Assessment, Weights, assess
from bolanggu.market.customs.danger import danger_word
from bolanggu.market.customs.models import Declaration, Inspection, ItemSource, RiskReview
from bolanggu.market.customs.screening import brand_word


@dataclass(frozen=True, slots=True)
class Box:
    """A real container: volume of its cargo in litres, payload in g, gate and seals."""

    volume_l: float | None = None
    payload_g: int | None = None
    gate_in: str = ""
    transit_hours: float | None = None
    seal: str = ""
    gate_seal: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """What other links know, as plain values: names of the records behind an order line, boxes, money, lists.

    ``classify`` gives the likely six-digit code of a name with its probability; ``grave`` tells of a code whether it
    bears duty, licence or inspection. What is left out stays unknown, and its indicators silent.
    """

    chain: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    boxes: Mapping[str, Box] = field(default_factory=dict)
    operators: Sequence[Operator] = ()
    receipts: Sequence[Receipt] = ()
    arrivals: Sequence[Arrival] = ()
    credits: Sequence[Credit] = ()
    brand_words: tuple[str, ...] = ()
    setting: Setting = field(default_factory=Setting)
    classify: Callable[[Sequence[tuple[str, str]]], list[tuple[str, float]]] | None = None
    grave: Callable[[str], bool] | None = None


@cache
def weights() -> tuple[Weights, float, float]:
    """Read the fitted weights, and the scores from which the yellow and the red lane begin."""
    table = read_yaml("rules/risk_weights.yaml")
    return Weights(table["bias"], table["weights"], table["base_rate"]), table["yellow"], table["red"]


def risk(since: datetime, until: datetime, beside: Beside | None = None) -> list[Assessment]:
    """Assess the standing declarations of a span of time, the riskiest first."""
    fitted, yellow, red = weights()
    return assess(records(since, until, beside or Beside()), fitted, yellow=yellow, red=red)


def records(since: datetime, until: datetime, beside: Beside) -> Records:
    """Gather the records of a span of time: one entry a standing declaration, one item an order line in it."""
    rows = Declaration.objects.filter(superseded=False, declared_at__range=(since, until)).order_by("number")
    found = list(rows.select_related(None))
    sources: dict[int, list[ItemSource]] = {}
    lines = ItemSource.objects.filter(item__declaration__in=found).order_by("item__position", "line")
    for source in lines.select_related("item"):
        sources.setdefault(source.item.declaration_id, []).append(source)
    return Records(
        tuple(_entry(one, sources.get(one.pk, []), beside) for one in found),
        tuple(beside.operators),
        tuple(beside.receipts),
        tuple(beside.arrivals),
        tuple(beside.credits),
        tuple(_outcomes([one.number for one in found])),
        beside.setting,
    )


def _entry(one: Declaration, sources: Sequence[ItemSource], beside: Beside) -> Entry:
    buyer = one.document.get("buyer") or {}
    box = beside.boxes.get(one.container, Box())
    return Entry(
        number=one.number,
        at=one.declared_at,
        operator=one.operator_uscc,
        buyer=one.buyer_id_no,
        destination=one.destination,
        value_cents=one.value_cents,
        items=tuple(_items(one, sources, beside)),
        buyer_name=buyer.get("name") or "",
        passport=buyer.get("id_no") or "" if buyer.get("id_type") == "PASSPORT" else "",
        nationality=buyer.get("nationality") or "",
        bl_no=one.bl_no,
        vessel=one.vessel,
        container=one.container,
        trade_ref=one.number,
        gross_g=one.gross_g,
        net_g=one.net_g,
        volume_l=box.volume_l,
        payload_g=box.payload_g,
        exit_port=one.exit_port,
        gate_in=box.gate_in,
        transit_hours=box.transit_hours,
        seal=box.seal,
        gate_seal=box.gate_seal,
    )


def _items(one: Declaration, sources: Sequence[ItemSource], beside: Beside) -> list[Item]:
    rows = {row["supplier"]["id"] if row.get("supplier") else "": row for row in one.document.get("lines", [])}
    by_code = {row["hs10"]: row for row in one.document.get("lines", [])}
    told = [by_code.get(source.hs10) or rows.get(source.merchant) or {} for source in sources]
    names = [(row.get("name_en") or "", row.get("name_zh") or "") for row in told]
    likely = beside.classify(names) if beside.classify else [("", 0.0)] * len(names)
    made = []
    for source, row, name, (code, chance) in zip(sources, told, names, likely, strict=True):
        gain = bool(code) and beside.grave is not None and beside.grave(code) and not beside.grave(source.hs10)
        made.append(
            Item(
                hs10=source.hs10,
                name=name[0] or name[1],
                value_cents=source.value_cents,
                net_g=source.net_g,
                pieces=source.pieces,
                supplier=source.merchant,
                chain=beside.chain.get(source.line),
                brand_type=row.get("brand_type") or 0,
                brand_word=brand_word(name, beside.brand_words),
                danger_word=danger_word(name) if not _papers_asked(one) else None,
                likely_hs6=code or None,
                likely=chance,
                gain=gain,
            )
        )
    return made


def _papers_asked(one: Declaration) -> bool:
    """True if the declaration itself asks for the papers of dangerous goods: then nothing is hidden."""
    return any(row["rule"] == "RK-14" for row in one.findings)


def _outcomes(numbers: Collection[str]) -> list[Outcome]:
    """What inspections and reviews of these declarations found."""
    looks = Inspection.objects.filter(declaration__number__in=numbers).exclude(outcome="").select_related("declaration")
    made = [
        Outcome(
            one.declaration.number,
            one.concluded_at or one.stated_at,
            one.declaration.operator_uscc,
            one.outcome != "conforms",
        )
        for one in looks
    ]
    reviews = (
        RiskReview.objects.filter(declaration__number__in=numbers).exclude(outcome="").select_related("declaration")
    )
    return made + [
        Outcome(
            one.declaration.number,
            one.concluded_at or one.stated_at,
            one.declaration.operator_uscc,
            one.outcome == "confirmed",
        )
        for one in reviews
    ]


def as_dict(one: Assessment) -> dict[str, object]:
    """Return an assessment as JSON data, with reasons from heavy to light and the rows behind each."""
    return {
        "declaration": one.subject,
        "score": round(one.score, 4),
        "lane": one.lane,
        "reasons": [
            {
                "indicator": reason.signal.indicator,
                "log_odds": round(reason.log_odds, 3),
                "strength": round(reason.signal.strength, 3),
                "reason": reason.signal.reason,
                "evidence": list(reason.signal.evidence),
            }
            for reason in one.reasons
        ],
    }
