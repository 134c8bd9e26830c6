"""What the simulated world assumes: named numbers with reasons, in ``data/assumptions/world.yaml``."""

from __future__ import annotations

from typing import Any

from bolanggu.data import read_yaml


def world(name: str) -> Any:
    """The value of one assumption.

    >>> world("deposit_bp")
    3000
    """
    return read_yaml("assumptions/world.yaml")[name]["value"]
