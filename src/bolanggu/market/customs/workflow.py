"""The workflow (流程): which state follows which, and when the next step is due."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bolanggu.data import read_yaml
from bolanggu.market.customs.planning import BEIJING


class WrongState(ValueError):
    """A declaration is not in the state that the act needs."""

    code = "wrong_state"


def _states() -> dict[str, Any]:
    states: dict[str, Any] = read_yaml("rules/declaration_workflow.yaml")["states"]
    return states


def must_follow(number: str, state: str, following: str) -> None:
    """Refuse a step that skips or reverses the order.

    Raises
    ------
    WrongState
        ``following`` may not come after ``state``.
    """
    allowed = _states()[state]["next"]
    if following not in allowed:
        raise WrongState(f"declaration {number} is {state}; next may come {' or '.join(allowed) or 'nothing'}")


def due_at(state: str, at: datetime) -> datetime | None:
    """Tell when the step after ``state`` is due; None where no clock runs."""
    row = _states()[state]
    if row.get("hours"):
        return at + timedelta(hours=row["hours"])
    months = row.get("month_end_after_export")
    return _month_end(at, months) if months else None


def _month_end(at: datetime, months: int) -> datetime:
    local = at.astimezone(BEIJING)
    index = local.year * 12 + local.month - 1 + months + 1
    return datetime(index // 12, index % 12 + 1, 1, tzinfo=BEIJING)
