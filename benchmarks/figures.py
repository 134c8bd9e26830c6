"""Figures read out of official texts against Recognizers-Text 1.0.2a2 on the development texts.

The peer recognises numbers, percentages and ordinals; it names no indicator and no period and reports dates and list
numbers too, so only the values are compared, and part of the gap is a different task. It gets the text with white space
joined, its best case. The rules are those of the reference's scorer, whose functions are used as they are.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import time
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.peer_environment import build

from bolanggu.engines.figures import read

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "measure"
PLACE = ROOT / ".peers" / "recognizers"
LOCK = ROOT / "benchmarks" / "peers" / "recognizers.txt"
VALUE, FULL, TIMES, COVERED, SECONDS = 0.97, 0.90, 3.0, 0.8, 1.0
Row = dict[str, Any]

_PEER = """
import json, sys
from recognizers_number import Culture, recognize_number, recognize_ordinal, recognize_percentage
out = []
for text in json.load(sys.stdin):
    kinds = (recognize_percentage, recognize_ordinal, recognize_number)
    found = [hit for kind in kinds for hit in kind(text, Culture.Chinese)]
    out.append([[hit.start, hit.end + 1, hit.type_name, (hit.resolution or {}).get("value")] for hit in found])
json.dump(out, sys.stdout)
"""


def setup() -> None:
    """Build the peer's environment from its hashed lock, where it is missing."""
    build(PLACE, LOCK)


def main(args: list[str]) -> dict[str, Any]:
    """Run all bars; ``--alone`` leaves the peer out."""
    if not DATA.is_dir():
        return {"bars": [_bar("figures", None, None, False, "reference data", why="../shared/data is missing")]}
    texts = {file.stem: file.read_bytes().decode() for file in sorted((DATA / "texts").glob("*.txt"))}
    gold = {name: json.loads((DATA / "gold" / f"figures_{name}.json").read_text("utf-8")) for name in texts}
    score = _scorer()
    readings = {name: read(text).as_dict() for name, text in texts.items()}
    ours = _total(score, texts, gold, {name: reading["figures"] for name, reading in readings.items()})
    peer = None if "--alone" in args else _total(score, texts, gold, _peer(texts))["value"]
    return {
        "bars": [
            _bar("figures, value F1", ours["value"], peer, ours["value"] >= VALUE, f">= {VALUE}"),
            _bar(
                "figures, times the peer's value F1", ours["value"], peer, _beats(ours["value"], peer), f">= {TIMES} x"
            ),
            _bar("figures, full tuple F1", ours["full"], None, ours["full"] >= FULL, f">= {FULL}"),
            _bar("distractors and bad offsets", ours["bad"], None, ours["bad"] == 0, "0"),
            _covered(readings),
            _robust(texts, readings),
            _speed(texts),
        ]
    }


def _bar(name: str, ours: float | None, peer: float | None, holds: bool, limit: str, **more: Any) -> Row:
    ratio = ours / peer if ours and peer else None
    return {"name": name, "ours": ours, "peer": peer, "ratio": ratio, "bar": limit, "holds": holds, **more}


def _beats(ours: float, peer: float | None) -> bool:
    return peer is not None and ours >= TIMES * peer


def _scorer() -> dict[str, Any]:
    """The functions of the reference's scorer; its last statement, which runs it, is left out."""
    tree = ast.parse((DATA / "score_figures.py").read_text("utf-8"))
    tree.body.pop()
    names: dict[str, Any] = {}
    exec(compile(tree, "score_figures.py", "exec"), names)  # noqa: S102 - the reference's own scorer
    return names


def _total(score: dict[str, Any], texts: dict[str, str], gold: dict[str, Any], found: dict[str, list[Row]]) -> Row:
    sums: Counter[str] = Counter()
    for name, text in texts.items():
        result = score["score_doc"](text, gold[name], found[name])
        sums.update({key: result[key] for key in ("n", "value", "full", "fp", "bad", "dis")})
    value = score["prf"](sums["value"], sums["fp"], sums["n"])[2]
    full = score["prf"](sums["full"], sums["fp"] + sums["value"] - sums["full"], sums["n"])[2]
    return {"value": value, "full": full, "bad": sums["dis"] + sums["bad"]}


