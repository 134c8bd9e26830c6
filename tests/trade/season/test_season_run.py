"""A season as people run it: played once or in parts, killed anywhere, it ends the same, with everything explained."""

from __future__ import annotations

import json
import random
import signal
import subprocess

import pytest
from tests import homes
from tests.trade.conftest import Command

CLOCKS = ("seconds", "cpu_seconds", "memory_mb")


def told(answer):
    """What a run tells, without the clock of the machine."""
    return {name: value for name, value in answer.items() if name not in CLOCKS}


def play(command, season, *more):
    done = command.run("season", "run", "--from", str(season), "--json", *more)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


STANDS = """
import json
from bolanggu.interfaces.cli.django_setup import start; start()
from collections import Counter
from bolanggu.market.consolidation.models import LoadPlan, PoolEntry, Share
from bolanggu.market.warehousing.models import Carton
from bolanggu.platform.journal import selectors as journal
from bolanggu.platform.lineage.models import EdgeRow
from bolanggu.trade.models import Trade
from bolanggu.trade.dossier import dossier
from bolanggu.trade.tracing import trace
placed = Counter(p[0] for plan in LoadPlan.objects.filter(superseded=False) for p in plan.placements)
entries = dict(PoolEntry.objects.exclude(state="unpacked").values_list("sscc", "state"))
edges = EdgeRow.objects.filter(aspect="goods", superseded=False)
sums = {}
for kind, column in (("carton", "to_kind"), ("share", "to_kind"), ("container", "to_kind")):
    rows = edges.filter(**{column: kind}).values_list("pieces", "grams", "minor")
    sums[kind] = [sum(column) for column in zip(*rows)]
shared = [plan for plan in LoadPlan.objects.filter(superseded=False) if plan.shares.count() > 1]
walked = trace(shared[0].number) if shared else {"back": []}
print(json.dumps({
    "placed": placed, "entries": entries, "sums": sums,
    "costs": [[p.cost_minor, sum(p.shares.values_list("cost_minor", flat=True))]
              for p in LoadPlan.objects.filter(superseded=False)],
    "lines": sum(s["share_percent"] for s in walked["back"] if s["kind"] == "line"),
    "buyers": len({s["id"][:11] for s in walked["back"] if s["kind"] == "line"}),
    "faults": len(journal.faults()),
    "dossiers": [dossier(t) for t in Trade.objects.order_by("number")],
}, default=str))
"""


@pytest.mark.slow
def test_every_box_is_sealed_the_books_are_even_and_every_carton_is_in_one_place(command, season):
    answer = play(command, season)
    assert (answer["lists"], answer["incidents"]) == (6, {"refuse_order": 1, "cancel_line": 1})
    assert answer["open"] == {"trades": 0, "unsealed_boxes": 0, "waiting_cartons": 0, "left": {}}
    assert answer["shared_boxes"] >= 1
    assert set(answer["ledger"].values()) == {0}
    assert {sailing["service"] for sailing in answer["sailings"]} == {"FCL", "LCL"}
    stands = command.python(STANDS)
    assert set(stands["placed"].values()) == {1}
    assert set(stands["placed"]) == {sscc for sscc, state in stands["entries"].items() if state == "loaded"}
    assert stands["sums"]["carton"] == stands["sums"]["share"] == stands["sums"]["container"]
    assert all(cost == shared for cost, shared in stands["costs"])
    assert stands["lines"] == pytest.approx(100, abs=1e-3)
    assert stands["buyers"] >= 2
    assert stands["faults"] == 0
    for dossier in stands["dossiers"]:
        lines = [line for line in dossier["lines"] if line["status"] == "ordered"]
        assert sum(line["cartons"] for line in lines) == sum(box["cartons"] for box in dossier["containers"])
        assert all(box["fill_percent"] <= box["box_fill_percent"] + 1e-6 for box in dossier["containers"])
        assert dossier["money"]["outstanding_minor"] == 0


@pytest.mark.slow
def test_stopped_at_days_and_run_again_it_ends_the_same_and_twice_does_nothing(prepared, season, tmp_path):
    whole, parts = (Command(homes.copy(prepared, tmp_path / name)) for name in ("whole", "parts"))
    expected = told(play(whole, season))
    for day in ("2026-03-04", "2026-03-13", "2026-04-03"):
        play(parts, season, "--until", day)
    assert told(play(parts, season)) == expected
    assert told(play(parts, season)) == expected


@pytest.mark.slow
def test_killed_at_twenty_random_moments_it_ends_the_same(prepared, season, tmp_path):
    whole, killed = (Command(homes.copy(prepared, tmp_path / name)) for name in ("whole", "killed"))
    expected, chance, kills = told(play(whole, season)), random.Random(5), 0
    for _ in range(20):
        process = killed.start("season", "run", "--from", str(season), "--json")
        process.stderr.readline()  # it is under way; a run that has nothing left to do says nothing
        try:
            process.wait(timeout=chance.random() * 0.7)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.communicate()
        kills += process.returncode == -signal.SIGKILL
    assert kills >= 10
    assert told(play(killed, season)) == expected
    assert json.loads(killed.run("ledger", "verify", "--json").stdout)["ok"]
