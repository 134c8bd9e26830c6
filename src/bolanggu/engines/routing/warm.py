"""Compile the kernels once, on a network of four places."""

from __future__ import annotations

from bolanggu.engines.routing.sample import two_ports
from bolanggu.engines.routing.search import Router


def warm() -> None:
    """Run one search, so that every kernel is compiled and on disk."""
    Router(two_ports()).search("YIW", "RTM", 0)
