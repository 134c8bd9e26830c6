"""``goods``: import a catalogue, find goods, match purchase lists (商品)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(no_args_is_help=True, help="Import a catalogue, find goods, match purchase lists.")
AsJson = Annotated[bool, typer.Option("--json", help="one JSON document")]


def _progress(what: str) -> Callable[[int], None]:
    from bolanggu.interfaces.cli.output import note

    return lambda done: note(f"  {what} {done:,}")


@app.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(help="CSV with code and title_en or title_zh; packs, price, currency if known")
    ],
    replace: Annotated[bool, typer.Option("--replace", help="withdraw goods that the file does not name")] = False,
    as_json: AsJson = False,
) -> None:
    """Take a catalogue file into the goods; faulty rows are named, the rest goes in; a broken-off import goes on."""
    from datetime import UTC, datetime

    from bolanggu.interfaces.cli.output import bad_input, emit, note

    with bad_input():
        from bolanggu.interfaces.cli.django_setup import start

        start()
        from dataclasses import asdict

        from bolanggu.market.goods.services import import_catalogue
        from bolanggu.trade.world.build import ensure_places_only
        from bolanggu.trade.world.cast import WORLD

        ensure_places_only()
        done = import_catalogue(
            by=WORLD, at=datetime.now(UTC), file=file, replace=replace, progress=_progress("rows or goods")
        )
    for fault in done.faults[:20]:
        note(f"{fault['file']} row {fault['row']}, column {fault['column']}: {fault['message']}")
    emit(
        asdict(done),
        as_json,
        lambda d: f"{d['taken']:,} of {d['rows']:,} rows taken, {d['faulty']:,} faulty; {d['goods']:,} goods",
    )


@app.command()
def reindex(as_json: AsJson = False) -> None:
    """Build the search index anew from the database; a broken-off build goes on."""
    from bolanggu.interfaces.cli.django_setup import start
    from bolanggu.interfaces.cli.output import emit

    start()
    from bolanggu.market.goods import search_index
    from bolanggu.market.goods.models import Product

    indexed = search_index.refresh(anew=True, progress=_progress("goods indexed"))
    listed = Product.objects.filter(state="listed").count()
    emit(
        {"goods": listed, "indexed": indexed, "complete": indexed == listed},
        as_json,
        lambda d: f"{d['indexed']:,} goods",
    )


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="what to look for")],
    lang: Annotated[str | None, typer.Option(help="zh, en, es, fr, ru or ar; told from the text when left out")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="hits wanted")] = 20,
    as_json: AsJson = False,
) -> None:
    """Find goods by words in six languages, by code, by part of a word."""
    from bolanggu.interfaces.cli.output import emit, stop

    if lang is not None and lang not in {"zh", "en", "es", "fr", "ru", "ar"}:
        stop(f"--lang: {lang} is not one of zh, en, es, fr, ru, ar")
    _ready()
    from bolanggu.market.goods.searching import search_goods

    hits = search_goods(text, lang=lang, limit=limit)
    emit(
        {"hits": [hit.as_dict() for hit in hits]},
        as_json,
        lambda d: (
            "\n".join(f"{hit['score']:.3f}  {hit['code']:<14} {hit['title']}" for hit in d["hits"]) or "nothing found"
        ),
    )


@app.command("match")
def match_list(
    purchase_list: Annotated[Path, typer.Argument(metavar="LIST", help="CSV or XLSX with the column description")],
    top: Annotated[int, typer.Option("--top", min=1, max=50, help="candidates a line")] = 5,
    as_json: AsJson = False,
) -> None:
    """Match each line of a list to goods, with probabilities; non-goods and poor fits say why they stay open."""
    from bolanggu.interfaces.cli.output import bad_input, emit

    with bad_input():
        _ready()
        from bolanggu.market.goods.matching import match_lines

        texts, langs = _read(purchase_list)
        found = match_lines(texts, top=top, langs=langs)
    lines = [
        {
            "row": row,
            "text": each.text,
            "candidates": [candidate.as_dict() for candidate in each.candidates],
            "ties": list(each.ties),
            "reason": each.reason,
        }
        for row, each in enumerate(found, 1)
    ]
    emit({"lines": lines}, as_json, _matches)


def _read(purchase_list: Path) -> tuple[list[str], list[str | None]]:
    """Description and stated language of each row."""
    from bolanggu.market.inquiries.headers import meanings
    from bolanggu.market.inquiries.spreadsheet import read_table
    from bolanggu.values.fault import Fault

    table = read_table(purchase_list)
    columns = meanings(table.header)
    if "description" not in columns:
        found = ", ".join(cell for cell in table.header if cell) or "none"
        message = f"is missing; the list needs a column named description (found: {found})"
        raise Fault(purchase_list.name, message, column="description")

    def column(name: str) -> list[str]:
        at = columns.get(name)
        return [row[at] if at is not None and at < len(row) else "" for row in table.rows]

    return column("description"), [lang.strip().casefold()[:2] or None for lang in column("lang")]


def _matches(document: dict[str, Any]) -> str:
    rows = []
    for line in document["lines"]:
        best = line["candidates"][0] if line["candidates"] else None
        said = f"{best['score']:.0%} {best['code']} {best['title']}" if best else ""
        rows.append(f"{line['row']:>5}  {line['text'][:50]:<50}  {said}  {line['reason']}".rstrip())
    return "\n".join(rows)


def _ready() -> None:
    """Start; a fresh home gets the demo city first."""
    from bolanggu.interfaces.cli.django_setup import start
    from bolanggu.interfaces.cli.output import note

    start()
    from bolanggu.trade.world.build import ensure

    ensure(say=note)
