"""Loading problems as the literature makes them (Bischoff & Ratcliff 1995; Davies & Bischoff 1999), from the recipe."""

from __future__ import annotations

from collections.abc import Iterator

from bolanggu.engines.loading import CartonType, ContainerType

#: carton types of the sets BR1 to BR15
KINDS = (3, 5, 8, 10, 12, 15, 20, 30, 40, 50, 60, 70, 80, 90, 100)
#: the container of all sets, cm
BOX = ContainerType("br", 587, 233, 220)
_LEAST, _MOST = (30, 25, 20), (120, 100, 80)
_MODULUS = 2**31 - 1


def _random(number: int) -> Iterator[float]:
    state = 2502505 + 100 * (number - 1)
    while True:
        state = 16807 * state % _MODULUS
        yield state / _MODULUS


def instance(group: int, number: int) -> tuple[CartonType, ...]:
    """Carton types of instance ``number`` (the literature has 1 to 100) of set BR ``group``, 1 to 15; edges in cm.

    >>> [(c.length, c.width, c.height, c.quantity) for c in instance(1, 1)]
    [(108, 76, 30, 40), (110, 43, 25, 33), (92, 81, 55, 39)]
    """
    stream = _random(number)
    for _ in range(10):
        next(stream)
    kinds = KINDS[group - 1]
    edges = [
        sorted(
            (low + int(next(stream) * (high - low + 1)) for low, high in zip(_LEAST, _MOST, strict=True)), reverse=True
        )
        for _ in range(kinds)
    ]
    volumes = [length * width * height for length, width, height in edges]
    counts, loaded = [1] * kinds, sum(volumes)
    while True:
        kind = int(next(stream) * kinds)
        if loaded + volumes[kind] > BOX.volume:
            break
        counts[kind] += 1
        loaded += volumes[kind]
    return tuple(
        CartonType(str(row), *edge, count, upright=(edge[0] / edge[2] < 2, edge[1] / edge[2] < 2, True))
        for row, (edge, count) in enumerate(zip(edges, counts, strict=True), 1)
    )


def numbers(group: int, count: int = 100) -> Iterator[int]:
    """Every number of the published file of a set, in the file's order: for digests."""
    yield count
    for number in range(1, count + 1):
        yield from (number, 2502505 + 100 * (number - 1), BOX.length, BOX.width, BOX.height, KINDS[group - 1])
        for carton in instance(group, number):
            edges = (carton.length, carton.width, carton.height)
            yield int(carton.key)
            for edge, flag in zip(edges, carton.upright, strict=True):
                yield from (edge, int(flag))
            yield carton.quantity
