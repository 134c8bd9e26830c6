"""Seal in a workbook: the comment at the end of its ZIP archive (PKWARE APPNOTE 4.3.16), which OPC lets stand."""

from __future__ import annotations

_END = b"PK\x05\x06"
_FIXED = 22


def embed(content: bytes, text: bytes) -> bytes:
    """Set the archive's comment.

    Raises
    ------
    ValueError
        The archive has a comment already or is cut off, or the text is too long for one.
    """
    if len(text) > 0xFFFF:
        raise ValueError("a ZIP comment holds at most 65,535 bytes")
    if content[-_FIXED:-18] != _END or content[-2:] != b"\0\0":
        raise ValueError("the archive does not end in an end-of-directory record without comment")
    return content[:-2] + len(text).to_bytes(2, "little") + text


def extract(sealed: bytes) -> tuple[bytes, bytes] | None:
    """The archive without comment, and the comment; None if there is none."""
    start = sealed.rfind(_END)
    if start < 0 or len(sealed) <= start + _FIXED:
        return None
    return sealed[: start + _FIXED - 2] + b"\0\0", sealed[start + _FIXED :]
