"""Handing a list in: checked at once, kept as a file, walked later by a worker. The same key is the same list."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from bolanggu.interfaces.uploads.models import Upload
from bolanggu.market.settlement import rates
from bolanggu.market.transport.places import find
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.settings import home
from bolanggu.trade.opening import KeyInUse
from bolanggu.trade.process import STEPS
from bolanggu.trade.request import TradeRequest, ask, check_departure
from bolanggu.values.fault import Fault

MOST_BYTES = 10 * 1024 * 1024
KINDS = (".csv", ".xlsx")


@dataclass(frozen=True, slots=True)
class Wishes:
    """Where to, not before which day, in whose currency, and after which step to stop (empty: none)."""

    destination: str
    depart_on: date | None = None
    currency: str = "USD"
    until: str = ""


@requires("trade", "open")
def hand_in(*, by: Actor, at: datetime, name: str, content: bytes, wishes: Wishes, key: str) -> Upload:
    """Check a list and keep it for the worker; the same key with the same list and wishes returns what stands.

    Parameters
    ----------
    name
        The file's name; its ending tells CSV from XLSX.
    key
        Of the caller's choice; keys of different users never meet.

    Raises
    ------
    Fault
        The list or a wish cannot be used; names file, row and column.
    KeyInUse
        The key stands for another list or other wishes.
    """
    wishes = _checked(wishes, at)
    file = _kept(Path(name).name, content)
    request = _request(file, wishes, f"{by.name}:{key}")
    if not Upload.objects.filter(key=request.key).exists():
        check_departure(request, at)
    with transaction.atomic():
        made, fresh = Upload.objects.get_or_create(
            key=request.key, defaults=_row(by, at, file, content, wishes, request)
        )
        if fresh:
            outbox.write(kind="list.handed_in", subject=made.trade, at=at, by=by, payload={"sha256": made.sha256})
    given = (made.sha256, made.destination, made.depart_on, made.currency, made.until)
    if given != (_digest(content), wishes.destination, wishes.depart_on, wishes.currency, wishes.until):
        raise KeyInUse("key", f'"{key}" stands for another list or other wishes; choose a new key')
    return made


def file_of(upload: Upload) -> Path:
    """Where the list of an upload lies."""
    return _folder(upload.sha256) / upload.list_name


def _checked(wishes: Wishes, at: datetime) -> Wishes:
    """The wishes in the form that all else uses."""
    currency = wishes.currency.strip().upper()
    rates.on(at.date()).between(currency, "CNY")
    if wishes.until and wishes.until not in STEPS:
        raise Fault("until", f"there is no step {wishes.until}; the steps are {', '.join(STEPS)}")
    return Wishes(find(wishes.destination).code, wishes.depart_on, currency, wishes.until)


def _kept(name: str, content: bytes) -> Path:
    if Path(name).suffix.lower() not in KINDS:
        raise Fault(name or "list", f"is not a list this reads; hand in {' or '.join(KINDS)}")
    if len(content) > MOST_BYTES:
        raise Fault(name, f"has {len(content):,} bytes; at most {MOST_BYTES:,} are taken")
    folder = _folder(_digest(content))
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / _short(name)
    if not file.exists():
        fresh = folder / f".{os.getpid()}"
        fresh.write_bytes(content)
        fresh.replace(file)
    return file


def _short(name: str) -> str:
    """A name that any file system takes: letters and digits of all scripts, dot, blank, hyphen."""
    stem, suffix = Path(name).stem, Path(name).suffix.lower()
    kept = "".join(sign if sign.isalnum() or sign in "-_ ." else "_" for sign in stem).strip(" .")
    return (kept[:60] or "list") + suffix


def _request(file: Path, wishes: Wishes, key: str) -> TradeRequest:
    return ask(
        file,
        destination=wishes.destination,
        depart_on=wishes.depart_on,
        currency=wishes.currency,
        key=key[:200],
        catalogue="",
    )


def _row(
    by: Actor, at: datetime, file: Path, content: bytes, wishes: Wishes, request: TradeRequest
) -> dict[str, object]:
    return {
        "trade": request.number,
        "by": by.name,
        "party": min(by.parties, default=""),
        "list_name": file.name,
        "sha256": _digest(content),
        "destination": wishes.destination,
        "depart_on": wishes.depart_on,
        "currency": wishes.currency,
        "until": wishes.until,
        "handed_in_at": at,
    }


def _folder(sha256: str) -> Path:
    return home() / "uploads" / sha256


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