def _peer(texts: dict[str, str]) -> dict[str, list[Row]]:
    """What the peer finds in the joined texts, at raw offsets; percent before ordinal before number."""
    setup()
    places = {name: [at for at, char in enumerate(text) if not char.isspace()] for name, text in texts.items()}
    joined = ["".join(texts[name][at] for at in places[name]) for name in texts]
    run = subprocess.run(
        [str(PLACE / "bin" / "python"), "-c", _PEER],
        input=json.dumps(joined),
        capture_output=True,
        text=True,
        check=True,
    )
    return {
        name: [row for hit in _apart(hits) if (row := _row(texts[name], places[name], hit))]
        for name, hits in zip(texts, json.loads(run.stdout), strict=True)
    }


def _apart(hits: list[list[Any]]) -> list[list[Any]]:
    kept: list[list[Any]] = []
    for hit in hits:
        if all(hit[1] <= other[0] or other[1] <= hit[0] for other in kept):
            kept.append(hit)
    return kept


def _row(text: str, places: list[int], hit: list[Any]) -> Row | None:
    start, end, kind, value = hit
    number = re.fullmatch(r"-?\d+(?:\.\d+)?(?:E[+-]?\d+)?", str(value).removesuffix("%"))
    if not number:
        return None
    first, last = places[start], places[end - 1] + 1
    unit = "%" if kind == "percentage" else "位" if kind == "ordinal" else ""
    return {"start": first, "end": last, "text": text[first:last], "value": float(number.group()), "unit": unit}


def _covered(readings: dict[str, Row]) -> Row:
    """Share of the strategy trees' nodes that a commitment covers by half; a measurable one must hold a number."""
    trees = json.loads((DATA / "gold" / "strategy_tree_000_001_003_004.json").read_text("utf-8"))["trees"]
    spans = [span for tree in trees for span in _spans(tree)]
    found = {name: reading["commitments"] for name, reading in readings.items()}
    hit = sum(
        any(2 * (min(c["end"], end) - max(c["start"], start)) >= end - start for c in found[name])
        for name, start, end in spans
    )
    share = hit / len(spans)
    sound = all(not c["measurable"] or c["value"] is not None for listed in found.values() for c in listed)
    return _bar("commitments, nodes covered", share, None, share >= COVERED and sound, f">= {COVERED}")


def _spans(node: Row) -> list[tuple[str, int, int]]:
    source = node.get("source")
    own = [(source["doc"].removesuffix(".txt"), source["start"], source["end"])] if source else []
    return own + [span for child in node.get("children", []) for span in _spans(child)]


def _robust(texts: dict[str, str], readings: dict[str, Row]) -> Row:
    """Share of texts whose values stay the same without line breaks and with one after every twentieth character."""
    same = 0
    for name, text in texts.items():
        values = [(row["value"], row["unit"]) for row in readings[name]["figures"]]
        joined = text.replace("\r", "").replace("\n", "")
        broken = "\n".join(text[at : at + 20] for at in range(0, len(text), 20))
        for other in (joined, broken):
            same += [(figure.value, figure.unit) for figure in read(other).figures] == values
    share = same / (2 * len(texts))
    return _bar("same values whatever the line breaks", share, None, share == 1.0, "1")


def _speed(texts: dict[str, str]) -> Row:
    """CPU seconds for 1 MB of the development texts, repeated, the best of three."""
    words = "\n\n".join(texts.values()).encode()
    megabyte = (words * (1_000_000 // len(words) + 1))[:1_000_000].decode(errors="ignore")
    times = []
    for _ in range(3):
        began = time.process_time()
        read(megabyte)
        times.append(time.process_time() - began)
    return _bar("1 MB, CPU seconds", min(times), None, min(times) <= SECONDS, f"<= {SECONDS} s")
