"""Writing (出件): the files of a digest, written beside their place and renamed."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from bolanggu.blueprint.digest.composing import Digest
from bolanggu.blueprint.digest.page import html
from bolanggu.blueprint.digest.printing import pdf
from bolanggu.values.fault import Fault


def write(digest: Digest, out: Path) -> dict[str, Any]:
    """Write ``index.html``, ``digest.pdf`` and ``digest.json`` (exact values) and return their paths.

    Raises
    ------
    Fault
        The folder cannot be written.
    """
    made = {
        "html": (out / "index.html", html(digest).encode()),
        "pdf": (out / "digest.pdf", pdf(digest)),
        "data": (out / "digest.json", json.dumps(_exact(digest), ensure_ascii=False, indent=1).encode()),
    }
    for file, content in made.values():
        _write(file, content)
    return {name: str(file) for name, (file, _) in made.items()}


def _exact(digest: Digest) -> dict[str, Any]:
    return {
        "document": {"name": digest.name, "sha256": digest.sha256, "characters": len(digest.text)},
        "title": digest.title,
        "dated": digest.dated or None,
        "headlines": [card.figure for card in digest.headlines],
        "figures": [figure.as_dict() for figure in digest.figures],
        "commitments": [commitment.as_dict() for commitment in digest.commitments],
    }


def _write(file: Path, content: bytes) -> None:
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(content)
        fresh.replace(file)
    except (FileExistsError, NotADirectoryError, PermissionError, FileNotFoundError, IsADirectoryError) as error:
        raise Fault(str(file.parent), f"cannot be written: {error.strerror}; name another folder with --out") from error
    finally:
        if file.parent.is_dir():
            fresh.unlink(missing_ok=True)
