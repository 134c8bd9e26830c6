"""A peer's environment in ``.peers/``, built from its hashed lock: the one place that benchmarks install from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def build(place: Path, lock: Path) -> None:
    """Make the environment in ``place`` from ``lock``, where it is missing or of another lock."""
    stamp = place / "installed.txt"
    if stamp.exists() and stamp.read_bytes() == lock.read_bytes():
        return
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(place)], check=True, stdout=sys.stderr)
    pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--no-deps", "--require-hashes", "-r", str(lock)], check=True, stdout=sys.stderr)
    stamp.write_bytes(lock.read_bytes())
