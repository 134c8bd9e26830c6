"""Fit the reranker's weights and its calibration on the development lines; print figures and a reliability table.

Run it after a change of features and copy the printed weights to ``src/bolanggu/data/goods/match_weights.yaml``.
"""

from __future__ import annotations

import csv
import tempfile
from collections import defaultdict
from dataclasses import astuple
from pathlib import Path
from typing import Any

import numpy as np

from bolanggu.engines.goods_search.alignment import Comparison, content, phrase
from bolanggu.engines.goods_search.index import GoodsIndex, pids
from bolanggu.engines.goods_search.match import CANDIDATES
from bolanggu.engines.goods_search.readings import readings
from bolanggu.engines.goods_search.retrieval import candidates
from bolanggu.engines.goods_search.schema import Goods
from bolanggu.engines.goods_search.scoring import log_odds
from bolanggu.engines.goods_search.vocabulary import Vocabulary

RANK = ("line", "title", "letters", "order", "numbers", "clashes", "retrieval", "bare")
START = np.array([5.0, 3.0, 1.5, 0.5, -1.5, -1.0, 0.0, -0.2])
DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "search"
FOLDS, REAL_WEIGHT, ABSENT_WEIGHT, FOREIGN_LINES = 5, 3.0, 0.2, 200
Case = tuple[str, str, np.ndarray, np.ndarray, np.ndarray]


def read(name: str) -> list[dict[str, str]]:
    """Rows of a CSV of the search data."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def foreign_lines() -> list[dict[str, str]]:
    """Names of goods of other trades, which this catalogue does not have: every candidate for them is wrong."""
    found = []
    for name in ("em_abt-buy_visible.tsv", "em_walmart-amazon_visible.tsv"):
        with (DATA / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))[:FOREIGN_LINES]
        found += [{"kind": "foreign", "line": row["query"], "code": f"-{n % FOLDS}"} for n, row in enumerate(rows)]
    return found


def cases() -> list[Case]:
    """(kind, code, right, features as it stands, features bare) of each development line over its candidates."""
    rows = read("goods_import.csv")
    title = {i: row["title_en"] for i, row in enumerate(rows, 1)}
    code_title = {row["code"]: row["title_en"] for row in rows}
    goods = [Goods(i, row["code"], title_en=row["title_en"]) for i, row in enumerate(rows, 1)]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        index = GoodsIndex(Path(folder))
        index.build(lambda after: (each for each in goods if each.pid > after), note={})
        searcher = index.searcher()
        vocabulary = Vocabulary(searcher)
        words = {i: phrase(text, vocabulary.weight) for i, text in title.items()}
        for row in [*read("match_dev.csv"), *foreign_lines()]:
            texts = readings(row["line"])
            read_as = [Comparison(phrase(text, vocabulary.weight)) for text in texts]
            hits = candidates(vocabulary, index.schema, content(texts[-1]), CANDIDATES)
            ids = pids(searcher, [address for _, address in hits])
            features = [
                np.array(
                    [
                        (*astuple(line.with_title(words[pid])), score / hits[0][0], float(line is not read_as[0]))
                        for pid, (score, _) in zip(ids, hits, strict=True)
                    ]
                ).reshape(-1, len(RANK))
                for line in (read_as[0], read_as[-1])
            ]
            right = np.array([title[pid] == code_title.get(row["code"]) for pid in ids], bool)
            found.append((row["kind"], row["code"], right, features[0], features[1]))
    return found


def chosen(case: Case, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Scores and features of the better reading of each candidate."""
    plain, bare = case[3] @ weights, case[4] @ weights
    return np.maximum(plain, bare), np.where((bare > plain)[:, None], case[4], case[3])


