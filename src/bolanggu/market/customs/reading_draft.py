"""Reading drafts (读取草单): the form ``bolanggu-declaration/1``, and the particulars beside a goods list."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from bolanggu.market.customs.draft_declaration import Box, Particulars
from bolanggu.market.customs.fields import Fields
from bolanggu.market.customs.filling_spec import FORMAT, spec
from bolanggu.values.fault import Fault


def read_draft(document: Any, file: str) -> dict[str, Any]:
    """Read a draft; ``file`` is its name for messages. Blank fields are findings, not faults.

    Raises
    ------
    Fault
        It is no draft, a part is missing or has another form, or a field is not known to the specification.
    """
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise Fault(file, f"is not a draft in the form {FORMAT}", column="format")
    root = Fields(file, "", document)
    header = root.sub("header")
    if header is None:
        raise root.fault("header", "is missing")
    mode = root.text("mode") or header.text("trade_mode")
    if mode is None:
        raise root.fault("mode", "is missing")
    return {
        "format": FORMAT,
        "mode": mode,
        "header": _texts(header, "header"),
        "items": [_texts(row, "items") for row in root.many("items")],
        "containers": [_texts(row, "containers") for row in root.many("containers")],
    }


def _texts(row: Fields, part: str) -> dict[str, str]:
    for name in row.data:
        if name not in spec()[part]:
            raise row.fault(name, f"is no field of the {part}; known are {', '.join(spec()[part])}")
    return {name: text for name in spec()[part] if (text := row.text(name))}


def read_particulars(document: Any, file: str) -> Particulars:
    """Read the object ``particulars`` of a document in the form ``bolanggu-1039/1``; without one all is unknown.

    Raises
    ------
    Fault
        A field is unknown or has another type.
    """
    given = Fields(file, "", document).sub("particulars")
    if given is None:
        return Particulars()
    known = {field.name for field in fields(Particulars)}
    for name in given.data:
        if name not in known:
            raise given.fault(name, f"is no particular; known are {', '.join(sorted(known))}")
    texts = {name: given.text(name) or "" for name in given.data if name not in ("boxes", "specifications")}
    elements = given.sub("specifications")
    return Particulars(
        **texts,
        boxes=tuple(
            Box(box.text("number") or "", box.text("type") or "", shared=box.flag("shared") or False)
            for box in given.many("boxes")
        ),
        specifications={code: elements.text(code) or "" for code in elements.data} if elements else None,
    )
