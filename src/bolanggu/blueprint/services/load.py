"""Load (导入原文): a city brings its own texts; facts that were read from them then show their sentence."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from django.db import transaction

from bolanggu.blueprint.models import Document, LoadedText
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


class TextDiffers(ValueError):
    """A document key is taken by another text."""

    code = "text_differs"


@requires("blueprint", "load")
@transaction.atomic
def load(
    *, by: Actor, at: datetime, text: str, name: str, kind: str = "report", dated: date | None = None, key: str = ""
) -> LoadedText:
    """Keep a text. A document with the same SHA-256 gets its words; another one becomes a new document.

    Raises
    ------
    TextDiffers
        ``key`` names a document whose digest is another one.
    """
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document.objects.filter(sha256=digest).first()
    if document is None:
        own = key or digest[:12]
        if Document.objects.filter(key=own).exists():
            raise TextDiffers(f"document {own} has another SHA-256; leave the key out, or give another one")
        document = Document.objects.create(
            key=own,
            sha256=digest,
            name=name[:200],
            kind=kind,
            dated=dated,
            characters=len(text),
            source=by.source.value,
            stated_at=at,
        )
    loaded, fresh = LoadedText.objects.get_or_create(
        document=document, defaults={"text": text, "source": by.source.value, "stated_at": at}
    )
    if fresh:
        facts = {"sha256": digest, "characters": len(text)}
        outbox.write(kind="blueprint.text_loaded", subject=document.key, at=at, by=by, payload=facts)
    return loaded
