"""Risk on planted schemes: worlds of seeds that the weights were not fitted on; random order is the peer.

./bolanggu bench customs_risk -- [--worlds N] [--entries N]
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from time import process_time
from typing import Any

import numpy as np

from bolanggu.data import read_yaml
from bolanggu.engines.risk import simulating
from bolanggu.engines.risk.scoring import Assessment, Weights, assess

#: The weights of the data are fitted on seeds 1 to 6.
FIRST_SEED = 101
Bar = dict[str, Any]


def main(args: list[str]) -> dict[str, Any]:
    """Run the bars; what each scheme comes to is reported on stderr."""
    said = dict(zip(args[::2], args[1::2], strict=True))
    return {"bars": risk_bars(int(said.get("--worlds", 5)), int(said.get("--entries", 6000)))}


def risk_bars(worlds: int = 5, entries: int = 6000) -> list[Bar]:
    """Worst world of several: area under the curve and precision of the top hundredth; every alert with its rows."""
    table = read_yaml("rules/risk_weights.yaml")
    weights = Weights(table["bias"], table["weights"], table["base_rate"])
    curves, precisions, chances, errors, seconds = [], [], [], [], 0.0
    shown = alerts = 0
    lanes: dict[str, list[bool]] = defaultdict(list)
    for seed in range(FIRST_SEED, FIRST_SEED + worlds):
        made = simulating.make(seed, entries)
        start = process_time()
        found = assess(made.records, weights, yellow=table["yellow"], red=table["red"])
        seconds = max(seconds, process_time() - start)
        bad = np.array([one.subject in made.schemes for one in found])
        scores = np.array([one.score for one in found])
        curves.append(area_under_curve(scores, bad))
        top = max(1, round(len(found) / 100))
        precisions.append(float(bad[:top].mean()))
        drawn = random.Random(seed).sample(range(len(bad)), top)
        chances.append(float(bad[drawn].mean()))
        errors.append(calibration_error(scores, bad))
        asked = [one for one in found if one.lane != "green"]
        alerts += len(asked)
        shown += sum(_shown(one) for one in asked)
        for one in found:
            if one.subject in made.schemes:
                lanes[made.schemes[one.subject]].append(one.lane != "green")
    for scheme, seen in sorted(lanes.items()):
        print(
            f"{scheme:<18} {len(seen):>4} planted, {sum(seen) / len(seen):.2f} in the yellow or red lane",
            file=sys.stderr,
        )
    return [
        bar(f"risk: area under the curve, worst of {worlds} worlds", min(curves), 0.5, 0.95),
        bar(f"risk: precision of the top 1 %, worst of {worlds} worlds", min(precisions), max(chances), 0.80),
        bar("risk: share of alerts with reasons and rows", shown / alerts if alerts else None, None, 1.0),
        bar("risk: calibration error, worst world", max(errors), None, 0.08, most=True),
        bar(f"risk: {entries} declarations assessed, s of CPU", seconds, None, 5.0, most=True),
    ]


def _shown(one: Assessment) -> bool:
    return bool(one.reasons) and all(reason.signal.reason and reason.signal.evidence for reason in one.reasons)


def bar(name: str, ours: float | None, peer: float | None, bound: float, *, most: bool = False) -> Bar:
    """One bar; ``most`` says that less is better."""
    holds = ours is not None and (ours <= bound if most else ours >= bound)
    return {
        "name": name,
        "ours": ours,
        "peer": peer,
        "ratio": ours / peer if ours and peer else None,
        "bar": bound,
        "holds": holds,
    }


def area_under_curve(scores: np.ndarray, bad: np.ndarray) -> float:
    """Chance that a bad one scores above a good one, ties half (by ranks)."""
    _, place, count = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]
    hits, misses = bad.sum(), (~bad).sum()
    return float((ranks[bad].sum() - hits * (hits + 1) / 2) / (hits * misses))


def calibration_error(scores: np.ndarray, bad: np.ndarray) -> float:
    """Expected calibration error over ten bins of equal width."""
    bins = np.minimum(9, (scores * 10).astype(int))
    return float(sum(abs(scores[bins == n].sum() - bad[bins == n].sum()) for n in range(10)) / len(scores))
