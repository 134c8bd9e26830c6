"""Actor: who acts, in which roles, over whose things, for what purpose, and how the act came to be known."""

from __future__ import annotations

from dataclasses import dataclass, field

from bolanggu.values.evidence import Source


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever calls a service: a signed-in person, a device, or a figure of the simulated world.

    ``parties`` are the numbers of the parties it acts for; an actor with ``everywhere`` acts for all
    (the market operator, the simulated world).
    """

    name: str
    roles: frozenset[str]
    source: Source = Source.PERSON
    parties: frozenset[str] = field(default_factory=frozenset)
    everywhere: bool = False
    purpose: str = "trade"

    def over(self, party: str) -> bool:
        """True if this actor acts for the party with that number."""
        return self.everywhere or party in self.parties
