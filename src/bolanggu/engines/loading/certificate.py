"""What a checked plan carries (验箱证书): the rules looked at, the violations found, the volume bound and the gap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule, in words, with the cartons it names.

    >>> str(Violation("overlap", "a at (0, 0, 0) and b at (1, 0, 0) share room", ("a", "b")))
    'overlap: a at (0, 0, 0) and b at (1, 0, 0) share room'
    """

    rule: str
    message: str
    keys: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Join the rule and the message."""
        return f"{self.rule}: {self.message}"


@dataclass(frozen=True, slots=True)
class Certificate:
    """Rules checked, violations, notes that are no violations, and the bound.

    ``bound`` is the most volume (mm³) that any plan of these cartons could load by volume and payload alone; ``gap`` is
    1 - loaded / bound.
    """

    checked: tuple[str, ...] = ()
    violations: tuple[Violation, ...] = ()
    notes: tuple[str, ...] = ()
    bound: int = 0
    gap: float = 0.0

    @property
    def valid(self) -> bool:
        """True if rules were checked and none is broken."""
        return bool(self.checked) and not self.violations

    def as_dict(self) -> dict[str, Any]:
        """Give the certificate as JSON data."""
        return {
            "checked": list(self.checked),
            "violations": [{"rule": v.rule, "message": v.message, "cartons": list(v.keys)} for v in self.violations],
            "notes": list(self.notes),
            "bound": self.bound,
            "gap": round(self.gap, 6),
        }
