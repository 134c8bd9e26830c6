"""Looks (查阅记录): what was shown of somebody's things to whom, noted by every route and told to its owners."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from bolanggu.platform.accounts.acting import VISITOR
from bolanggu.platform.accounts.grants import Actor
from bolanggu.platform.accounts.looking import note

#: things of somebody's; other things are everybody's, and looks at them are nobody's business
NOTED = frozenset({"trade", "order", "carton", "container", "declaration", "paper", "payment", "statement"})
#: the trade or shipment that a number begins with
_WHOLE = re.compile(r"([TS][A-Z2-7]{10})(?:-|$)")


def noted(request: HttpRequest, actor: Actor, thing: str, answer: Any, named: Mapping[str, Any]) -> None:
    """Note a look if the answer showed a thing of somebody's."""
    number = str(named.get("number") or named.get("sscc") or "")
    if request.method != "GET" or not number or thing not in NOTED or actor is VISITOR:
        return
    if getattr(answer, "status_code", 200) == 200:
        whole = _WHOLE.match(number)
        note(actor, thing, number, whole=whole[1] if whole else "", at=request.at)  # type: ignore[attr-defined]
