"""Sealing (加盖): sign a file's bytes and put the seal into the file. The same file and facts give the same bytes."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from bolanggu.platform.seals.carriers import carrier_of
from bolanggu.platform.seals.keys import Key
from bolanggu.platform.seals.statement import Journal, Paper, Statement


def seal(content: bytes, *, paper: Paper, at: str, journal: Journal, key: Key) -> tuple[bytes, Statement]:
    """The sealed file and the statement in it.

    Raises
    ------
    UnknownFile
        The content is none of PDF, XLSX, XML, HTML, JSON.
    ValueError
        The content cannot carry a seal, for instance because it has one.
    """
    carrier = carrier_of(content)
    if carrier.extract(content) is not None:
        raise ValueError(f"paper {paper.number} is sealed already; seal the file as it was made")
    digest = hashlib.sha256(content).hexdigest()
    stated = Statement(paper, key.issuer, at, journal, digest, key.public)
    signed = replace(stated, signature=key.sign(stated.message()))
    sealed: bytes = carrier.embed(content, signed.text().encode("ascii"))
    return sealed, signed
