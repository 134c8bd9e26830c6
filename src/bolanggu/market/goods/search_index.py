"""The search index of this installation (搜索索引): kept level with the database, rebuilt when it cannot be.

What a change touches is noted in `Pending` within the change's own transaction, so that no crash can leave the
index short: the next one who looks applies the notes. After each round the number of goods is compared with
the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from zlib import crc32

from django.db.models import Max

from bolanggu.engines.goods_search.index import GoodsIndex
from bolanggu.engines.goods_search.schema import Goods
from bolanggu.market.goods.models import Booth, Catalogue, Pending, Product
from bolanggu.settings import home

#: More pending goods than this share of the index, and than this number, are quicker rebuilt than replaced.
REBUILD_SHARE, REBUILD_AT_LEAST = 0.2, 5_000
ROUNDS = 5
_PAGE = 5_000
_COLUMNS = (
    "pk",
    "code",
    "title_zh",
    "title_en",
    "category",
    "shop_id",
    "moq",
    "tiers",
    "carton_l_mm",
    "carton_w_mm",
    "carton_h_mm",
    "stock",
)
Progress = Callable[[int], None]


def index() -> GoodsIndex:
    """The index in this installation's home."""
    return _index(str(home() / "search"))


@cache
def _index(folder: str) -> GoodsIndex:
    from pathlib import Path

    return GoodsIndex(Path(folder))


@contextmanager
def held() -> Iterator[None]:
    """Keep others from writing the index; searches go on with what it holds."""
    with index().lock():
        yield


def category_number(key: str) -> int:
    """The number by which the index knows a category."""
    return crc32(key.encode())


def refresh(*, wait: bool = True, progress: Progress = lambda _: None, anew: bool = False) -> int:
    """Bring the index level with the database; returns the number of goods in it.

    Without ``wait``, a writer at work elsewhere is left to it. ``anew`` builds from scratch.
    """
    found = index()
    with found.lock(wait=wait) as mine:
        if mine:
            for _ in range(ROUNDS):
                anew = _round(found, progress, anew=anew)
                if not anew and not Pending.objects.exists():
                    break
    return found.count()


def _round(found: GoodsIndex, progress: Progress, *, anew: bool) -> bool:
    """Apply what is pending; True if the count shows that only a rebuild will do."""
    identity = _identity()
    pending = list(Pending.objects.order_by("pk").values_list("pk", "first_id", "last_id"))
    touched = sum(last - first + 1 for _, first, last in pending)
    most = max(REBUILD_AT_LEAST, REBUILD_SHARE * found.count())
    if anew or found.manifest().get("identity") != identity or touched > most:
        _rebuild(found, identity, progress)
        return False
    if pending:
        for _, first, last in pending:
            rows = list(_rows(first - 1, last))
            gone = set(range(first, last + 1)) - {goods.pid for goods in rows}
            found.upsert(rows, sorted(gone))
        _forget([pk for pk, _, _ in pending])
    return found.count() != _listed() and not Pending.objects.exists()


def _rebuild(found: GoodsIndex, identity: str, progress: Progress) -> None:
    left = found.broken_off()
    newest = Pending.objects.aggregate(newest=Max("pk"))["newest"] or 0
    upto = left["upto"] if left.get("identity") == identity else newest
    found.build(_rows, note={"identity": identity, "upto": upto}, progress=progress)
    Pending.objects.filter(pk__lte=upto).delete()


def _forget(ids: list[int]) -> None:
    for start in range(0, len(ids), 900):
        Pending.objects.filter(pk__in=ids[start : start + 900]).delete()


def _identity() -> str:
    standing, _ = Catalogue.objects.get_or_create(market=1)
    return standing.identity


def _listed() -> int:
    return Product.objects.filter(state="listed").count()


def _rows(after: int, upto: int | None = None) -> Iterator[Goods]:
    """Listed goods with ids above ``after``, up to ``upto``, in order of id."""
    districts = dict(Booth.objects.filter(shop__isnull=False).values_list("shop_id", "district_id"))
    while True:
        listed = Product.objects.filter(state="listed", pk__gt=after).order_by("pk")
        page = list((listed.filter(pk__lte=upto) if upto is not None else listed).values_list(*_COLUMNS)[:_PAGE])
        for pk, code, zh, en, category, shop, moq, tiers, length, width, height, stock in page:
            yield Goods(
                pid=pk,
                code=code,
                title_zh=zh,
                title_en=en,
                category=category_number(category),
                district=districts.get(shop, 0),
                shop=shop,
                moq=moq,
                price=tiers[0][1],
                volume=length * width * height // 1000,
                stock=stock,
            )
        if len(page) < _PAGE:
            return
        after = page[-1][0]


def current() -> GoodsIndex:
    """The index, level with the database unless someone else is writing it right now."""
    found = index()
    if not _checked(found) or Pending.objects.exists():
        refresh(wait=not found.manifest())
    return found


_known_good: set[str] = set()


def _checked(found: GoodsIndex) -> bool:
    """Compare once a process that the index belongs to this database and holds as many goods."""
    identity = _identity()
    if identity in _known_good:
        return True
    if found.manifest().get("identity") != identity:
        return False
    if found.count() != _listed() and not Pending.objects.exists():
        refresh(anew=True)
    _known_good.add(identity)
    return True
