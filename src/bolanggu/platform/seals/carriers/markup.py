"""Seal in XML or HTML: a processing instruction or a comment after the root element; schemas do not see either."""

from __future__ import annotations

_WRAPS = ((b"<?bolanggu-seal ", b"?>\n"), (b"<!--bolanggu-seal ", b"-->\n"))


def embed(content: bytes, text: bytes) -> bytes:
    """Append the seal to the file."""
    before, after = _WRAPS[_is_html(content)]
    return content + before + text + after


def extract(sealed: bytes) -> tuple[bytes, bytes] | None:
    """The file without its seal, and the seal's text; None if there is no seal."""
    before, after = _WRAPS[_is_html(sealed)]
    start = sealed.rfind(before)
    if start < 0:
        return None
    end = sealed.find(after[:-1], start)
    return sealed[:start], sealed[start + len(before) : end if end >= 0 else len(sealed)]


def _is_html(content: bytes) -> bool:
    return content[:15].lower().startswith(b"<!doctype html")
