"""Steps of a declaration after drafting: send, inspect, release, settle, exempt, close."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bolanggu.market.customs.models import Declaration
from bolanggu.market.customs.services.storing import enter
from bolanggu.market.customs.workflow import must_follow
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


class NotSendable(ValueError):
    """A declaration whose findings forbid sending, or ask for a reason that nobody gave."""

    code = "not_sendable"


@requires("declaration", "send")
@transaction.atomic
def send(*, by: Actor, at: datetime, number: str, reason: str = "") -> Declaration:
    """Send a declaration to customs (申报). A verdict ``review`` needs the broker's signed reason.

    Raises
    ------
    NotSendable
        The verdict is ``refused``, or ``review`` without a reason.
    WrongState
        The declaration is not loaded.
    """
    declaration = _locked(number)
    if declaration.state == Declaration.State.DECLARED:
        return declaration
    if declaration.verdict == Declaration.Verdict.REFUSED:
        rules = ", ".join(sorted({row["rule"] for row in declaration.findings if row["effect"] == "refused"}))
        raise NotSendable(f"declaration {number} is refused by {rules}; amend it first")
    if declaration.verdict == Declaration.Verdict.REVIEW and not reason.strip():
        rules = ", ".join(sorted({row["rule"] for row in declaration.findings if row["effect"] != "note"}))
        raise NotSendable(f"declaration {number} needs review for {rules}; sign a reason to send it")
    declaration.reason = reason.strip()[:500]
    return _advance(declaration, Declaration.State.DECLARED, by=by, at=at, note=declaration.reason)


@requires("declaration", "inspect")
@transaction.atomic
def inspect(*, by: Actor, at: datetime, number: str, note: str = "") -> Declaration:
    """Customs opens the goods (查验)."""
    return _advance(_locked(number), Declaration.State.INSPECTING, by=by, at=at, note=note)


@requires("declaration", "release")
@transaction.atomic
def release(*, by: Actor, at: datetime, number: str, note: str = "") -> Declaration:
    """Customs releases the goods (放行); releasing again changes nothing."""
    declaration = _locked(number)
    if declaration.state == Declaration.State.RELEASED:
        return declaration
    return _advance(declaration, Declaration.State.RELEASED, by=by, at=at, note=note)


@requires("declaration", "settle")
@transaction.atomic
def settle(*, by: Actor, at: datetime, number: str, note: str = "") -> Declaration:
    """Record that the proceeds were received and settled (收结汇)."""
    return _advance(_locked(number), Declaration.State.SETTLED, by=by, at=at, note=note)


@requires("declaration", "exempt")
@transaction.atomic
def exempt(*, by: Actor, at: datetime, number: str, note: str = "") -> Declaration:
    """File the exemption return (免税申报) of a 1039 declaration."""
    return _advance(_locked(number), Declaration.State.EXEMPTED, by=by, at=at, note=note)


@requires("declaration", "close")
@transaction.atomic
def close(*, by: Actor, at: datetime, number: str, note: str = "") -> Declaration:
    """Close a declaration whose tax side is done."""
    return _advance(_locked(number), Declaration.State.CLOSED, by=by, at=at, note=note)


def _locked(number: str) -> Declaration:
    return Declaration.objects.select_for_update().defer("document").get(number=number, superseded=False)


def _advance(declaration: Declaration, state: str, *, by: Actor, at: datetime, note: str) -> Declaration:
    must_follow(declaration.number, declaration.state, state)
    declaration.state = state
    declaration.save(update_fields=["state", "reason"])
    enter([declaration], state, by=by, at=at, note=note[:500])
    payload = {"trade": declaration.trade, "mode": declaration.mode, "note": note}
    outbox.write(kind=f"declaration.{state}", subject=declaration.number, at=at, by=by, payload=payload)
    return declaration
