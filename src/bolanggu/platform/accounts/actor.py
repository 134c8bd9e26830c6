"""Actor: who acts, in which roles, over whose things, for what purpose, and how the act came to be known."""

from __future__ import annotations

from dataclasses import dataclass, field

from bolanggu.values.evidence import Source


@dataclass(frozen=True, slots=True)
class Permit:
    """One act granted to one person beside her role: ``action`` on ``thing``, over a party, of one field.

    ``party`` is the number of the party whose things it is about, empty for those of the actor's own parties;
    ``everywhere`` is the whole market; ``field`` is the only part of the thing it opens, empty for all of it.
    """

    thing: str
    action: str
    party: str = ""
    field: str = ""
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever calls a service: a signed-in person, a device, or a figure of the simulated world.

    ``parties`` are the numbers of the parties it acts for; an actor with ``everywhere`` acts for all
    (the market operator, the simulated world). ``permits`` are single acts, valid for this ``purpose``.
    """

    name: str
    roles: frozenset[str]
    source: Source = Source.PERSON
    parties: frozenset[str] = field(default_factory=frozenset)
    everywhere: bool = False
    purpose: str = "trade"
    permits: frozenset[Permit] = field(default_factory=frozenset)

    def over(self, party: str) -> bool:
        """True if this actor acts for the party with that number."""
        return self.everywhere or party in self.parties