def fit_rank(train: list[Case], steps: int = 150) -> np.ndarray:
    """Softmax regression over the candidates of a line (Adam, L2 0.001)."""
    w, first, second = START.copy(), np.zeros(len(START)), np.zeros(len(START))
    for step in range(1, steps + 1):
        slope = 0.001 * w
        for case in train:
            if not any(case[2]):
                continue
            scores, features = chosen(case, w)
            share = np.exp(scores - scores.max())
            share /= share.sum()
            aim = share * case[2]
            aim /= aim.sum() + 1e-12
            slope += (REAL_WEIGHT if case[0] == "real" else 1.0) * (features.T @ (share - aim)) / len(train)
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        w -= 0.1 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return w


def calibration_rows(case: Case, weights: np.ndarray) -> list[tuple[float, list[float], bool]]:
    """(weight, features, right) of the first candidates, and again with the right good taken out."""
    scores, features = chosen(case, weights)
    rows = []
    for weight, keep in ((1.0, np.ones(len(scores), bool)), (ABSENT_WEIGHT, ~case[2])):
        if not keep.any():
            continue
        s, f, right = scores[keep], features[keep], case[2][keep]
        share = np.exp(s - s.max())
        share /= share.sum()
        alike = np.array([share[right].sum() if r else p for r, p in zip(right, share, strict=True)])
        for at in np.argsort(-s)[:5]:
            odds = log_odds(float(alike[at]))
            rows.append((weight, [1.0, f[at][0], f[at][1], f[at][2], f[at][5], odds], bool(right[at])))
    return rows


def fit_logistic(rows: list[tuple[float, list[float], bool]], steps: int = 40) -> np.ndarray:
    """Weighted logistic regression by Newton steps, L2 0.1."""
    weight = np.array([row[0] for row in rows])
    x = np.array([row[1] for row in rows])
    y = np.array([row[2] for row in rows], float)
    w = np.zeros(x.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (weight * (p - y)) + 0.1 * w
        curve = (x * (weight * p * (1 - p))[:, None]).T @ x + 0.1 * np.eye(len(w))
        w -= np.linalg.solve(curve, slope)
    return w


def main(args: list[str] | None = None) -> dict[str, Any]:  # noqa: ARG001 - the form that all benchmarks have
    """Cross-validate, print, fit on everything, print the weights."""
    data = cases()
    codes = sorted({case[1] for case in data})
    fold = dict(zip(np.random.default_rng(0).permutation(codes).tolist(), np.arange(len(codes)) % FOLDS, strict=True))
    hits: dict[str, list[float]] = defaultdict(lambda: [0, 0, 0])
    judged: list[tuple[float, float, bool]] = []
    for n in range(FOLDS):
        train = [case for case in data if fold[case[1]] != n]
        w = fit_rank(train)
        v = fit_logistic([row for case in train for row in calibration_rows(case, w)])
        for case in (case for case in data if fold[case[1]] == n):
            order = np.argsort(-chosen(case, w)[0], kind="stable")
            for kind in (case[0], "all") if case[0] != "foreign" else ():
                hits[kind][0] += 1
                hits[kind][1] += case[2][order[:1]].any()
                hits[kind][2] += case[2][order[:5]].any()
            judged += [(g, 1 / (1 + np.exp(-np.dot(v, x))), r) for g, x, r in calibration_rows(case, w)]
    for kind, (n, one, five) in hits.items():
        print(f"{kind:6} {n:5.0f} lines  hit@1 {one / n:.3f}  hit@5 {five / n:.3f}  (cross-validated)")
    for low in np.arange(0, 1, 0.1):
        rows = [(g, p, r) for g, p, r in judged if low <= p < low + 0.1]
        whole = sum(g for g, _, _ in rows) or 1
        print(
            f"said {sum(g * p for g, p, _ in rows) / whole:.2f}  "
            f"true {sum(g * r for g, _, r in rows) / whole:.2f}  n {whole:.0f}"
        )
    w = fit_rank(data)
    v = fit_logistic([row for case in data for row in calibration_rows(case, w)])
    print("rank:", dict(zip(RANK, np.round(w, 2).tolist(), strict=True)))
    print(
        "calibration:",
        dict(zip(("constant", "line", "title", "letters", "clashes", "share"), np.round(v, 2).tolist(), strict=True)),
    )
    return {"bars": []}


if __name__ == "__main__":
    main()
