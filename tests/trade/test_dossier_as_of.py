"""A dossier as of a moment leaves out what was done later."""

from __future__ import annotations

from tests.trade.test_trade_command import ROWS

AS_OF = """
import json, sys
from datetime import datetime, timedelta
from bolanggu.interfaces.cli.django_setup import start; start()
from bolanggu.trade.dossier import dossier
from bolanggu.trade.models import Trade
trade = Trade.objects.get()
at = {step.name: step.at for step in trade.steps.all()}
moments = [at["read"], at["receive"], at["receive"] + timedelta(hours=9), None]
print(json.dumps([dossier(trade, as_of=moment) for moment in moments], default=str))
"""


def test_each_moment_knows_what_was_done_until_then(command, purchase_list):
    command.trade(purchase_list(*ROWS), "--to", "ESBCN")
    opened, received, loaded, whole = command.python(AS_OF)
    names = [[step["name"] for step in each["steps"]] for each in (opened, received, loaded, whole)]
    assert names[0] == "read match quote order deposit".split()
    assert names[1][-2:] == ["receive", "book"]
    assert names[2][-1] == "load"
    assert len(names[3]) == 12
    assert opened["containers"] == opened["declarations"] == opened["routes"] == []
    assert received["declarations"] == loaded["declarations"] == []
    assert whole["declarations"]
    assert 0 < len(opened["transfers"]) <= len(received["transfers"]) < len(whole["transfers"])
    past = [event for event in loaded["milestones"] if event["tense"] == "ACT"]
    assert {event["milestone"] for event in past} <= {"received", "loaded"}
    assert loaded["lines"] == whole["lines"]
