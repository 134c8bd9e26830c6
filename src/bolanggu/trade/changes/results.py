"""Results (步骤结果) of shipments: stated anew as the next version; the one before is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bolanggu.platform import versions
from bolanggu.platform.accounts.grants import Actor
from bolanggu.trade.changes.scene import Stand
from bolanggu.trade.models import Mark, ShipmentStep


def restate(stand: Stand, shipment: str, step: str, facts: Mapping[str, Any], reason: str) -> int:
    """Put other facts in the place of a shipment's result; its version from now on."""
    mark = ShipmentStep.objects.get(shipment__number=shipment, name=step)
    return replace(mark, shipment, facts, by=stand.hand, at=stand.at, reason=reason)


def replace(
    mark: Mark,
    subject: str,
    facts: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    reason: str,
    done_at: datetime | None = None,
) -> int:
    """Keep the result that stands and write the next one; its version from now on.

    The new facts say which version they are and which change they rest on.
    """
    old = {"facts": mark.facts, "at": mark.at.isoformat()}
    number = f"{subject}/{mark.name}"
    version = versions.supersede(kind="step", facts=[(number, old)], at=at, by=by, reason=reason)[number]
    mark.at = done_at or mark.at
    mark.facts = {**facts, "at": mark.at.isoformat(), "version": version, "because": reason[:300]}
    mark.save(update_fields=["facts", "at"])
    return version
