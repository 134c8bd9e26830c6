"""Reading a table of prices (读入): CSV with the columns period, product, price, quantity; every bad cell is named."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

from bolanggu.engines.price_index.cleaning import Rows
from bolanggu.engines.price_index.panel import Floats
from bolanggu.values.fault import Fault

COLUMNS = ("period", "product", "price", "quantity")
#: Where a document number may stand; the first of these that the file has.
DOCUMENTS = ("document", "invoice", "order", "InvoiceNo")
#: So many bad cells are named; the rest are counted.
NAMED = 20


def read(path: Path, *, raw: bool = False) -> Rows:
    """Read a CSV file of sales.

    Parameters
    ----------
    path
        UTF-8 with a header; more columns are allowed, row order is free.
    raw
        True leaves prices and quantities that are zero or negative to `cleaning.clean`.

    Raises
    ------
    Fault, ExceptionGroup
        One Fault for each bad cell (up to 20): a missing column, an empty file, an empty label, mixed or impossible
        period labels, a number that cannot be read, is not finite or not positive.
    """
    header, body = _table(path)
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise_all([Fault(str(path), f"is missing; the file has {', '.join(header)}", column=name) for name in missing])
    if not body:
        raise Fault(str(path), "has a header and no rows")
    width = 1 + max(header.index(name) for name in COLUMNS)
    short = [row for row, cells in enumerate(body, 1) if len(cells) < width]
    raise_all([Fault(str(path), f"has {len(body[row - 1])} cells; {width} are needed", row=row) for row in short])
    columns = {name: [row[header.index(name)].strip() for row in body] for name in COLUMNS}
    document = next((header.index(name) for name in DOCUMENTS if name in header), None)
    faults = [*_labels(path, columns["period"], "period"), *_labels(path, columns["product"], "product")]
    faults += _periods(path, columns["period"])
    price, quantity = (_numbers(path, columns[name], name, faults, raw=raw) for name in ("price", "quantity"))
    raise_all(faults)
    raise_all(_products(path, price, quantity))
    numbers = None if document is None else [row[document].strip() if len(row) > document else "" for row in body]
    return Rows(columns["period"], columns["product"], price, quantity, numbers)


def read_classes(path: Path) -> dict[str, str]:
    """Read a CSV file with the columns product and class; one row a product.

    Raises
    ------
    Fault, ExceptionGroup
        A missing column, an empty cell, or a product in two classes.
    """
    header, body = _table(path)
    missing = [name for name in ("product", "class") if name not in header]
    raise_all([Fault(str(path), f"is missing; the file has {', '.join(header)}", column=name) for name in missing])
    product, kind = header.index("product"), header.index("class")
    classes: dict[str, str] = {}
    faults = []
    for row, cells in enumerate(body, 1):
        if len(cells) <= max(product, kind) or not cells[product].strip() or not cells[kind].strip():
            faults.append(Fault(str(path), "product and class must both be filled", row=row))
            continue
        name, chosen = cells[product].strip(), cells[kind].strip()
        if classes.setdefault(name, chosen) != chosen:
            faults.append(Fault(str(path), f"{name} is already in class {classes[name]}", row=row, column="class"))
    raise_all(faults)
    return classes


def raise_all(faults: Sequence[Fault]) -> None:
    """Raise the only fault, or several as a group with the first twenty; nothing if there are none."""
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise ExceptionGroup(f"{len(faults)} bad cells, the first {min(NAMED, len(faults))} named", faults[:NAMED])


def _table(path: Path) -> tuple[list[str], list[list[str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.reader(file) if row]
    except FileNotFoundError:
        raise Fault(str(path), "does not exist") from None
    except OSError as problem:
        raise Fault(str(path), f"cannot be opened: {problem.strerror}") from None
    except UnicodeDecodeError as problem:
        raise Fault(str(path), f"is not UTF-8 (byte {problem.start}); save it as UTF-8") from None
    except csv.Error as problem:
        raise Fault(str(path), f"is not CSV: {problem}") from None
    if not rows:
        raise Fault(str(path), "is empty; it needs the columns " + ", ".join(COLUMNS))
    header = [name.strip() for name in rows[0]]
    twice = [name for name in COLUMNS if header.count(name) > 1]
    raise_all([Fault(str(path), "stands twice in the header", column=name) for name in twice])
    return header, rows[1:]


def _labels(path: Path, cells: Sequence[str], column: str) -> list[Fault]:
    return [Fault(str(path), "is empty", row=row, column=column) for row, cell in enumerate(cells, 1) if not cell]


def _periods(path: Path, cells: Sequence[str]) -> list[Fault]:
    """Labels must all have one shape, so that their order as text is the order of time."""
    first_row: dict[str, int] = {}
    for row, cell in enumerate(cells, 1):
        first_row.setdefault(cell, row)
    labels = [label for label in first_row if label]
    shapes = {label: re.sub(r"\d", "9", label) for label in labels}
    faults = []
    for label in labels:
        if shapes[label] != shapes[labels[0]]:
            message = f"{label!r} is not written like {labels[0]!r}; one file holds one kind of period"
        elif not _is_real(label, shapes[label]):
            message = f"{label!r} is not in the calendar; write 2026-03, 2026-W09 or 2026-03-01"
        else:
            continue
        faults.append(Fault(str(path), message, row=first_row[label], column="period"))
    return faults


def _is_real(label: str, shape: str) -> bool:
    if shape == "9999-99":
        return 1 <= int(label[5:]) <= 12
    if shape == "9999-Q9":
        return 1 <= int(label[6:]) <= 4
    if shape in ("9999-W99", "9999-99-99"):
        try:
            date.fromisoformat(label)
        except ValueError:
            return False
    return True


def _numbers(path: Path, cells: Sequence[str], column: str, faults: list[Fault], *, raw: bool) -> Floats:
    values = np.fromiter(map(_number, cells), dtype=np.float64, count=len(cells))
    good = np.isfinite(values) if raw else np.isfinite(values) & (values > 0)
    faults.extend(
        Fault(str(path), _complaint(cells[row], values[row], column), row=row + 1, column=column)
        for row in np.flatnonzero(~good).tolist()
    )
    return values


def _products(path: Path, price: Floats, quantity: Floats) -> list[Fault]:
    """Turnover that overflows, or vanishes though both its factors are there."""
    with np.errstate(over="ignore", under="ignore"):
        turnover = price * quantity
    lost = ~np.isfinite(turnover) | ((turnover == 0) & (price != 0) & (quantity != 0))
    message = "price times quantity is beyond what a number can hold"
    return [Fault(str(path), message, row=row + 1, column="price") for row in np.flatnonzero(lost).tolist()]


def _number(cell: str) -> float:
    try:
        return float(cell) if "_" not in cell else math.nan
    except ValueError:
        return math.nan


def _complaint(cell: str, value: float, column: str) -> str:
    if math.isfinite(value):
        return f"{cell} is not positive; the index reads sales only"
    return f'"{cell}" is not a finite number; write digits and a point, such as 12.50' if cell else f"{column} is empty"
