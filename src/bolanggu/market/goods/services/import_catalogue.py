"""Import a catalogue file of any size: streaming, resumable after a kill, faulty rows named, the rest goes in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import transaction

from bolanggu.market.goods import events, search_index
from bolanggu.market.goods.catalogue_file import Catalogue, Row
from bolanggu.market.goods.decoding import facts_of_file
from bolanggu.market.goods.filling import Classify, ShopPlace, Shops, by_classifier, fill_all
from bolanggu.market.goods.models import Catalogue as Standing
from bolanggu.market.goods.models import Import, Pending, Product, Shop
from bolanggu.market.goods.storing import ranges, store
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires
from bolanggu.values.fault import Fault

BATCH = 5_000
MOST_FAULTS_KEPT = 1_000


class NoShops(LookupError):
    """There is no shop that goods could be put into; build the city's places first."""

    code = "no_shops"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: rows read, taken, faulty with the first faults, goods withdrawn, goods that stand."""

    rows: int
    taken: int
    faulty: int
    withdrawn: int
    goods: int
    resumed_at: int = 0
    faults: list[dict[str, object]] = field(default_factory=list)


@requires("goods", "import")
def import_catalogue(
    *,
    by: Actor,
    at: datetime,
    file: Path,
    replace: bool = False,
    classify: Classify = by_classifier,
    progress: Callable[[int], None] = lambda _: None,
) -> Imported:
    """Read a catalogue file into the goods; each batch of rows is one transaction with its mark.

    A file that was broken off goes on after its last mark. ``replace`` withdraws what the file does not name.
    The search index is brought up to date at the end; until then searches answer from the old one.

    Raises
    ------
    Fault
        The file cannot be read, or its header lacks a column.
    NoShops
        There are no shops yet.
    """
    facts = facts_of_file(file)
    catalogue = Catalogue(file, facts.encoding)
    try:
        with search_index.held():
            shops = _shops()
            job = _job(facts.sha256, file.name, replace=replace)
            resumed_at = job.rows
            _take(job, catalogue, shops=shops, classify=classify, progress=progress)
            withdrawn = _finish(job, by=by, at=at)
    finally:
        catalogue.close()
    search_index.refresh(progress=progress)
    goods = Product.objects.filter(state="listed").count()
    return Imported(job.rows, job.taken, job.faulty, withdrawn, goods, resumed_at, list(job.faults))


def _shops() -> Shops:
    places = [ShopPlace(pk, category) for pk, category in Shop.objects.order_by("number").values_list("pk", "category")]
    if not places:
        raise NoShops("there are no shops to put goods into; run city build first")
    return Shops(places)


def _job(sha256: str, name: str, *, replace: bool) -> Import:
    job = Import.objects.filter(file_sha256=sha256, replace=replace, finished=False).first()
    return job or Import.objects.create(file_sha256=sha256, file_name=name[:255], replace=replace)


def _take(
    job: Import, catalogue: Catalogue, *, shops: Shops, classify: Classify, progress: Callable[[int], None]
) -> None:
    seen: set[int] = set()
    rows = _once(catalogue, seen)
    for _ in islice(rows, job.rows):
        pass  # what an earlier run has safely taken; its codes are seen
    while batch := list(islice(rows, BATCH)):
        faults = [row for _, row in batch if isinstance(row, Fault)]
        stated = [row for _, row in batch if isinstance(row, Row)]
        good = [{**filled, "edition": job.pk} for filled in fill_all(stated, shops=shops, classify=classify)]
        with transaction.atomic():
            store(good)
            job.rows = batch[-1][0]
            job.taken += len(good)
            job.faulty += len(faults)
            job.faults += [fault.as_dict() for fault in faults[: MOST_FAULTS_KEPT - len(job.faults)]]
            job.save()
        progress(job.rows)


def _once(catalogue: Catalogue, seen: set[int]) -> Iterator[tuple[int, Row | Fault]]:
    for number, row in catalogue.rows():
        if isinstance(row, Row):
            key = hash(row.code)
            if key in seen:
                message = f'"{row.code}" stands in an earlier row; a code names one good'
                yield number, Fault(catalogue.name, message, row=number, column="code")
                continue
            seen.add(key)
        yield number, row


@transaction.atomic
def _finish(job: Import, *, by: Actor, at: datetime) -> int:
    withdrawn = 0
    if job.replace:
        gone = Product.objects.filter(state="listed").exclude(edition=job.pk)
        ids = sorted(gone.values_list("pk", flat=True))
        Pending.objects.bulk_create(Pending(first_id=first, last_id=last) for first, last in ranges(ids))
        withdrawn = gone.update(state="withdrawn")
    job.finished = True
    job.save(update_fields=["finished"])
    standing, _ = Standing.objects.get_or_create(market=1)
    standing.generation += 1
    standing.goods = Product.objects.filter(state="listed").count()
    standing.origin = "file" if job.replace or standing.goods == job.taken else standing.origin or "file"
    standing.save()
    outbox.write(
        kind=events.IMPORTED,
        subject=f"import-{job.pk}",
        at=at,
        by=by,
        payload={
            "file": job.file_name,
            "sha256": job.file_sha256,
            "rows": job.rows,
            "taken": job.taken,
            "faulty": job.faulty,
            "withdrawn": withdrawn,
        },
    )
    return withdrawn
