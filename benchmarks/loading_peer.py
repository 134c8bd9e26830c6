"""packingsolver3d 0.0.5 on loading problems, in a process of its own: it knows no rule of support."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.peer_environment import build

from bolanggu.engines.loading import CartonType, ContainerType, Placement, validate

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / ".peers" / "packingsolver3d"
LOCK = ROOT / "benchmarks" / "peers" / "packingsolver3d.lock"

_WORKER = """
import json, sys, time
from packingsolver3d import BinType, Instance, ItemType, Objective, Rotation, box
ask = json.load(sys.stdin)
items = tuple(
    ItemType(*i["edges"], copies=i["copies"], rotations=[Rotation[r] for r in i["rotations"]]) for i in ask["items"]
)
many = ask["copies"]
goal = Objective.BIN_PACKING if many > 1 else Objective.KNAPSACK
problem = Instance(bin_types=(BinType(*ask["box"], copies=many),), item_types=items, objective=goal)
limit = ask["seconds"]
for attempt in range(3):
    begun = time.process_time()
    result = box.solve(problem, time_limit=limit)
    spent = time.process_time() - begun
    if spent >= 0.95 * ask["seconds"]:
        break
    limit *= ask["seconds"] / max(spent, 0.1)
rows = [[[p.item_type_id, p.x, p.y, p.z, p.lx, p.ly, p.lz] for p in b.placements] for b in result.bins]
bins = [row for row, b in zip(rows, result.bins) for _ in range(b.copies)]
json.dump({"bins": bins, "seconds": spent}, sys.stdout)
"""


@dataclass(frozen=True)
class Answer:
    """The peer's plans, checked without the rule of support, and the CPU seconds it took."""

    bins: tuple[tuple[Placement, ...], ...]
    seconds: float
    violations: int
    hanging: int


def setup() -> None:
    """Build the peer's environment from its hashed lock, where it is missing."""
    build(PLACE, LOCK)


def solve(cartons: Sequence[CartonType], container: ContainerType, seconds: float, *, copies: int = 1) -> Answer:
    """Let the peer solve one problem in ``seconds`` of CPU time; its clock is a wall clock, so it may run again."""
    names = (("ZYX", "YZX"), ("XZY", "ZXY"), ("XYZ", "YXZ"))
    items = [
        {
            "edges": [c.length, c.width, c.height],
            "copies": c.quantity,
            "rotations": [name for up, pair in zip(c.upright, names, strict=True) if up for name in pair],
        }
        for c in cartons
    ]
    box = [container.length, container.width, container.height]
    ask: dict[str, Any] = {"items": items, "box": box, "seconds": seconds, "copies": copies}
    run = subprocess.run(
        [str(PLACE / "bin" / "python"), "-c", _WORKER],
        input=json.dumps(ask),
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        return Answer((), 0.0, 0, 0)
    told = json.loads(run.stdout)
    bins = tuple(tuple(Placement(cartons[kind].key, *rest) for kind, *rest in rows) for rows in told["bins"])
    broken = sum(len(validate(cartons, container, plan, support="none")) for plan in bins)
    hanging = sum(v.rule == "support" for plan in bins for v in validate(cartons, container, plan))
    return Answer(bins, told["seconds"], broken, hanging)
