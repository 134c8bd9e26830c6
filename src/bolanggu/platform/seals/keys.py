"""Keys (密钥): the installation's own signing key, made at first use, and the keys that it trusts."""

from __future__ import annotations

import json
import os
import re
import secrets
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bolanggu.values.fault import Fault

ISSUER_FORMAT = "bolanggu-issuer/1"
#: files in the folder of keys
PRIVATE, PUBLIC, TRUSTED = "seal.key", "issuer.json", "trusted.json"
_HEX_KEY = re.compile(r"[0-9a-fA-F]{64}")


@dataclass(frozen=True, slots=True)
class Key:
    """An issuer's signing key: 32 raw bytes, kept out of sight, and the public key (hex) with the issuer's name."""

    issuer: str
    public: str
    private: bytes = field(repr=False)

    def sign(self, message: bytes) -> str:
        """Sign a message (Ed25519, RFC 8032); hex."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.private).sign(message).hex()

    def published(self) -> str:
        """What the issuer hands out so that others can trust the key."""
        document = {"format": ISSUER_FORMAT, "name": self.issuer, "algorithm": "Ed25519", "key": self.public}
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class Trusted:
    """Public keys (hex) with the names they are trusted under; ``own`` is the installation's own key, if it has one."""

    names: Mapping[str, str]
    own: str | None = None


def key_from(private: bytes, issuer: str) -> Key:
    """A key from its 32 raw bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    public = Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw().hex()
    return Key(issuer, public, private)


def own_key(folder: Path, issuer: str) -> Key:
    """The key kept in ``folder``; made at first use, once, however many ask for it at the same time.

    Raises
    ------
    Fault
        The file of the key is damaged; papers sealed with it still verify with the public key.
    """
    file = folder / PRIVATE
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _write_once(file, secrets.token_bytes(32).hex() + "\n")
    text = file.read_text(encoding="ascii", errors="replace").strip()
    if not _HEX_KEY.fullmatch(text):
        raise Fault(str(file), "is not a signing key; put the saved one back, or remove the file to make a new key")
    key = key_from(bytes.fromhex(text), issuer)
    public = folder / PUBLIC
    if not public.exists() or public.read_text(encoding="utf-8") != key.published():
        _replace(public, key.published())
    return key


def _write_once(file: Path, text: str) -> None:
    """Write a file readable by its owner alone, unless there is one; two that write at once leave one whole file."""
    number, fresh = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    with os.fdopen(number, "w", encoding="ascii") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    with suppress(FileExistsError):
        os.link(fresh, file)
    Path(fresh).unlink()


def _replace(file: Path, text: str) -> None:
    number, fresh = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    with os.fdopen(number, "w", encoding="utf-8") as stream:
        stream.write(text)
    Path(fresh).chmod(0o644)
    Path(fresh).replace(file)


def read_trusted(folder: Path | None, given: Iterable[str] = ()) -> Trusted:
    """What may be trusted: the own key and the trust list of ``folder``, and keys given by hand.

    Parameters
    ----------
    folder
        The installation's keys; None trusts what is given and nothing else.
    given
        Each a public key in hex, or a file: an ``issuer.json``, or a list ``{"keys": [{"name", "key"}]}``.

    Raises
    ------
    Fault
        A file cannot be read or holds no key.
    """
    names: dict[str, str] = {}
    own = None
    if folder is not None and (folder / PUBLIC).exists():
        (own, name), *_ = _keys_in(folder / PUBLIC)
        names[own] = name
    if folder is not None and (folder / TRUSTED).exists():
        names |= dict(_keys_in(folder / TRUSTED))
    for one in given:
        names |= {one.lower(): "given by hand"} if _HEX_KEY.fullmatch(one) else dict(_keys_in(Path(one)))
    return Trusted(names, own)


def _keys_in(file: Path) -> list[tuple[str, str]]:
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Fault(str(file), f"cannot be read: {error.strerror}; give 64 hexadecimal digits or a file") from None
    except ValueError:
        raise Fault(str(file), "is not JSON; give an issuer.json or a list of keys") from None
    rows = document.get("keys", [document]) if isinstance(document, dict) else []
    found = [_pair(row) for row in rows if isinstance(row, dict)]
    if not found or None in found:
        raise Fault(str(file), 'holds no key; write {"keys": [{"name": …, "key": 64 hexadecimal digits}]}')
    return [pair for pair in found if pair]


def _pair(row: Mapping[str, Any]) -> tuple[str, str] | None:
    key = row.get("key")
    if not isinstance(key, str) or not _HEX_KEY.fullmatch(key):
        return None
    return key.lower(), str(row.get("name") or "unnamed")
