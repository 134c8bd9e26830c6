"""Cleaning (清洗) of raw transactions: a step before the index, which counts what it drops and why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bolanggu.engines.price_index.panel import Floats


@dataclass(frozen=True)
class Rows:
    """Raw transaction rows as columns of equal length; ``document`` is the invoice or order number, if known."""

    period: Sequence[str]
    product: Sequence[str]
    price: Floats
    quantity: Floats
    document: Sequence[str] | None = None

    def __len__(self) -> int:
        return len(self.price)

    def where(self, kept: NDArray[np.bool_]) -> Rows:
        """The rows at which ``kept`` is true."""
        chosen = np.flatnonzero(kept).tolist()
        document = None if self.document is None else [self.document[row] for row in chosen]
        return Rows(
            [self.period[row] for row in chosen],
            [self.product[row] for row in chosen],
            self.price[kept],
            self.quantity[kept],
            document,
        )


def _document_starts(letter: str) -> Callable[[Rows], NDArray[np.bool_]]:
    def starts(rows: Rows) -> NDArray[np.bool_]:
        return np.array([text[:1].upper() == letter for text in rows.document or [""] * len(rows)], dtype=bool)

    return starts


def _repeated(rows: Rows) -> NDArray[np.bool_]:
    """Equal to an earlier row in every column; without document numbers two equal sales are just two sales."""
    if rows.document is None:
        return np.zeros(len(rows), dtype=bool)
    seen: set[tuple[str, str, str, float, float]] = set()
    again = np.zeros(len(rows), dtype=bool)
    columns = (rows.document, rows.period, rows.product, rows.price.tolist(), rows.quantity.tolist())
    for number, row in enumerate(zip(*columns, strict=True)):
        again[number] = row in seen
        seen.add(row)
    return again


#: Reason → which rows it drops, in the order of asking; a row is counted under the first reason that holds.
REASONS: dict[str, Callable[[Rows], NDArray[np.bool_]]] = {
    "cancelled": _document_starts("C"),
    "adjustment": _document_starts("A"),
    "not a number": lambda rows: ~(np.isfinite(rows.price) & np.isfinite(rows.quantity)),
    "zero price": lambda rows: rows.price == 0,
    "negative price": lambda rows: rows.price < 0,
    "quantity not positive": lambda rows: rows.quantity <= 0,
    "repeated row": _repeated,
}


@dataclass(frozen=True)
class Cleaned:
    """What is left, and how many rows were dropped for each reason (``not goods`` and every key of `REASONS`)."""

    rows: Rows
    dropped: dict[str, int]


def clean(rows: Rows, *, not_goods: Collection[str] = ()) -> Cleaned:
    """Drop what no index may read, and say how much.

    Product codes are folded to upper case, since one good is often keyed in both.

    Parameters
    ----------
    rows
        As they came; documents that start with C are cancellations, with A adjustments of bad debt.
    not_goods
        Codes in upper case that name no good: postage, discounts, fees.

    Examples
    --------
    >>> raw = Rows(["1"] * 3, ["a", "A", "post"], np.array([2.0, 0.0, 5.0]), np.ones(3))
    >>> found = clean(raw, not_goods={"POST"})
    >>> found.rows.product, {reason: count for reason, count in found.dropped.items() if count}
    (['A'], {'zero price': 1, 'not goods': 1})
    """
    folded = Rows(rows.period, [code.upper() for code in rows.product], rows.price, rows.quantity, rows.document)
    kept = np.ones(len(rows), dtype=bool)
    dropped = {}
    hits = {reason: test(folded) for reason, test in REASONS.items()}
    hits["not goods"] = np.array([code in not_goods for code in folded.product], dtype=bool)
    for reason, rows_hit in hits.items():
        hit = kept & rows_hit
        dropped[reason] = int(hit.sum())
        kept &= ~hit
    return Cleaned(folded.where(kept), dropped)
