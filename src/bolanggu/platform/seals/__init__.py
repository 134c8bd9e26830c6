"""Seals (电子签章): a paper carries its issuer's Ed25519 signature in its own file and is proved without a database."""

from bolanggu.platform.seals.keys import Key, Trusted, own_key, read_trusted
from bolanggu.platform.seals.sealing import seal
from bolanggu.platform.seals.statement import Journal, NotASeal, Paper, Statement
from bolanggu.platform.seals.verifying import Finding, verify

__all__ = [
    "Finding",
    "Journal",
    "Key",
    "NotASeal",
    "Paper",
    "Statement",
    "Trusted",
    "own_key",
    "read_trusted",
    "seal",
    "verify",
]
