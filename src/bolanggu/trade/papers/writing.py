"""Writing the papers: made from the database, written beside their place and renamed, recorded with their digest."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from bolanggu.market.documents import selectors as documents
from bolanggu.market.documents.services import issue
from bolanggu.settings import home
from bolanggu.trade.dossier import dossier
from bolanggu.trade.models import Trade
from bolanggu.trade.papers.view import view_of
from bolanggu.trade.world.cast import WORLD
from bolanggu.values.fault import Fault


def write_papers(trade: Trade, out: Path | None = None) -> dict[str, Any]:
    """Write the papers of a trade and return the dossier that names them.

    Raises
    ------
    Fault
        The folder cannot be written; what was written before stays whole.
    """
    folder = (out or home() / "papers" / trade.number).resolve()
    document = dossier(trade)
    at = datetime.fromisoformat(document["steps"][-1]["at"])
    if document["orders"]:
        view = view_of(document)
        _issue(trade, at, folder / "trade_summary.pdf", "trade_summary", "application/pdf", _pdf(view, at))
        _issue(trade, at, folder / "index.html", "dossier_page", "text/html", _html(view))
    document["documents"] = documents.of_trade(trade.number)
    whole = json.dumps(document, ensure_ascii=False, indent=1, default=str).encode()
    _write(folder / "dossier.json", whole)
    document["documents"] = [*document["documents"], _entry(trade, folder / "dossier.json", whole)]
    return document


def _entry(trade: Trade, file: Path, content: bytes) -> dict[str, Any]:
    """The dossier names itself in the answer only: a file cannot hold its own digest."""
    return {
        "id": f"{trade.number}-dossier",
        "version": 1,
        "kind": "dossier",
        "path": str(file),
        "media_type": "application/json",
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _pdf(view: dict[str, Any], at: datetime) -> bytes:
    from bolanggu.market.documents.typesetting import pdf

    return pdf("trade_summary", view, at=at)


def _html(view: dict[str, Any]) -> bytes:
    from django.template.loader import render_to_string

    return render_to_string("trade/dossier.html", view).encode()


def _issue(trade: Trade, at: datetime, file: Path, kind: str, media_type: str, content: bytes) -> None:
    _write(file, content)
    with transaction.atomic():
        Trade.objects.select_for_update().get(pk=trade.pk)  # one at a time: versions have no gaps and no doubles
        _record(trade, at, file, kind, media_type, content)


def _record(trade: Trade, at: datetime, file: Path, kind: str, media_type: str, content: bytes) -> None:
    issue(
        by=WORLD,
        at=at,
        trade=trade.number,
        number=f"{trade.number}-{kind}",
        kind=kind,
        file=str(file),
        media_type=media_type,
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _write(file: Path, content: bytes) -> None:
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(file)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.EPERM}:
            raise Fault(str(file), f"cannot be written: {error.strerror}; name another folder with --out") from None
        raise
