"""Walks that an actor may see: a trace in which other people's things are left out and counted."""

from __future__ import annotations

from typing import Any

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.access.needs import NotYours
from bolanggu.platform.accounts.grants import Actor
from bolanggu.trade.tracing import UnknownThing, trace


def walk(actor: Actor, number: str) -> dict[str, Any]:
    """Trace a thing. What belongs to trades of others is left out; ``hidden`` counts it in each direction.

    Raises
    ------
    NotYours
        No such thing, or none of what it came from is the actor's.
    """
    try:
        found = trace(number)
    except UnknownThing:
        raise NotYours(f"nothing goes by {number} among yours") from None
    ids = {step["id"] for direction in ("back", "forward") for step in found[direction]} | {found["id"]}
    hidden = whose.hidden(actor, ids)
    if not actor.everywhere and not _has_own(found, hidden):
        raise NotYours(f"nothing goes by {number} among yours")
    shown = {way: [step for step in found[way] if step["id"] not in hidden] for way in ("back", "forward")}
    return found | shown | {"hidden": {way: len(found[way]) - len(shown[way]) for way in shown}}


def _has_own(found: dict[str, Any], hidden: set[str]) -> bool:
    """True if the thing itself, or some line or carton it came from, belongs to a trade the actor sees."""
    own = set(whose.trade_of([found["id"], *(step["id"] for step in found["back"])])) - hidden
    return bool(own)
