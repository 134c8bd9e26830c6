"""Incidents (意外): what the script says goes wrong, done through the acts that people's pages use."""

from __future__ import annotations

from datetime import UTC, datetime, time

from bolanggu.trade.changes.models import Change
from bolanggu.trade.changes.scene import Scene
from bolanggu.trade.changes.table import perform
from bolanggu.trade.models import Trade
from bolanggu.trade.season.meaning import meant
from bolanggu.trade.season.script import Incident, Script
from bolanggu.trade.world.cast import WORLD
from bolanggu.values.fault import Fault

#: the hour of the day at which incidents happen, after lists came in and before agents decide
HOUR = time(2)


def happen(incident: Incident, script: Script) -> str:
    """Let an incident happen, once; tells what became of it, nothing where it had happened before.

    An incident that the trade's state does not allow is told with the reason, and the season goes on.
    """
    trade = Trade.objects.filter(key=script.key("list", incident.file.name)).first()
    if trade is None:
        return f"incident {incident.number} ({incident.act}): list {incident.file.name} has not come in"
    key = script.key("incident", incident.number)
    if Change.objects.filter(trade=trade.number, key=key).exists():
        return ""
    scene = Scene(by=WORLD, at=datetime.combine(incident.day, HOUR, UTC), trade=trade.number, key=key)
    try:
        outcome = perform(incident.act, scene, meant(incident.arguments, trade.number))
    except (Fault, ValueError, LookupError) as why:
        if not hasattr(why, "code") and not isinstance(why, Fault):
            raise  # not one that was anticipated
        return f"incident {incident.number} ({incident.act}) of trade {trade.number}: {why}"
    made_again = f", made again: {', '.join(outcome.stale)}" if outcome.stale else ""
    return f"incident {incident.number} ({incident.act}) of trade {trade.number}{made_again}"
