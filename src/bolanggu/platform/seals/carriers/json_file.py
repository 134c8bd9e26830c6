"""Seal in a JSON file: the last member of its object."""

from __future__ import annotations

_END = b"\n}\n"
_NAME = b',\n "bolanggu_seal": '


def embed(content: bytes, text: bytes) -> bytes:
    """Add the seal as the last member of an object that ends in a line of its own.

    Raises
    ------
    ValueError
        The file does not end in a line with a closing brace.
    """
    if not content.endswith(_END):
        raise ValueError("the JSON file does not end in a line with a closing brace")
    return content[: -len(_END)] + _NAME + text + _END


def extract(sealed: bytes) -> tuple[bytes, bytes] | None:
    """The file without its seal, and the seal's text; None if there is no seal."""
    start = sealed.rfind(_NAME)
    if start < 0:
        return None
    return sealed[:start] + _END, sealed[start + len(_NAME) : -len(_END)]
