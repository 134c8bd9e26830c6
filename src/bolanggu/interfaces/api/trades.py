"""Endpoints of trades: hand a list in, follow its steps, read its dossier."""

from datetime import date
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Query, Router, Schema, Status, UploadedFile
from pydantic import Field

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.access.needs import actor_of, needs
from bolanggu.interfaces.api.problems import ALWAYS, Problem
from bolanggu.interfaces.api.shapes import DossierShape, ProgressShape, TradePage, TradeShape
from bolanggu.interfaces.uploads.models import Upload
from bolanggu.interfaces.uploads.services import Wishes, hand_in
from bolanggu.interfaces.web.trades import papers, progress
from bolanggu.platform.accounts.grants import Actor, may
from bolanggu.trade.marks import steps_done
from bolanggu.trade.models import Trade

router = Router(tags=["trades"])

#: part of the dossier → the grant it needs
PARTS = {
    "lines": ("order", "read"),
    "orders": ("order", "read"),
    "agreement": ("order", "read"),
    "faults": ("order", "read"),
    "containers": ("container", "read"),
    "leftovers": ("container", "read"),
    "declarations": ("declaration", "read"),
    "routes": ("route", "read"),
    "money": ("payment", "read"),
    "ledger": ("payment", "read"),
}
#: parts of ``money`` that show what others are paid
OTHERS_MONEY = ("payouts", "charges", "deals")


class HandInForm(Schema):
    """Wishes beside the list."""

    destination: str = Field(max_length=8, description="UN/LOCODE or IATA code", examples=["ESBCN"])
    currency: str = Field("USD", pattern="^[A-Z]{3}$", description="ISO 4217; the buyer pays in it")
    depart_on: date | None = Field(None, description="not before this day")
    until: str = Field("", max_length=16, description="stop after this step; empty for all")
    key: str = Field("", max_length=100, description="the same key is the same trade; empty makes one from the list")


class PageOf(Schema):
    """Which part of a listing."""

    offset: int = Field(0, ge=0, le=10_000_000)
    limit: int = Field(50, ge=1, le=200)


@router.get("", response={200: TradePage, **ALWAYS}, summary="Trades, the newest first")
@needs("trade", "read")
def listed(request: HttpRequest, page: Query[PageOf]) -> Any:
    """Trades the key's role may see."""
    trades = whose.trades(actor_of(request)).order_by("-stated_at", "-pk")
    rows = list(trades.select_related("buyer")[page.offset : page.offset + page.limit])
    found = {u.trade: u for u in Upload.objects.filter(trade__in=[trade.number for trade in rows])}
    shapes = [_of_trade(trade, found.get(trade.number)) for trade in rows]
    return {"trades": shapes, "count": trades.count(), "offset": page.offset}


@router.post("", response={202: TradeShape, 409: Problem, **ALWAYS}, summary="Hand a purchase list in")
@needs("trade", "open")
def open_by_upload(request: HttpRequest, wishes: Form[HandInForm], purchase_list: File[UploadedFile]) -> Any:
    """CSV or XLSX with at least ``description`` and ``quantity``. The trade is walked in the background."""
    import hashlib

    content = purchase_list.read()
    made = hand_in(
        by=actor_of(request),
        at=request.at,  # type: ignore[attr-defined]
        name=purchase_list.name or "list",
        content=content,
        wishes=Wishes(wishes.destination, wishes.depart_on, wishes.currency, wishes.until),
        key=wishes.key or f"list:{hashlib.sha256(content).hexdigest()}:{wishes.destination}",
    )
    return Status(202, _of_upload(made))


@router.get("/{number}", response={200: DossierShape, **ALWAYS}, summary="The dossier of a trade")
@needs("trade", "read")
def one(request: HttpRequest, number: str) -> Any:
    """What the command line prints for the trade, without the parts the role may not read."""
    from bolanggu.trade.dossier import dossier

    actor = actor_of(request)
    body = msgspec.json.encode(visible(actor, dossier(whose.trade(actor, number))))
    return HttpResponse(body, content_type="application/json; charset=utf-8")


@router.get("/{number}/steps", response={200: ProgressShape, **ALWAYS}, summary="How far a trade has come")
@needs("trade", "read")
def steps(request: HttpRequest, number: str) -> Any:
    """The twelve steps, each done, running or to come."""
    found = progress.of(actor_of(request), number)
    upload = found["upload"]
    state, why = (upload.state, upload.why) if upload else ("done", "")
    return {"id": number, "state": state, "why": why, "steps": found["steps"]}


def visible(actor: Actor, document: dict[str, Any]) -> dict[str, Any]:
    """The parts of a dossier that an actor may read; paths on this machine are nobody's."""
    kept = {name: part for name, part in document.items() if name not in PARTS or may(actor, *PARTS[name])}
    if kept.get("money") and not may(actor, "payout", "read"):
        kept["money"] = {name: part for name, part in kept["money"].items() if name not in OTHERS_MONEY}
    mine = papers.of_trade(actor, document["trade_id"])
    kept["documents"] = [{name: fact for name, fact in paper.items() if name != "path"} for paper in mine]
    kept.pop("key", None)
    return kept


def _of_trade(trade: Trade, upload: Upload | None) -> dict[str, Any]:
    return {
        "id": trade.number,
        "state": upload.state if upload else "done",
        "why": upload.why if upload else "",
        "destination": trade.destination,
        "currency": trade.currency,
        "depart_on": trade.depart_on,
        "buyer": trade.buyer.number,
        "opened_at": trade.stated_at,
        "steps_done": steps_done([trade.number])[trade.number],
        "source": trade.source,
    }


def _of_upload(upload: Upload) -> dict[str, Any]:
    trade = Trade.objects.filter(number=upload.trade).select_related("buyer").first()
    if trade is not None:
        return _of_trade(trade, upload)
    return {
        "id": upload.trade,
        "state": upload.state,
        "why": upload.why,
        "destination": upload.destination,
        "currency": upload.currency,
        "depart_on": upload.depart_on,
        "opened_at": upload.handed_in_at,
        "steps_done": 0,
        "source": "person",
    }
