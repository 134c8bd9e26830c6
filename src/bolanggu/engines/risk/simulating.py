"""Simulating (模拟): a world of honest declarations with planted schemes, whose bad ones are known by number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bolanggu.engines.risk.records import Credit, Outcome, Records, Setting
from bolanggu.engines.risk.schemes import SCHEMES
from bolanggu.engines.risk.world import AWARDS, CAP_CENTS, DENIED, START, YEAR_DAYS, Draft


@dataclass(frozen=True, slots=True)
class World:
    """Records, and the scheme of each bad declaration by its number."""

    records: Records
    schemes: dict[str, str]


def make(seed: int, entries: int = 6000, *, plant: float = 0.03) -> World:
    """Make a world.

    Parameters
    ----------
    seed
        The same seed gives the same world.
    entries
        How many honest declarations; the schemes come on top or change some of them.
    plant
        About which share of declarations is bad.
    """
    draft = Draft(seed, entries)
    honest = draft.stream("honest")
    for _ in range(entries):
        draft.entry(honest)
    _stalls_give_credit(draft)
    deeds = max(1, round(entries * plant / len(SCHEMES)))
    for name, scheme in SCHEMES.items():
        rng, before = draft.stream(name), len(draft.schemes)
        while len(draft.schemes) - before < deeds:
            scheme(draft, rng)
    _looks(draft)
    setting = Setting(CAP_CENTS, DENIED, _mirror(draft), AWARDS, draft.far)
    records = Records(
        tuple(draft.entries),
        tuple(draft.operators),
        tuple(draft.receipts),
        tuple(draft.arrivals),
        tuple(draft.credits),
        tuple(draft.outcomes),
        setting,
    )
    return World(records, draft.schemes)


def _mirror(draft: Draft) -> dict[tuple[str, str], int]:
    """What partners say they took in: near to what was declared, nothing of phantoms; half of the cells are known."""
    rng = draft.stream("mirror")
    sums: dict[tuple[str, str], int] = {}
    for entry in draft.entries:
        for item in entry.items:
            cell = item.hs10[:6], entry.destination
            real = draft.schemes.get(entry.number) != "phantom"
            sums[cell] = sums.get(cell, 0) + (item.value_cents if real else 0)
    known = [cell for cell in sorted(sums) if cell in draft.phantoms or rng.random() < 0.5]
    return {cell: round(sums[cell] * rng.lognormvariate(0.1, 0.3)) for cell in known}


def _stalls_give_credit(draft: Draft) -> None:
    rng = draft.stream("credit")
    for buyer, *_ in draft.buyers:
        size = rng.lognormvariate(12.5, 0.6)
        for number in range(rng.randint(0, 14)):
            at = START + timedelta(days=rng.uniform(0, YEAR_DAYS))
            paid = at + timedelta(days=rng.uniform(5, 50)) if rng.random() > 0.04 else None
            stall = rng.choice(draft.suppliers)
            draft.credits.append(
                Credit(f"K-{buyer}-{number}", buyer, stall, at, round(size * rng.uniform(0.5, 2)), paid)
            )


def _looks(draft: Draft) -> None:
    """Past looks, one declaration in twenty-five: most find nothing, also where something is."""
    rng = draft.stream("looks")
    for entry in rng.sample(draft.entries, len(draft.entries) // 25):
        hit = rng.random() < (0.45 if entry.number in draft.schemes else 0.015)
        draft.outcomes.append(Outcome(entry.number, entry.at + timedelta(days=4), entry.operator, hit))
