"""Happening (事件): a milestone of a thing at a place and time, as it is captured."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bolanggu.platform.journal.chain import canonical, instant
from bolanggu.values.evidence import Tense


@dataclass(frozen=True, slots=True)
class Happening:
    """A milestone of a thing at a place and time, planned, estimated or actual.

    One read from a document bears that event's name (``named``), its ``form`` and its ``body``.
    """

    trade: str
    thing_kind: str
    thing: str
    tense: Tense
    milestone: str
    place: str
    happens_at: datetime
    detail: dict[str, Any] = field(default_factory=dict)
    named: str = ""
    form: str = "own"
    body: dict[str, Any] | None = None

    @property
    def event_id(self) -> str:
        """Hash of the event's own facts (RFC 6920 name), the same on every system that states them."""
        if self.named:
            return self.named
        facts = [self.thing, self.tense.value, self.milestone, self.place, instant(self.happens_at)]
        return f"ni:///sha-256;{hashlib.sha256(canonical(facts).encode()).hexdigest()}"
