"""Assign (定值): a person names indicator and value of a target that had no number; who and when is kept."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from bolanggu.blueprint.models import Indicator, Target
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


class TargetHasNumber(ValueError):
    """The document itself gives the target a number; a person cannot put another in its place."""

    code = "target_has_number"


@requires("blueprint", "assign")
@transaction.atomic
def assign(
    *,
    by: Actor,
    at: datetime,
    target: str,
    indicator: str,
    value: Decimal,
    base_value: Decimal | None = None,
    base_period: str = "",
) -> Target:
    """Name what a directional target is measured by.

    Raises
    ------
    TargetHasNumber
        The target has a number that no person assigned.
    """
    found = Target.objects.select_for_update().get(code=target)
    if found.value is not None and not found.assigned_by:
        raise TargetHasNumber(f"target {target} has the number {found.value.normalize():f} from its document")
    found.indicator = Indicator.objects.get(code=indicator)
    found.value, found.base_value, found.base_period = value, base_value, base_period
    found.assigned_by, found.assigned_at = by.name, at
    found.save()
    facts = {"indicator": indicator, "value": str(value), "base": str(base_value), "base_period": base_period}
    outbox.write(kind="blueprint.target_assigned", subject=target, at=at, by=by, payload=facts)
    return found
