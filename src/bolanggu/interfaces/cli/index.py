"""``bolanggu index``: a price index (价格指数) of a table of sales, with what it rests on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bolanggu.interfaces.cli.output import bad_input, emit, note

if TYPE_CHECKING:
    from bolanggu.engines.price_index import Panel, Rows
    from bolanggu.engines.price_index.panel import Floats


def command(
    file: Annotated[Path, typer.Argument(help="CSV with the columns period, product, price, quantity")],
    *,
    method: Annotated[str, typer.Option(help="fixed-X, chained-X, geks-X, gk, wtpd, intgeks; X such as tornqvist")],
    window: Annotated[int | None, typer.Option(help="periods in a rolling window")] = None,
    splice: Annotated[str | None, typer.Option(help="how windows are joined; mean_pub if not said")] = None,
    classes: Annotated[Path | None, typer.Option(help="CSV with the columns product, class")] = None,
    sigma: Annotated[float, typer.Option(help="elasticity of substitution of the formula ces")] = 2.0,
    carry: Annotated[bool, typer.Option("--carry", help="carry missing prices forward, then back")] = False,
    clean: Annotated[
        bool, typer.Option("--clean", help="drop cancelled, zero and repeated rows, and count them")
    ] = False,
    partial: Annotated[list[str] | None, typer.Option(help="a period whose data are not complete")] = None,
    bootstrap: Annotated[int, typer.Option(help="resamples of products for an interval")] = 0,
    seed: Annotated[int, typer.Option(help="seed of the resamples")] = 1,
    drivers: Annotated[int, typer.Option(help="name the products that moved the index most (GEKS-Törnqvist)")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="print one JSON document")] = False,
) -> None:
    """Compute a price index; 1 in the first period."""
    import math

    from bolanggu.engines.price_index import Method, UnknownMethod, build, index
    from bolanggu.engines.price_index import carry as carried
    from bolanggu.values.fault import Fault

    with bad_input():
        if not math.isfinite(sigma):
            raise Fault("--sigma", f"{sigma} is not a finite number")
        try:
            chosen = Method.parse(method)
        except UnknownMethod as problem:
            raise Fault("--method", str(problem)) from None
        rows, dropped = _rows(file, clean=clean)
        panel = build(rows.period, rows.product, rows.price, rows.quantity)

        def one(part: Panel) -> Floats:
            return index(carried(part) if carry else part, chosen, window=window, splice=splice, sigma=sigma)

        value = _answer(file, panel, one)
        document = _document(panel, value, partial or []) | _basis(rows, panel, dropped)
        document |= {"method": str(chosen), "window": window, "splice": _splice(window, splice)}
        if bootstrap > 0:
            document["index"], document["interval"] = _interval(document["index"], panel, one, bootstrap, seed)
        if classes is not None:
            document |= _classes(classes, panel, one)
        if drivers > 0:
            document["drivers"] = _drivers(panel, drivers)
    emit(document, as_json, _table)


def _splice(window: int | None, splice: str | None) -> str | None:
    from bolanggu.engines.price_index.splice import DEFAULT_SPLICE

    return splice or (DEFAULT_SPLICE if window is not None else None)


def _rows(file: Path, *, clean: bool) -> tuple[Rows, dict[str, int]]:
    from bolanggu.engines.price_index import clean as cleaned
    from bolanggu.engines.price_index.reading import read
    from bolanggu.values.fault import Fault

    rows = read(file, raw=clean)
    if not clean:
        return rows, {}
    found = cleaned(rows)
    dropped = {reason: count for reason, count in found.dropped.items() if count}
    for reason, count in dropped.items():
        note(f"{file}: {count} rows dropped: {reason}")
    if not len(found.rows):
        raise Fault(str(file), "has no row left after cleaning")
    return found.rows, dropped


def _answer(file: Path, panel: Panel, one: Any) -> Floats:
    from bolanggu.engines.price_index import NoCommonProduct, UnknownMethod, WindowRefused
    from bolanggu.values.fault import Fault

    try:
        value: Floats = one(panel)
    except NoCommonProduct as problem:
        raise Fault(str(file), str(problem), column="product", code=problem.code) from None
    except UnknownMethod as problem:
        raise Fault("--splice", str(problem), code=problem.code) from None
    except WindowRefused as problem:
        raise Fault("--window", str(problem), code=problem.code) from None
    return value


def _document(panel: Panel, value: Floats, partial: list[str]) -> dict[str, Any]:
    from bolanggu.engines.price_index import coverage

    points = [
        {
            "period": one.period,
            "value": number,
            "products": one.products,
            "matched_share": one.matched_share,
            "flags": list(one.flags),
        }
        for one, number in zip(coverage(panel, partial=partial), value.tolist(), strict=True)
    ]
    return {"index": points}


def _basis(rows: Rows, panel: Panel, dropped: dict[str, int]) -> dict[str, Any]:
    """Say what the values rest on: rows, drops, spread inside a product's period, wild price relatives."""
    from dataclasses import asdict

    from bolanggu.engines.price_index import dispersion, extremes

    return {
        "rows": len(rows),
        "dropped": dropped,
        "products": len(panel.products),
        "dispersion": asdict(dispersion(rows.period, rows.product, rows.price)),
        "extremes": [asdict(one) for one in extremes(panel, limit=20)],
    }


def _interval(
    points: list[dict[str, Any]], panel: Panel, one: Any, draws: int, seed: int
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    from bolanggu.engines.price_index import bootstrap

    found = bootstrap(panel, one, draws=draws, seed=seed)
    bounds = zip(points, found.lower.tolist(), found.upper.tolist(), strict=True)
    wider = [point | {"lower": lower, "upper": upper} for point, lower, upper in bounds]
    return wider, {"level": found.level, "draws": found.draws, "failed": found.failed, "seed": seed}


def _classes(file: Path, panel: Panel, one: Any) -> dict[str, Any]:
    from bolanggu.engines.price_index import aggregate, by_class
    from bolanggu.engines.price_index.reading import read_classes

    found = by_class(panel, read_classes(file), one)
    whole = aggregate(found)
    listed = [
        {
            "class": each.name,
            "products": each.products,
            "weight": each.weight,
            "why": each.why,
            "index": _series(panel, each.value),
            "contribution": _series(panel, each.contribution),
        }
        for each in found
    ]
    return {"classes": listed, "aggregate": _series(panel, whole)}


def _series(panel: Panel, value: Floats | None) -> list[dict[str, Any]] | None:
    if value is None:
        return None
    return [{"period": period, "value": number} for period, number in zip(panel.periods, value.tolist(), strict=True)]


def _drivers(panel: Panel, count: int) -> list[dict[str, Any]]:
    import numpy as np

    from bolanggu.engines.price_index import contributions

    last = contributions(panel)[-1]
    order = np.argsort(-np.abs(last), kind="stable")[:count]
    return [{"product": panel.products[at], "log_points": float(last[at])} for at in order.tolist()]


def _table(document: dict[str, Any]) -> str:
    lines = [f"{document['method']}, {document['rows']} rows, {document['products']} products; first period = 100"]
    for point in document["index"]:
        flags = f"  {', '.join(point['flags'])}" if point["flags"] else ""
        bounds = f"  [{100 * point['lower']:.2f}, {100 * point['upper']:.2f}]" if "lower" in point else ""
        lines.append(
            f"{point['period']:>12}  {100 * point['value']:8.2f}{bounds}  {point['products']:6d} products{flags}"
        )
    return "\n".join(lines)
