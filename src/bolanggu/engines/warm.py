"""Compile every numba engine once, so that no first user waits: ``python -m bolanggu.engines.warm``."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Call ``warm()`` of each engine that has one, with a progress line."""
    here = Path(__file__).resolve().parent
    for module in sorted(here.glob("*/warm.py")):
        name = module.parent.name
        sys.stderr.write(f"  {name} ...\n")
        import_module(f"bolanggu.engines.{name}.warm").warm()


if __name__ == "__main__":
    main()
