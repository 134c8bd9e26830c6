"""The slow plain twin: every method once more, in pure Python, over dictionaries of (price, quantity)."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from itertools import pairwise
from math import exp, fsum, log, prod, sqrt

Table = dict[str, dict[str, tuple[float, float]]]
Rows = list[tuple[str, str, float, float]]


def table(rows: Rows) -> Table:
    """Period → product → unit value and quantity."""
    sums: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for period, product, price, quantity in rows:
        sums[period, product][0] += price * quantity
        sums[period, product][1] += quantity
    found: Table = defaultdict(dict)
    for (period, product), (value, quantity) in sums.items():
        found[period][product] = (value / quantity, quantity)
    return dict(sorted(found.items()))


def bilateral(name: str, before: dict, after: dict, base: dict, sigma: float = 2.0) -> float:
    """Index of ``after`` with base ``before``; ``base`` is the first period, read by lowe and young."""
    goods = sorted(before.keys() & after.keys())
    p0, q0 = [before[g][0] for g in goods], [before[g][1] for g in goods]
    p1, q1 = [after[g][0] for g in goods], [after[g][1] for g in goods]
    r = [b / a for a, b in zip(p0, p1, strict=True)]
    e0, e1 = [p * q for p, q in zip(p0, q0, strict=True)], [p * q for p, q in zip(p1, q1, strict=True)]
    s0, s1 = [e / fsum(e0) for e in e0], [e / fsum(e1) for e in e1]

    def total(*columns):
        return fsum(prod(row) for row in zip(*columns, strict=True))

    n = len(goods)
    logs = [log(x) for x in r]
    laspeyres, paasche = total(p1, q0) / total(p0, q0), total(p1, q1) / total(p0, q1)
    carli, harmonic = fsum(r) / n, n / fsum(1 / x for x in r)
    if name == "stuvel":
        half = (laspeyres - total(p0, q1) / fsum(e0)) / 2
        return half + sqrt(half**2 + fsum(e1) / fsum(e0))
    if name == "satovartia":
        w = [a if abs(log(b / a)) < 1e-14 else (b - a) / log(b / a) for a, b in zip(s0, s1, strict=True)]
        return exp(total(w, logs) / fsum(w))
    if name in ("lowe", "young"):
        kept = [i for i, g in enumerate(goods) if g in base]
        qb = [base[goods[i]][1] for i in kept]
        eb = [base[goods[i]][0] * q for i, q in zip(kept, qb, strict=True)]
        if name == "lowe":
            return total([p1[i] for i in kept], qb) / total([p0[i] for i in kept], qb)
        return total(eb, [r[i] for i in kept]) / fsum(eb)
    mixed = [a * b / (a + b) for a, b in zip(q0, q1, strict=True)]
    roots = [sqrt(a * b) for a, b in zip(q0, q1, strict=True)]
    means = [(a + b) / 2 for a, b in zip(s0, s1, strict=True)]
    return {
        "jevons": lambda: exp(fsum(logs) / n),
        "dutot": lambda: fsum(p1) / fsum(p0),
        "carli": lambda: carli,
        "harmonic": lambda: harmonic,
        "cswd": lambda: sqrt(carli * harmonic),
        "laspeyres": lambda: laspeyres,
        "paasche": lambda: paasche,
        "fisher": lambda: sqrt(laspeyres * paasche),
        "drobish": lambda: (laspeyres + paasche) / 2,
        "tornqvist": lambda: exp(total(means, logs)),
        "tpd": lambda: exp(total(means, logs)),
        "walsh": lambda: total(p1, roots) / total(p0, roots),
        "marshalledgeworth": lambda: (total(p1, q0) + fsum(e1)) / (fsum(e0) + total(p0, q1)),
        "geomlaspeyres": lambda: exp(total(s0, logs)),
        "geompaasche": lambda: exp(total(s1, logs)),
        "palgrave": lambda: total(s1, r),
        "ces": lambda: total(s0, [x ** (1 - sigma) for x in r]) ** (1 / (1 - sigma)),
        "gk": lambda: total(p1, mixed) / total(p0, mixed),
    }[name]()


def geks(name: str, window: list[dict], base: dict) -> list[float]:
    """GEKS of one window by its definition."""
    count = len(window)

    def pair(k: int, t: int) -> float:
        return 1.0 if k == t else bilateral(name, window[k], window[t], base)

    level = [prod(pair(0, k) * pair(k, t) for k in range(count)) ** (1 / count) for t in range(count)]
    return [x / level[0] for x in level]


def gk(window: list[dict]) -> list[float]:
    """Geary–Khamis as the fixed vector of the flow of value between periods, in exact fractions."""
    table = [{g: (Fraction(p), Fraction(q)) for g, (p, q) in period.items()} for period in window]
    quantity: dict[str, Fraction] = defaultdict(Fraction)
    for period in table:
        for g, (_, q) in period.items():
            quantity[g] += q
    spent = [sum(p * q for p, q in period.values()) for period in table]
    flow = [
        [
            sum(other[g][0] * other[g][1] * q / quantity[g] for g, (_, q) in period.items() if g in other) / whole
            for other, whole in zip(table, spent, strict=True)
        ]
        for period in table
    ]
    real = [value / whole for value, whole in zip(fixed_vector(flow), spent, strict=True)]
    return [float(real[0] / value) for value in real]


def fixed_vector(matrix: list[list[Fraction]]) -> list[Fraction]:
    """The vector that a matrix leaves as it is, its first part 1, by elimination of the other rows."""
    size = len(matrix)
    rows = [[*(matrix[t][s] - (s == t) for s in range(1, size)), -(matrix[t][0] - (t == 0))] for t in range(1, size)]
    for column in range(size - 1):
        at = next(r for r in range(column, size - 1) if rows[r][column])
        rows[column], rows[at] = rows[at], rows[column]
        rows[column] = [cell / rows[column][column] for cell in rows[column]]
        for r in range(size - 1):
            if r != column:
                rows[r] = [a - rows[r][column] * b for a, b in zip(rows[r], rows[column], strict=True)]
    return [Fraction(1), *(row[-1] for row in rows)]


def gk_residual(window: list[dict], level: list[float]) -> float:
    """How far a series is from the two equations that define Geary–Khamis."""
    goods = {g for period in window for g in period}
    reference = {}
    for g in goods:
        seen = [(period[g], x) for period, x in zip(window, level, strict=True) if g in period]
        reference[g] = fsum(p * q / x for (p, q), x in seen) / fsum(q for (_, q), _ in seen)
    implied = [
        fsum(p * q for p, q in period.values()) / fsum(reference[g] * q for g, (_, q) in period.items())
        for period in window
    ]
    return max(abs(new / implied[0] / old - 1) for new, old in zip(implied, level, strict=True))


def wtpd(window: list[dict]) -> list[float]:
    """Weighted time-product dummy as a dense least-squares problem with all dummies."""
    import numpy as np

    goods = sorted({g for period in window for g in period})
    rows, right = [], []
    for t, period in enumerate(window):
        whole = fsum(p * q for p, q in period.values())
        for g, (p, q) in period.items():
            weight = sqrt(p * q / whole)
            row = np.zeros(len(window) - 1 + len(goods))
            if t:
                row[t - 1] = weight
            row[len(window) - 1 + goods.index(g)] = weight
            rows.append(row)
            right.append(weight * log(p))
    solution = np.linalg.lstsq(np.array(rows), np.array(right), rcond=None)[0]
    return [1.0, *np.exp(solution[: len(window) - 1]).tolist()]


def index(rows: Rows, method: str, window: int | None = None, splice: str | None = None) -> list[float]:
    """The index, one value a period."""
    periods = list(table(rows).values())
    family, _, name = method.partition("-")
    if family == "fixed":
        return [1.0, *(bilateral(name, periods[0], after, periods[0]) for after in periods[1:])]
    if family == "chained":
        values = [1.0]
        for before, after in pairwise(periods):
            values.append(values[-1] * bilateral(name, before, after, periods[0]))
        return values

    def one(first: int, last: int) -> list[float]:
        part = periods[first : last + 1]
        return geks(name, part, periods[0]) if family == "geks" else {"gk": gk, "wtpd": wtpd}[family](part)

    if window is None or window >= len(periods):
        return one(0, len(periods) - 1)
    return spliced(len(periods), window, splice or "mean_pub", one)


def spliced(count: int, w: int, splice: str, one) -> list[float]:
    """Publish the first window, then one value a window."""
    old = one(0, w - 1)
    published = list(old)
    for t in range(w, count):
        new = one(t - w + 1, t)
        growing = one((t - 1) // (w - 1) * (w - 1), t)
        published.append(next_value(splice, published, old, new, growing))
        old = new
    return published


def next_value(splice: str, published: list[float], x: list[float], y: list[float], growing: list[float]) -> float:
    """The reference's table of splices, in levels."""
    t, w = len(published), len(y)
    s, h, b, last = t - w + 1, (w - 1) // 2, (t - 1) // (w - 1) * (w - 1), published[-1]

    def gmean(values: list[float]) -> float:
        return exp(fsum(map(log, values)) / len(values))

    return {
        "movement": lambda: last * y[w - 1] / y[w - 2],
        "window": lambda: last * (y[w - 1] / y[0]) / (x[w - 1] / x[1]),
        "half": lambda: last * (y[w - 1] / y[w - 1 - h]) / (x[w - 1] / x[w - h]),
        "mean": lambda: last * gmean([(y[w - 1] / y[k]) / (x[w - 1] / x[k + 1]) for k in range(w - 1)]),
        "wisp": lambda: published[s] * y[w - 1] / y[0],
        "hasp": lambda: published[t - h] * y[w - 1] / y[w - 1 - h],
        "mean_pub": lambda: gmean([published[s + k] * y[w - 1] / y[k] for k in range(w - 1)]),
        "fbew": lambda: published[b] * growing[-1] / growing[0],
        "fbmw": lambda: published[b] * y[w - 1] / y[b - s],
    }[splice]()
