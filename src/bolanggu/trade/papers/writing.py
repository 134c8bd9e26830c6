"""Writing the papers: issued from the facts as they stand, sealed, and laid out in a folder with an index page."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from bolanggu.market.documents import selectors as documents
from bolanggu.market.documents.forms import Form
from bolanggu.market.documents.setting import Issue
from bolanggu.platform.journal import selectors as journal
from bolanggu.platform.seals import Journal, Paper, seal
from bolanggu.platform.seals.house import house_key
from bolanggu.trade.dossier import dossier
from bolanggu.trade.models import Trade
from bolanggu.trade.papers.drafts import Draft, drafts_of, plain_draft
from bolanggu.trade.papers.files import lay_out, place_of, write
from bolanggu.trade.papers.issuing import issue_papers
from bolanggu.trade.papers.listing import listed
from bolanggu.trade.papers.view import view_of


def write_papers(trade: Trade, out: Path | None = None, *, reason: str = "") -> dict[str, Any]:
    """Issue the papers of a trade, lay them out, and return the dossier that names them.

    Papers whose facts changed become new versions; the versions before stay in the store, superseded with ``reason``
    or, without one, with what changed. The same facts give the same files to the byte.

    Parameters
    ----------
    out
        The folder to lay the papers out in; the trade's folder in the home if none is named.

    Raises
    ------
    Fault
        The folder cannot be written; what was written before stays whole.
    """
    folder = (out or documents.store() / trade.number).resolve()
    document = dossier(trade)
    at = datetime.fromisoformat(document["steps"][-1]["at"])
    if document["orders"]:
        view = view_of(document)
        issue_papers(trade, [*drafts_of(trade), _summary(trade, view, at)], at=at, reason=reason)
        issue_papers(trade, [_page(trade, view, at)], at=at, reason=reason)
    standing, replaced = documents.of_trade(trade.number), documents.superseded(trade.number)
    lay_out(folder, standing, replaced)
    write(folder / "issuer.json", _sealed(trade, "issuer", house_key().published().encode(), at))
    document["documents"] = [row | {"path": str(folder / place_of(row))} for row in standing]
    document["superseded_documents"] = [row | {"path": str(folder / place_of(row))} for row in replaced]
    plain = (json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n").encode()
    whole = _sealed(trade, "dossier", plain, at)
    write(folder / "dossier.json", whole)
    document["documents"] = [*document["documents"], _entry(trade, folder / "dossier.json", whole)]
    return document


def _summary(trade: Trade, view: dict[str, Any], at: datetime) -> Draft:
    def make(issue: Issue) -> bytes:
        from bolanggu.market.documents.typesetting import pdf

        return pdf("trade_summary", view, at=issue.at)

    return plain_draft(trade.number, "trade_summary", "trade_summary", view, at, Form("pdf", "both", make))


def _page(trade: Trade, view: dict[str, Any], at: datetime) -> Draft:
    shown = view | {"papers": listed(trade.number)}

    def make(issue: Issue) -> bytes:  # noqa: ARG001 - a page tells of the papers, not of itself
        from django.template.loader import render_to_string

        return render_to_string("trade/dossier.html", shown).encode()

    return plain_draft(trade.number, "dossier_page", "index", shown, at, Form("html", "both", make))


def _sealed(trade: Trade, kind: str, content: bytes, at: datetime) -> bytes:
    """A file beside the papers, sealed: the dossier, which cannot name its own digest, and the public key."""
    paper = Paper(f"{trade.number}-{kind}", kind, 1, "both", trade.number)
    place = Journal(*journal.last_of(trade.number))
    return seal(content, paper=paper, at=at.isoformat(), journal=place, key=house_key())[0]


def _entry(trade: Trade, file: Path, content: bytes) -> dict[str, Any]:
    return {
        "id": f"{trade.number}-dossier",
        "version": 1,
        "kind": "dossier",
        "path": str(file),
        "media_type": "application/json",
        "sha256": hashlib.sha256(content).hexdigest(),
    }
