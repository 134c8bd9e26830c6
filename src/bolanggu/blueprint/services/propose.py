"""Propose (提出修订): a set of changes, read out of a loaded text or written by a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bolanggu.blueprint.differences import Line, Standing, lines
from bolanggu.blueprint.models import Change, Document, Indicator, LoadedText, Node, Observation, Proposal, Target
from bolanggu.blueprint.selectors import stated_values
from bolanggu.engines import figures
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


class TextNotLoaded(LookupError):
    """The text of the document is not here; load it first."""

    code = "text_not_loaded"


def read_changes(document: Document) -> list[Line]:
    """What the loaded text of ``document`` would change.

    Raises
    ------
    TextNotLoaded
        The city has not loaded the text.
    """
    loaded = LoadedText.objects.filter(document=document).first()
    if loaded is None:
        raise TextNotLoaded(f"the text of {document.key} is not loaded; load the file with that SHA-256 first")
    reading = figures.read(loaded.text, document.dated)
    vintage = document.dated.isoformat() if document.dated else ""
    return lines(reading, _standing(document), document.kind, vintage)


def _standing(document: Document) -> Standing:
    labels: dict[str, dict[str, str]] = {}
    for node in Node.objects.filter(state=Node.State.STANDING):
        labels.setdefault(node.kind, {})[node.code] = node.label_zh
    given: list[Node | Target] = [*Node.objects.filter(document=document), *Target.objects.filter(document=document)]
    spans = Observation.objects.filter(document=document).values_list("indicator__code", "start", "end")
    return Standing(
        indicators=_indicators(),
        values=stated_values(without=document),
        labels=labels,
        spans=[(one.start or 0, one.end or 0, one.code) for one in given],
        read=[(code, start or 0, end or 0) for code, start, end in spans],
    )


def _indicators() -> dict[tuple[str, str, str], str]:
    """(name, growth or nothing, unit) → code; a growth goes by the names of the level it belongs to."""
    known: dict[tuple[str, str, str], str] = {}
    listed = list(Indicator.objects.order_by("pk"))
    names = {one.code: [one.label_zh, *one.names] for one in listed}
    for one in listed:
        growth = one.nature == Indicator.Nature.RATE and bool(one.base)
        for name in names.get(one.base, [one.base]) if growth else names[one.code]:
            known.setdefault((name, "growth" if growth else "", one.unit), one.code)
    return known


@requires("blueprint", "propose")
@transaction.atomic
def propose(
    *, by: Actor, at: datetime, number: str, changes: Sequence[Line], document: Document | None = None
) -> Proposal:
    """Put changes up for review; the same number again returns the proposal that stands."""
    standing = Proposal.objects.filter(number=number).first()
    if standing is not None:
        return standing
    made = Proposal.objects.create(
        number=number, document=document, proposed_by=by.name, source=by.source.value, stated_at=at
    )
    Change.objects.bulk_create(
        [
            Change(
                proposal=made,
                position=position,
                act=line.act,
                thing=line.thing,
                code=line.code[:64],
                before=line.before,
                after=line.after,
                note=line.note,
            )
            for position, line in enumerate(changes, 1)
        ],
        batch_size=500,
    )
    facts = {"changes": len(changes), "document": document.key if document else None}
    outbox.write(kind="blueprint.proposed", subject=number, at=at, by=by, payload=facts)
    return made
