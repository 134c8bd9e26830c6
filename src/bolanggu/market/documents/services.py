"""Issue a paper: its digest is recorded; the same content again is the same version."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from bolanggu.market.documents.models import Document
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


@requires("paper", "issue")
@transaction.atomic
def issue(
    *, by: Actor, at: datetime, trade: str, number: str, kind: str, file: str, media_type: str, sha256: str
) -> Document:
    """Record an issued paper. Changed content becomes the next version; the versions before it stay."""
    standing = Document.objects.filter(number=number).order_by("-version").first()
    if standing is not None and standing.sha256 == sha256 and standing.file == file:
        return standing
    last = Document.objects.filter(number=number).aggregate(Max("version"))["version__max"] or 0
    made = Document.objects.create(
        number=number,
        version=last + 1,
        kind=kind,
        trade=trade,
        file=file,
        media_type=media_type,
        sha256=sha256,
        source=by.source.value,
        stated_at=at,
    )
    outbox.write(
        kind="paper.issued", subject=number, at=at, by=by, payload={"kind": kind, "version": last + 1, "sha256": sha256}
    )
    return made
