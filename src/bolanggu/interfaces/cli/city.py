"""``bolanggu city``: build the synthetic city."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="The synthetic city: shops, goods and parties to trade with.")


@app.callback()
def _group() -> None:
    """Keep ``build`` a word of its own."""


@app.command()
def build(
    size: Annotated[str, typer.Option(help="demo | town | city")] = "demo",
    seed: Annotated[int, typer.Option(help="another seed makes another city")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="print the counts as JSON")] = False,
) -> None:
    """Build the city of a size, or what is missing of it. All of it is synthetic."""
    from datetime import UTC, datetime

    from bolanggu.interfaces.cli.django_setup import start
    from bolanggu.interfaces.cli.output import bad_input, emit, note

    with bad_input():
        start()
        from bolanggu.trade.world.build import build as build_city
        from bolanggu.trade.world.cast import WORLD

        counts = build_city(by=WORLD, at=datetime.now(UTC), size=size, seed=seed, progress=_teller(note))
    emit(counts.as_dict(), as_json, _table)


def _teller(note: Callable[[str], None]) -> Callable[[str, int, int], None]:
    """Say how far the build is, every two seconds at most and at the end of each part."""
    from time import monotonic

    last = monotonic()

    def tell(what: str, done: int, of: int) -> None:
        nonlocal last
        if monotonic() - last >= 2 or done == of:
            last = monotonic()
            note(f"{what}: {done:,}" + (f" of {of:,}" if of else ""))

    return tell


def _table(counts: dict[str, object]) -> str:
    """Print the counts for people."""
    return "\n".join(
        f"{name:<10} {value:,}" if isinstance(value, int) else f"{name:<10} {value}" for name, value in counts.items()
    )
