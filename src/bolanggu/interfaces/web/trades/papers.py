"""Papers of a trade: downloaded as they were issued; one whose file is gone or changed is made again first."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.access.needs import NotYours, actor_of, needs
from bolanggu.market.documents import selectors as documents
from bolanggu.market.documents.types import TYPES
from bolanggu.platform.accounts.grants import Actor, may
from bolanggu.trade.models import Trade

#: papers that show what each merchant was paid; whoever may not read payouts does not get them
WITH_PAYOUTS = frozenset({"trade_summary", "dossier_page", "dossier"})


def of_trade(actor: Actor, number: str) -> list[dict[str, Any]]:
    """The newest papers of a trade that the actor may have."""
    if not may(actor, "paper", "read"):
        return []
    return [paper for paper in documents.of_trade(number) if _open_to(actor, paper["kind"])]


def _open_to(actor: Actor, kind: str) -> bool:
    """True if the actor may read what a kind of paper tells of: payouts, payments, declarations."""
    needed = "payout" if kind in WITH_PAYOUTS else TYPES[kind].needs if kind in TYPES else ""
    return not needed or may(actor, needed, "read")


@require_safe
@needs("paper", "read")
def download(request: HttpRequest, number: str, paper: str) -> HttpResponse:
    """One paper as a file."""
    actor = actor_of(request)
    trade = whose.trade(actor, number)
    found = next((one for one in of_trade(actor, number) if one["id"] == paper), None)
    if found is None:
        raise NotYours(f"there is no paper {paper} among yours")
    content = _content(trade, found)
    name = Path(found["path"]).name
    shown = {"Content-Disposition": f'attachment; filename="{number}-{name}"', "X-Digest-SHA256": found["sha256"]}
    return HttpResponse(content, content_type=found["media_type"], headers=shown)


def _content(trade: Trade, paper: dict[str, Any]) -> bytes:
    content = _read(paper)
    if content is None:
        from bolanggu.trade.papers import write_papers

        write_papers(trade)
        again = next(one for one in documents.of_trade(trade.number) if one["id"] == paper["id"])
        paper.update(again)
        content = _read(again)
    if content is None:
        raise NotYours(f"paper {paper['id']} cannot be made again")
    return content


def _read(paper: dict[str, Any]) -> bytes | None:
    """The file's bytes if they are those that were issued."""
    file = Path(paper["path"])
    if not file.is_file():
        return None
    content = file.read_bytes()
    return content if hashlib.sha256(content).hexdigest() == paper["sha256"] else None
