"""Steps of a declaration after drafting: send, release, settle, exempt, close."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from django.db import transaction

from bolanggu.engines.rules.book import Finding
from bolanggu.market.customs.afterwards import judge
from bolanggu.market.customs.models import Declaration, Inspection
from bolanggu.market.customs.planning import BEIJING
from bolanggu.market.customs.services.inspections import close_inspection
from bolanggu.market.customs.services.storing import advance, locked
from bolanggu.market.customs.workflow import WrongState
from bolanggu.platform.accounts.grants import Actor, requires


class NotExempt(ValueError):
    """A declaration whose goods do not enjoy the exemption, or whose return is late without a reason."""

    code = "not_exempt"


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
    declaration = locked(number)
    if declaration.state == Declaration.State.DECLARED:
        return declaration
    if declaration.verdict == Declaration.Verdict.REFUSED:
        rules = ", ".join(sorted({row["rule"] for row in declaration.findings if row["effect"] == "refused"}))
        raise NotSendable(f"declaration {number} is refused by {rules}; amend it first")
    if declaration.verdict == Declaration.Verdict.REVIEW and not reason.strip():
        rules = ", ".join(sorted({row["rule"] for row in declaration.findings if row["effect"] != "note"}))
        raise NotSendable(f"declaration {number} needs review for {rules}; sign a reason to send it")
    declaration.reason = reason.strip()[:500]
    return advance(declaration, Declaration.State.DECLARED, by=by, at=at, note=declaration.reason)


@requires("declaration", "release")
@transaction.atomic
def release(*, by: Actor, at: datetime, number: str, note: str = "") -> Declaration:
    """Customs releases the goods (放行); releasing again changes nothing.

    An inspection that is still open ends with the release as conforming.

    Raises
    ------
    WrongState
        The declaration is not declared, or its inspection found a difference: it is amended first.
    """
    declaration = locked(number)
    if declaration.state == Declaration.State.RELEASED:
        return declaration
    last = declaration.inspections.order_by("pk").last()
    if last is not None and last.concluded_at is None:
        close_inspection(last, Inspection.Outcome.CONFORMS, by=by, at=at)
    elif last is not None and last.outcome != Inspection.Outcome.CONFORMS:
        raise WrongState(f"declaration {number}: the inspection {last.outcome} ({last.found}); amend it first")
    return advance(declaration, Declaration.State.RELEASED, by=by, at=at, note=note)


@requires("declaration", "settle")
@transaction.atomic
def settle(*, by: Actor, at: datetime, number: str, note: str = "") -> Declaration:
    """Record that the proceeds were received and settled (收结汇)."""
    return advance(locked(number), Declaration.State.SETTLED, by=by, at=at, note=note)


@requires("declaration", "exempt")
@transaction.atomic
def exempt(*, by: Actor, at: datetime, number: str, note: str = "") -> Declaration:
    """File the exemption return (免税申报) of a 1039 declaration; a late one is filed with a reason in ``note``.

    Raises
    ------
    NotExempt
        A rule of the exemption does not hold (MP-020 to MP-024).
    WrongState
        The declaration is not settled, or not of mode 1039.
    """
    declaration = locked(number)
    findings = _return_findings(declaration, at)
    barring = [one for one in findings if one.effect == "refused" or (one.effect == "review" and not note.strip())]
    if declaration.mode == "1039" and barring:
        raise NotExempt(f"declaration {number}: " + "; ".join(f"{one.rule.id} {one.message}" for one in barring))
    return advance(declaration, Declaration.State.EXEMPTED, by=by, at=at, note=note)


def _return_findings(declaration: Declaration, at: datetime) -> list[Finding]:
    """Judge the exemption by what stands on the declaration, on the day of the return."""
    released = declaration.steps.filter(state=Declaration.State.RELEASED).order_by("pk").last()
    failed = {row["rule"] for row in declaration.findings if row["effect"] != "note"}
    return judge(
        "return",
        {
            "months_after_export": _months(released.stated_at, at) if released else None,
            "vat_output": Fraction(0),
            "vat_refund": Fraction(0),
            "value_usd_within_cap": "MP-002" not in failed,
            "recognised": "MP-004" not in failed or bool(declaration.reason),
            "entered_before_declaring": "MP-009" not in failed,
        },
        at.astimezone(BEIJING).date(),
        declaration.number,
    )


def _months(start: datetime, end: datetime) -> Fraction:
    """Calendar months between two instants, by the local day."""
    first, last = (moment.astimezone(BEIJING) for moment in (start, end))
    return Fraction((last.year - first.year) * 12 + last.month - first.month)


@requires("declaration", "close")
@transaction.atomic
def close(*, by: Actor, at: datetime, number: str, note: str = "") -> Declaration:
    """Close a declaration whose tax side is done."""
    return advance(locked(number), Declaration.State.CLOSED, by=by, at=at, note=note)
