"""Tastes of the search (搜索口味): parameters of the value function, and which suit which goods."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Taste:
    """Parameters of V · C^α · (1-loss)^β · n^-γ, the rule that picks spaces, and how blocks are made.

    ``slack`` is the gap that counts as contact as a share of a block's edge. ``rule`` 0 fills the nearest corner first,
    1 the front wall, 2 the floor. ``min_fill`` is the least fill of a joined block, ``blocks`` how many are made.
    The defaults of α, β, γ and slack are those of Araya, Guerrero & Núñez 2017.
    """

    alpha: float = 4.0
    beta: float = 1.0
    gamma: float = 0.2
    slack: float = 0.04
    rule: int = 0
    min_fill: float = 0.98
    blocks: int = 10_000

    @property
    def kind(self) -> tuple[float, int]:
        """What decides which blocks are made."""
        return self.min_fill, self.blocks


#: parameters of da Silva 2025 for a container half full and for one nearly full
_EARLY, _LATE = Taste(3.7015, 2.6631, 0.3968, 0.0139), Taste(2.0934, 1.4609, 0.4732, 0.0366)
#: tastes without support; those at even places suit many types
FREE = [
    Taste(), Taste(min_fill=1.0), _LATE, replace(_LATE, min_fill=1.0), _EARLY, Taste(alpha=6.0, beta=2.0, gamma=0.3),
    Taste(gamma=0.1),
]  # fmt: skip


def tastes(kinds: int, *, supported: bool) -> list[Taste]:
    """Tastes that take turns for so many carton types.

    Chosen on instances numbered above 100 of the sets BR1 to BR15, which are never reported. Few types join without
    loss, many need blocks with small gaps.
    """
    if not supported:
        return FREE if kinds <= 20 else FREE[::2]
    if kinds <= 12:
        return [Taste(), Taste(min_fill=1.0)]
    return [Taste(), Taste(gamma=0.1)]
