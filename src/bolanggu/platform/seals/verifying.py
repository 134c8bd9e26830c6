"""Verifying (验签): whether a file is what its issuer sealed, byte for byte, and whether the issuer's key is known."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from bolanggu.platform.seals.carriers import UnknownFile, carrier_of
from bolanggu.platform.seals.keys import Trusted
from bolanggu.platform.seals.statement import NotASeal, Statement, read


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a file holds, why, who signed it (``own``, ``trusted``, ``unknown``; None where no seal holds)."""

    ok: bool
    why: str
    signer: str | None = None
    seal: Statement | None = None

    def as_dict(self) -> dict[str, Any]:
        """As plain data."""
        found: dict[str, Any] = {"ok": self.ok, "why": self.why, "signer": self.signer}
        if self.seal is not None:
            paper = self.seal.paper
            found |= {
                "issuer": self.seal.issuer,
                "key": self.seal.key,
                "paper": {name: getattr(paper, name) for name in ("number", "kind", "version", "language", "trade")},
                "at": self.seal.at,
                "journal": {"sequence": self.seal.journal.sequence, "head": self.seal.journal.head},
            }
        return found


def verify(sealed: bytes, trusted: Trusted) -> Finding:
    """Judge one file.

    Where no key at all is known, a sound seal of an unknown key is reported as such and holds as far as it goes: the
    file is unchanged since that key sealed it. As soon as some key is known, an unknown one is refused.
    """
    try:
        parts = carrier_of(sealed).extract(sealed)
    except UnknownFile as unknown:
        return Finding(ok=False, why=str(unknown))
    if parts is None:
        return Finding(ok=False, why="carries no seal: it was never sealed, or another program saved it again")
    content, text = parts
    try:
        seal = read(text.decode("ascii"))
    except (NotASeal, UnicodeDecodeError) as damage:
        return Finding(ok=False, why=f"the seal is damaged: {damage}")
    fault = _fault(sealed, content, seal)
    return Finding(ok=False, why=fault, seal=seal) if fault else _by_signer(seal, trusted)


def _fault(sealed: bytes, content: bytes, seal: Statement) -> str:
    """Why the seal does not hold over the file; empty if it does."""
    if hashlib.sha256(content).hexdigest() != seal.sha256:
        return "was changed after it was sealed: the digest of its bytes is another"
    try:
        again = carrier_of(content).embed(content, seal.text().encode("ascii"))
    except ValueError:
        again = b""
    if again != sealed:
        return "was changed after it was sealed: bytes around the seal are not as it was written"
    return "" if _is_signed(seal) else f"the seal is not signed by the key that it names, {seal.key[:16]}…"


def _is_signed(seal: Statement) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(seal.key))
        key.verify(bytes.fromhex(seal.signature), seal.message())
    except (InvalidSignature, ValueError):
        return False
    return True


def _by_signer(seal: Statement, trusted: Trusted) -> Finding:
    which = f"{seal.paper.number} version {seal.paper.version}"
    if seal.key in trusted.names:
        own = seal.key == trusted.own
        known = "this installation's own key" if own else f"trusted as {trusted.names[seal.key]}"
        why = f"{which} is as {seal.issuer} sealed it ({known})"
        return Finding(ok=True, why=why, signer="own" if own else "trusted", seal=seal)
    named = f"key {seal.key}, which calls itself {seal.issuer}"
    if trusted.names:
        why = f"{which} is sealed by an unknown {named}; if the issuer confirms the key, give it with --key"
        return Finding(ok=False, why=why, signer="unknown", seal=seal)
    why = f"{which} is unchanged since it was sealed by {named}; no key is known here: ask the issuer for it"
    return Finding(ok=True, why=why, signer="unknown", seal=seal)
