"""Evidence (凭据): every fact says who or what stated it, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Source(StrEnum):
    """Who states a fact: a person, a device, or the simulated world."""

    PERSON = "person"
    DEVICE = "device"
    SIMULATED = "simulated"


class Tense(StrEnum):
    """Planned, estimated and actual times never overwrite each other (DCSA event classifier PLN, EST, ACT)."""

    PLANNED = "PLN"
    ESTIMATED = "EST"
    ACTUAL = "ACT"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Source and time of one stated fact."""

    source: Source
    at: datetime

    def __post_init__(self) -> None:
        """Refuse a time without a zone."""
        if self.at.tzinfo is None:
            raise ValueError(f"{self.at.isoformat()} has no time zone; give one, such as +00:00")
