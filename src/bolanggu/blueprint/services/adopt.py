"""Adopt (采纳): take over the blueprint facts that come with a city. What stands already is left as it is."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from bolanggu.blueprint import city_facts
from bolanggu.blueprint.models import (
    Copy,
    Document,
    Indicator,
    Node,
    Observation,
    Reform,
    Serving,
    Target,
)
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


@requires("blueprint", "adopt")
@transaction.atomic
def adopt(*, by: Actor, at: datetime, city: str = "yiwu") -> dict[str, int]:
    """Write documents, tree, indicators, targets, observations and reforms of ``city``; answer how many were new."""
    stated = {"source": by.source.value, "stated_at": at}
    before = _counts()
    documents = _documents(city, stated)
    nodes = _nodes(city, documents, stated)
    indicators = _indicators(city, nodes, stated)
    _targets(city, documents, nodes, stated)
    _observations(city, documents, indicators, stated)
    _reforms(city, documents, nodes, stated)
    made = {name: count - before[name] for name, count in _counts().items()}
    if any(made.values()):
        outbox.write(kind="blueprint.adopted", subject=city, at=at, by=by, payload=made)
    return made


def _counts() -> dict[str, int]:
    tables = (Document, Node, Indicator, Target, Observation, Reform, Copy)
    return {table._meta.model_name or "": table.objects.count() for table in tables}  # noqa: SLF001 - Django's name


def _at(documents: dict[str, Document], place: list[Any] | city_facts.Place | None) -> dict[str, Any]:
    if place is None:
        return {}
    found = place if isinstance(place, city_facts.Place) else city_facts.Place(*place)
    return {"document": documents[found.document], "start": found.start, "end": found.end}


def _documents(city: str, stated: dict[str, Any]) -> dict[str, Document]:
    made = {}
    for key, row in city_facts.read(city, "documents").items():
        facts = {**row, "key": key, "dated": row["dated"] or None} | stated
        made[key], _ = Document.objects.get_or_create(sha256=row["sha256"], defaults=facts)
    return made


def _nodes(city: str, documents: dict[str, Document], stated: dict[str, Any]) -> dict[str, Node]:
    made: dict[str, Node] = {}
    for box in city_facts.boxes(city):
        facts = {
            "kind": box.kind,
            "parent": made[box.parent] if box.parent else None,
            "position": box.position,
            "label_zh": box.zh,
            "label_en": box.en,
            "driver_zh": box.driver_zh,
            "driver_en": box.driver_en,
            "period": box.period,
            **_at(documents, box.at),
        }
        made[box.code], _ = Node.objects.get_or_create(code=box.code, defaults=facts | stated)
    return made


def _indicators(city: str, nodes: dict[str, Node], stated: dict[str, Any]) -> dict[str, Indicator]:
    made = {}
    for code, row in city_facts.read(city, "indicators").items():
        facts = {
            "label_zh": row["zh"],
            "label_en": row["en"],
            "names": row.get("names", []),
            "unit": row["unit"],
            "nature": row["nature"],
            "direction": row.get("direction", 1),
            "frequency": row.get("frequency", "A"),
            "base": row.get("base", ""),
            "constant_prices": row.get("constant_prices", False),
        }
        made[code], fresh = Indicator.objects.get_or_create(code=code, defaults=facts | stated)
        if fresh:
            Serving.objects.bulk_create(
                [Serving(node=nodes[node], indicator=made[code], position=len(made)) for node in row["serves"]]
            )
    return made


def _targets(city: str, documents: dict[str, Document], nodes: dict[str, Node], stated: dict[str, Any]) -> None:
    for row in city_facts.read(city, "targets"):
        facts = {
            "node": nodes[row["node"]],
            "label_zh": row["zh"],
            "label_en": row["en"],
            "stage_zh": row["stage"]["zh"],
            "stage_en": row["stage"]["en"],
            "by": row["by"],
            **_at(documents, row["at"]),
        }
        Target.objects.get_or_create(code=row["code"], defaults=facts | stated)


def _observations(
    city: str, documents: dict[str, Document], indicators: dict[str, Indicator], stated: dict[str, Any]
) -> None:
    for row in city_facts.observations(city):
        place = city_facts.Place(row["document"], int(row["start"]), int(row["end"]))
        document = documents[place.document]
        dated = document.dated
        facts = {
            "value": Decimal(row["value"]),
            "precision": Decimal(row["precision"]),
            "bound": row["bound"],
            "qualifier": row["qualifier"],
            "basis": row["basis"],
            "vintage": dated.isoformat() if isinstance(dated, date) else "",
            "checked_by": "city data",
            **_at(documents, place),
        }
        Observation.objects.get_or_create(
            indicator=indicators[row["indicator"]],
            period=row["period"],
            comparator=row["comparator"],
            origin=f"text:{document.sha256}:{place.start}-{place.end}",
            defaults=facts | stated,
        )


def _reforms(city: str, documents: dict[str, Document], nodes: dict[str, Node], stated: dict[str, Any]) -> None:
    for row in city_facts.read(city, "reforms"):
        facts = {
            "label_zh": row["zh"],
            "label_en": row["en"],
            "level": row["level"],
            "pilot": row["pilot"],
            "since": row.get("since", ""),
            "node": nodes[row["node"]],
            **_at(documents, row["at"]),
        }
        reform, fresh = Reform.objects.get_or_create(code=row["code"], defaults=facts | stated)
        if fresh:
            Copy.objects.bulk_create(
                [Copy(reform=reform, place=p, since=y, reference=r, **stated) for p, y, r in city_facts.copies(row)]
            )
