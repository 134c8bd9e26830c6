"""Clearing (通关): what the simulated broker and customs do before a shipment leaves."""

from __future__ import annotations

from bolanggu.market.customs import selectors as customs
from bolanggu.market.customs.models import Declaration
from bolanggu.market.customs.services import release, send
from bolanggu.trade.changes.scene import Scene
from bolanggu.trade.changes.table import perform
from bolanggu.trade.declared import trades_in
from bolanggu.trade.season.script import Script
from bolanggu.trade.stages import ShippingStage
from bolanggu.trade.world.cast import WORLD


def clear(stage: ShippingStage, script: Script) -> None:
    """The broker sends what waits for her reason, where the script has one for the mode; inspections are concluded.

    A declaration of which neither is said stays where it is, and holds the shipment.
    """
    for reference in stage.facts["declare"].get("references", []):
        for one in customs.current(reference["ref"]):
            if one.state == Declaration.State.INSPECTING:
                _conclude(one, stage, script)
            elif one.state == Declaration.State.LOADED and one.verdict == Declaration.Verdict.REVIEW:
                _sign(one, stage, script)


def _sign(one: Declaration, stage: ShippingStage, script: Script) -> None:
    reason = script.broker_signs.get(one.mode)
    if reason:
        send(by=WORLD, at=stage.clock, number=one.number, reason=reason)
        release(by=WORLD, at=stage.clock, number=one.number)


def _conclude(one: Declaration, stage: ShippingStage, script: Script) -> None:
    scene = Scene(
        by=WORLD, at=stage.clock, trade=trades_in(one.number)[0], key=script.key("concluded", one.number, one.version)
    )
    perform("customs_concludes", scene, {"declaration": one.number, "outcome": "conforms", "found": "as declared"})
    release(by=WORLD, at=stage.clock, number=one.number)
