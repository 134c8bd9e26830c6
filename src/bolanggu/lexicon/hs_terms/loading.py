"""Reading the word lists of this folder as plain rows."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Read one list, such as ``families``."""
    with (_HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def terms() -> tuple[dict[str, str], ...]:
    """Read all trade terms: rows ``target, implies, en, zh``."""
    return tuple(row for path in sorted(_HERE.glob("terms_*.csv")) for row in rows(path.stem))


@cache
def names_zh() -> dict[str, str]:
    """Name subheadings in everyday Chinese: six-digit code → name, made of our own terms, not the tariff's wording."""
    words = {row["attribute"]: row["zh"].split("|")[0] for row in reversed(rows("attributes"))}
    labels = {row["family"]: row["name_zh"] for row in rows("family_names")}
    names = {}
    for row in reversed(rows("families")):
        names[row["hs6"]] = "".join(words.get(name, "") for name in row["when"].split()) + labels[row["family"]]
    for row in reversed(terms()):
        if not row["target"].startswith("@") and row["zh"]:
            names[row["target"]] = "、".join(row["zh"].split("|")[:3])
    return names


@cache
def _notes() -> dict[str, tuple[str, str]]:
    return {row["prefix"]: (row["note"], row["source"]) for row in rows("notes")}


def note_of(hs6: str) -> tuple[str, str] | None:
    """Give the note that bounds a code, in our own words, and where it stands; the narrowest that there is.

    >>> note_of("611120")[1], note_of("010121")
    ('chapter 61 note 6', None)
    """
    return next((_notes()[hs6[:size]] for size in (4, 2) if hs6[:size] in _notes()), None)


def note_text(hs6: str) -> str:
    """Word `note_of` with its place in brackets; empty where there is none."""
    found = note_of(hs6)
    return f"{found[0]} ({found[1]})" if found else ""


@cache
def calibration() -> dict[str, float]:
    """Read the weights that turn an answer's features into a probability."""
    return {row["feature"]: float(row["weight"]) for row in rows("calibration")}
