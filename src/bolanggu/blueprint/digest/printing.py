"""The sheet (印张): a digest as A4 portrait PDF; numbers carry footnotes to their sentences on the pages after."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from bolanggu.blueprint.digest.composing import Digest
from bolanggu.blueprint.digest.page import TEMPLATES, view
from bolanggu.blueprint.sentences import bounds, mended
from bolanggu.market.documents.typesetting import font_folders


def pdf(digest: Digest) -> bytes:
    """Set the digest with typst.

    Raises
    ------
    FontMissing
        A font package is not installed.
    """
    import typst

    made: bytes = typst.compile(
        str(TEMPLATES / "digest.typ"),
        root=str(TEMPLATES),
        font_paths=[str(folder) for folder in font_folders()],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(_sheet(digest), ensure_ascii=False, default=asdict)},
    )
    return made


def _sheet(digest: Digest) -> dict[str, Any]:
    notes, note_of = _notes(digest)
    return {**view(digest), "notes": notes, "note_of": note_of}


def _notes(digest: Digest) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """One note a sentence, with its figures marked and their offsets; figure → number of its note."""
    sentences: dict[tuple[int, int], list[int]] = {}
    for at, figure in enumerate(digest.figures):
        sentences.setdefault(bounds(digest.text, figure.start, figure.end), []).append(at)
    notes = []
    note_of = {}
    for number, (span, inside) in enumerate(sentences.items(), 1):
        figures = [digest.figures[at] for at in inside]
        spans = sorted({(figure.start, figure.end) for figure in figures})
        place = ", ".join(f"{start}–{end}" for start, end in spans)
        notes.append({"parts": _parts(digest.text, *span, spans), "place": place})
        note_of.update({str(at): number for at in inside})
    return notes, note_of


def _parts(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = []
    for first, last in spans:
        if first >= start:
            parts += [
                {"mark": False, "words": mended(text[start:first])},
                {"mark": True, "words": mended(text[first:last])},
            ]
            start = last
    return [*parts, {"mark": False, "words": mended(text[start:end])}]
