"""Building the synthetic city (建城): districts, shops, goods and parties into the database, in order, chunk by chunk.

Every chunk is one transaction, and what stands tells where to go on: a killed build is taken up by the next call and
ends in the same city. A larger city with the same seed grows out of a smaller one. Everything is marked ``synthetic``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from bolanggu.market.goods.models import Booth, Catalogue, District, Product, Shop
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.platform.alone import alone
from bolanggu.platform.parties.models import Party
from bolanggu.trade.world import standing
from bolanggu.trade.world.cast import WORLD
from bolanggu.trade.world.chunks import write_goods, write_others, write_places, write_services
from bolanggu.trade.world.people import others_of
from bolanggu.trade.world.plan import Plan, assumed, plan_of

DEFAULT_SEED = 1
SHOPS_AT_ONCE = 400
PARTIES_AT_ONCE = 50_000
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Counts:
    """What stands in the city."""

    size: str
    seed: int
    districts: int
    booths: int
    shops: int
    merchants: int
    parties: int
    goods: int
    synthetic: bool = True

    def as_dict(self) -> dict[str, str | int | bool]:
        """Give the counts as JSON data."""
        return asdict(self)


def _quiet(what: str, done: int, of: int) -> None:
    """Say nothing."""


@requires("place", "build")
def build(*, by: Actor, at: datetime, size: str, seed: int = DEFAULT_SEED, progress: Progress = _quiet) -> Counts:
    """Build the city of a size, or what is missing of it; the same size and seed again change nothing.

    Raises
    ------
    Fault
        No such size, or a city of another seed stands here.
    """
    plan = plan_of(size)
    with alone("city"):
        standing.same_seed(seed)
        grown = _places(plan, seed, progress)
        grown = _goods(plan, seed, progress) or grown
        grown = _others(plan, seed, progress) or grown
        if grown or not Catalogue.objects.exclude(origin="").exists():
            _finish(plan, seed, by=by, at=at)
    _index(progress)
    return counts(size, seed)


def ensure(size: str = "demo", *, at: datetime | None = None, say: Callable[[str], None] = lambda _: None) -> None:
    """Build the city if the database holds no goods; safe with several processes at once and after a kill.

    A catalogue that people imported counts as goods: nothing is added to it.
    """
    if standing.has_catalogue():
        return
    say(f"building the {size} city (synthetic) …")
    build(by=WORLD, at=at or founded(), size=size)


def ensure_places_only(size: str = "demo") -> None:
    """Build districts, booths, shops, merchants and services, without goods, if there are none.

    For a catalogue file that is to be the whole catalogue of a fresh home.
    """
    plan = plan_of(size)
    if standing.shops():
        return
    with alone("city"):
        _places(plan, DEFAULT_SEED, _quiet)


def counts(size: str, seed: int) -> Counts:
    """Count what stands."""
    return Counts(
        size=size,
        seed=seed,
        districts=District.objects.count(),
        booths=Booth.objects.count(),
        shops=Shop.objects.count(),
        merchants=Party.objects.filter(kind="merchant").count(),
        parties=Party.objects.count(),
        goods=Product.objects.count(),
    )


def founded() -> datetime:
    """When the synthetic city states its facts if the caller names no time."""
    at = assumed("founded")["value"]
    return at if isinstance(at, datetime) else datetime.fromisoformat(at)


def _places(plan: Plan, seed: int, progress: Progress) -> bool:
    """Write services once, then the missing shops with their merchants and booths."""
    first = standing.shops()
    write_services(plan, seed)
    for start in range(first, plan.shops, SHOPS_AT_ONCE):
        last = min(start + SHOPS_AT_ONCE, plan.shops)
        write_places(start, last, seed)
        progress("shops", last, plan.shops)
    return first < plan.shops


def _goods(plan: Plan, seed: int, progress: Progress) -> bool:
    """Write the goods of shops that have none yet."""
    first = standing.stocked_shops()
    for start in range(first, plan.shops, SHOPS_AT_ONCE):
        last = min(start + SHOPS_AT_ONCE, plan.shops)
        write_goods(start, last, seed)
        progress("shops stocked", last, plan.shops)
    return first < plan.shops


def _others(plan: Plan, seed: int, progress: Progress) -> bool:
    """Write the registered entities that have neither booth nor service."""
    first, whole = standing.others(), others_of(plan)
    for start in range(first, whole, PARTIES_AT_ONCE):
        last = min(start + PARTIES_AT_ONCE, whole)
        write_others(plan, seed, start, last)
        progress("parties", last, whole)
    return first < whole


@transaction.atomic
def _finish(plan: Plan, seed: int, *, by: Actor, at: datetime) -> None:
    """Note the new generation of goods, with its event."""
    catalogue, _ = Catalogue.objects.select_for_update().get_or_create(market=1)
    catalogue.generation += 1
    catalogue.goods = Product.objects.filter(state="listed").count()
    catalogue.origin = plan.size if catalogue.origin != "file" else "file"
    catalogue.save(update_fields=["generation", "goods", "origin"])
    outbox.write(
        kind="city.built",
        subject=plan.size,
        at=at,
        by=by,
        payload={"seed": seed, "goods": catalogue.goods, "synthetic": True},
    )


def _index(progress: Progress) -> None:
    """Bring the search index up to the goods."""
    from bolanggu.market.goods import search_index

    search_index.refresh(progress=lambda done: progress("goods indexed", done, 0))
