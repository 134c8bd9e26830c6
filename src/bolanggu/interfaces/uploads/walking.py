"""Walking uploads: take the oldest one, run its trade to the end or the step wished, say what stopped it.

A worker that dies loses nothing: the trade's steps are each done once, and after a while, or when a worker starts on
the same machine, the upload is taken up again where it broke off.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import close_old_connections, transaction
from django.db.models import Q

from bolanggu.interfaces.uploads.models import Upload
from bolanggu.interfaces.uploads.services import file_of
from bolanggu.values.fault import Fault

HELD = timedelta(minutes=3)
IDLE_SECONDS = 0.5


def walk_all(*, worker: str, now: Callable[[], datetime], stop: Callable[[], bool]) -> None:
    """Walk uploads one after the other until ``stop``; waits a moment where there is none."""
    release(worker)
    while not stop():
        close_old_connections()
        upload = take(worker=worker, at=now())
        if upload is None:
            time.sleep(IDLE_SECONDS)
        else:
            walk(upload, now=now)


def release(worker: str) -> int:
    """Let go of what a worker of this name held when it died."""
    held = Upload.objects.filter(state=Upload.State.RUNNING, worker=worker)
    return held.update(state=Upload.State.WAITING, held_until=None)


def take(*, worker: str, at: datetime) -> Upload | None:
    """Take the oldest upload that waits or whose worker has not been heard of; None if there is none."""
    free = Q(state=Upload.State.WAITING) | Q(state=Upload.State.RUNNING, held_until__lt=at)
    if not Upload.objects.filter(free).exists():
        return None
    with transaction.atomic():
        found = Upload.objects.select_for_update().filter(free).order_by("handed_in_at", "pk").first()
        if found is None:
            return None
        found.state, found.worker, found.held_until = Upload.State.RUNNING, worker, at + HELD
        found.save(update_fields=["state", "worker", "held_until"])
    return found


def walk(upload: Upload, *, now: Callable[[], datetime]) -> None:
    """Run the trade of an upload and note how it ended."""
    from bolanggu.trade.papers import write_papers
    from bolanggu.trade.process import run
    from bolanggu.trade.starting import start_trade

    def hold(*_: object) -> None:
        Upload.objects.filter(pk=upload.pk).update(held_until=now() + HELD)

    try:
        at = upload.handed_in_at.replace(microsecond=0)
        request = start_trade(
            file_of(upload),
            to=upload.destination,
            depart_on=upload.depart_on,
            currency=upload.currency,
            key=upload.key,
            at=at,
            say=lambda _: None,
        )
        trade = run(request, at=at, until=upload.until or None, progress=hold)
        write_papers(trade)
        _end(upload, Upload.State.DONE)
    except Fault as fault:
        _end(upload, Upload.State.FAILED, str(fault))
    except Exception as error:
        _end(upload, Upload.State.FAILED, f"{type(error).__name__}: {error}")
        raise


def _end(upload: Upload, state: str, why: str = "") -> None:
    Upload.objects.filter(pk=upload.pk).update(state=state, why=why[:2000], held_until=None)
