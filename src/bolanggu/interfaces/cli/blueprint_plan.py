"""Commands of ``bolanggu blueprint`` that work on the plan itself: load, tree, propose, review, accept, measure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

AsJson = Annotated[bool, typer.Option("--json", help="one JSON document on stdout")]
By = Annotated[str, typer.Option("--by", help="name of the person who does it")]
Number = Annotated[str, typer.Argument(help="number of the proposal")]


def load(
    files: Annotated[list[Path], typer.Argument(help="texts of the city's published documents")],
    kind: Annotated[str, typer.Option(help="communique, release, report, newspaper or speech")] = "report",
    published: Annotated[datetime | None, typer.Option(help="day of publication", formats=["%Y-%m-%d"])] = None,
    by: By = "planning office",
    as_json: AsJson = False,
) -> None:
    """Load texts of this city: facts that were read from them then show their sentence."""
    from bolanggu.engines.figures.document import load as text_of
    from bolanggu.interfaces.cli.output import bad_input, emit, stop

    if kind not in {"communique", "release", "report", "newspaper", "speech"}:
        stop(f"--kind: {kind} is not one of communique, release, report, newspaper, speech")
    with bad_input():
        texts = [(file, text_of(file)) for file in files]
        actor, at = _ready(by)
        from bolanggu.blueprint import services

        dated = published.date() if published else None
        loaded = [services.load(by=actor, at=at, text=t, name=f.name, kind=kind, dated=dated) for f, t in texts]
    rows = [{"document": one.document.key, "name": one.document.name, "sha256": one.document.sha256} for one in loaded]
    emit({"documents": rows}, as_json, lambda d: "\n".join(f"{r['document']}  {r['name']}" for r in d["documents"]))


def tree(as_json: AsJson = False) -> None:
    """Print the plan with its indicators, targets and where each stands."""
    from bolanggu.interfaces.cli.output import bad_input, emit

    with bad_input():
        _ready("planning office")
        from bolanggu.blueprint import selectors

        boxes = [_box(node) for node in selectors.tree()]
        targets = [_target(target, pace) for target, pace in selectors.targets()]
        document = {"tree": boxes, "targets": targets, "reporting": selectors.reporting()}
    emit(document, as_json, _drawn)


def _box(node: Any) -> dict[str, Any]:
    return {
        "code": node.code,
        "kind": node.kind,
        "level": node.level,
        "zh": node.label_zh,
        "en": node.label_en,
        "indicators": node.n_indicators,
        "targets": node.n_targets,
        "source": node.document and {"sha256": node.document.sha256, "start": node.start, "end": node.end},
    }


def _target(target: Any, pace: Any) -> dict[str, Any]:
    return {
        "code": target.code,
        "node": target.node.code,
        "by": target.by,
        "zh": target.label_zh,
        "en": target.label_en,
        "state": pace.state.value,
        "done": pace.done,
        "time_gone": pace.gone,
        "why": pace.why,
    }


def _drawn(document: dict[str, Any]) -> str:
    lines = [f"{'  ' * b['level']}{b['zh']}  {b['en']}  [{b['kind']}]" for b in document["tree"]]
    lines += [f"{t['by']}  {t['zh']}  {t['en']}: {t['state']}" for t in document["targets"]]
    return "\n".join(lines)


def propose(
    document: Annotated[str, typer.Argument(help="key of a loaded document")],
    number: Annotated[str, typer.Option(help="number of the proposal")] = "",
    by: By = "planning office",
    as_json: AsJson = False,
) -> None:
    """Propose what a loaded text would change in the tree, line by line."""

    def act(services: Any, actor: Any, at: datetime) -> Any:
        from bolanggu.blueprint.models import Document

        found = Document.objects.get(key=document)
        changes = services.read_changes(found)
        return services.propose(by=actor, at=at, number=number or f"P-{document}", changes=changes, document=found)

    _answer(by, as_json, act)


def review(
    number: Number,
    drop: Annotated[str, typer.Option(help="lines to drop, such as 3,5")] = "",
    by: By = "planning office",
    as_json: AsJson = False,
) -> None:
    """Keep every line of a proposal but those to drop."""
    from bolanggu.interfaces.cli.output import stop

    parts = [part.strip() for part in drop.split(",") if part.strip()]
    if not all(part.isdigit() for part in parts):
        stop(f"--drop: {drop!r} is no list of line numbers; write 3,5")
    _answer(
        by,
        as_json,
        lambda services, actor, at: services.review(by=actor, at=at, number=number, drop=[int(part) for part in parts]),
    )


def accept(number: Number, by: By, as_json: AsJson = False) -> None:
    """Accept a reviewed proposal; another person than the one who proposed it."""
    _answer(by, as_json, lambda services, actor, at: services.accept(by=actor, at=at, number=number))


def measure(
    periods: Annotated[list[str] | None, typer.Argument(help="such as 2026 or 2026-11; all when left out")] = None,
    as_json: AsJson = False,
) -> None:
    """Measure the declared indicators from the city's own records."""
    from bolanggu.interfaces.cli.output import bad_input, emit

    with bad_input():
        actor, at = _ready("planning office")
        from bolanggu.blueprint import services

        with _refusals():
            made = services.measure(by=actor, at=at, periods=periods or [])
    rows = [
        {
            "indicator": o.indicator.code,
            "period": o.period,
            "value": float(o.value),
            "records": o.records,
            "source": o.source,
        }
        for o in made
    ]
    emit(
        {"values": rows},
        as_json,
        lambda d: (
            "\n".join(
                f"{r['indicator']}  {r['period']}  {r['value']:g}  from {r['records']} records, {r['source']}"
                for r in d["values"]
            )
            or "nothing changed"
        ),
    )


def _answer(by: str, as_json: bool, act: Callable[[Any, Any, datetime], Any]) -> None:
    """Do one act on a proposal and print how it stands."""
    from bolanggu.interfaces.cli.output import bad_input, emit

    with bad_input():
        actor, at = _ready(by)
        from bolanggu.blueprint import services

        with _refusals():
            proposal = act(services, actor, at)
        lines = proposal.changes.order_by("position").values(
            "position", "act", "thing", "code", "note", "verdict", "after"
        )
        document = {"number": proposal.number, "state": proposal.state, "lines": list(lines)}
    emit(document, as_json, _listed)


def _listed(document: dict[str, Any]) -> str:
    rows = [
        f"{r['position']:>4} {r['verdict']:<4} {r['act']} {r['thing']} {r['code']}  {_said(r['after'])}  {r['note']}"
        for r in document["lines"]
    ]
    return "\n".join([f"{document['number']}: {document['state']}", *rows])


def _said(after: dict[str, Any]) -> str:
    return str(after.get("value") or after.get("label_zh") or "")


class _refusals:  # noqa: N801 - reads as a phrase in a with statement
    """Turn what a service refuses into bad input."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        from django.core.exceptions import ObjectDoesNotExist

        from bolanggu.interfaces.cli.output import stop

        if isinstance(error, ObjectDoesNotExist) or getattr(error, "code", None):
            stop(str(error))


def _ready(name: str) -> tuple[Any, datetime]:
    """Start; a fresh home gets the city's blueprint first. Answer the acting person and the time."""
    from bolanggu.interfaces.cli.django_setup import start

    start()
    from bolanggu.blueprint.services import adopt
    from bolanggu.platform.accounts.grants import Actor

    actor = Actor(name, frozenset({"planner"}))
    at = datetime.now(UTC)
    adopt(by=actor, at=at)
    return actor, at
