"""Clock (办理时间): when an act of a person takes place in the story of a trade.

The simulated world runs ahead of the calendar: a list handed in today has its goods made and shipped within seconds,
dated weeks ahead. What a person then does to such a trade takes place after what happened to it last, not before.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest

from bolanggu.market.customs.models import Step
from bolanggu.trade.marks import marks_of
from bolanggu.trade.models import Trade


def of_trade(request: HttpRequest, number: str) -> datetime:
    """Now, or the time of the trade's last step where that is later."""
    trade = Trade.objects.filter(number=number).first()
    return _latest(request, [mark.at for mark in marks_of(trade)] if trade else [])


def of_declaration(request: HttpRequest, number: str) -> datetime:
    """Now, or the time of the declaration's last step where that is later."""
    steps = Step.objects.filter(declaration__number=number)
    return _latest(request, steps.values_list("stated_at", flat=True))


def _latest(request: HttpRequest, times: Iterable[datetime]) -> datetime:
    now: datetime = request.at  # type: ignore[attr-defined]
    return max([now, *times])
