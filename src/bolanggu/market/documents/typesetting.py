"""Typesetting (排版): a typst template and JSON data to PDF, with fonts that come as packages.

One compiler with its fonts is kept for all papers; the same template, data and time give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).resolve().parent / "templates"

#: packages that carry the fonts: Latin, Cyrillic and Greek; Chinese; Arabic
FONT_PACKAGES = ("fontpkg_noto_sans", "noto_cjk_sans_otc", "fontpkg_noto_sans_arabic")


class FontMissing(RuntimeError):
    """A font package is not installed; without it typst would print empty boxes and say nothing."""

    code = "font_missing"


@cache
def font_folders() -> tuple[Path, ...]:
    """Folders of the font files.

    Raises
    ------
    FontMissing
        A font package is not installed or holds no font.
    """
    folders = []
    for package in FONT_PACKAGES:
        spec = find_spec(package)
        files = (
            [f for f in Path(spec.origin).parent.rglob("*") if f.suffix in {".ttf", ".otf", ".ttc"}]
            if spec and spec.origin
            else []
        )
        if not files:
            raise FontMissing(f"the package {package.replace('_', '-')} with its fonts is not installed")
        folders.append(files[0].parent)
    return tuple(folders)


@cache
def _compiler() -> Any:
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in font_folders()],
    )
    return typst.Compiler(root=str(TEMPLATES), font_paths=fonts)


def pdf(template: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """Set ``templates/<template>.typ`` with ``data`` (JSON), dated ``at``; the same again are the same bytes."""
    made: bytes = _compiler().compile(
        str(TEMPLATES / f"{template}.typ"),
        format="pdf",
        timestamp=at,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, default=str)},
    )
    return made
