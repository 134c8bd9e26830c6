"""The command ``bolanggu``: every verb of the contract in one place."""

from __future__ import annotations

from importlib import import_module

import typer

#: verb → module in this package that holds `command` (a function) or `app` (a group)
VERBS = {
    "trade": "trade",
    "trace": "trace",
    "season": "season",
    "city": "city",
    "goods": "goods",
    "load": "load",
    "customs": "customs",
    "route": "route",
    "parcels": "parcels",
    "index": "index",
    "blueprint": "blueprint",
    "ledger": "ledger",
    "cases": "cases",
    "policies": "policies",
    "bench": "bench",
    "test": "test",
    "check": "check",
    "verify": "verify",
    "serve": "serve",
}

app = typer.Typer(
    name="bolanggu",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Bolanggu (拨浪鼓): one trade from a buyer's list to settlement, and the city around it.",
)


def _register() -> None:
    for verb, name in VERBS.items():
        try:
            module = import_module(f"bolanggu.interfaces.cli.{name}")
        except ModuleNotFoundError as missing:
            if missing.name == f"bolanggu.interfaces.cli.{name}":
                continue
            raise
        if hasattr(module, "app"):
            app.add_typer(module.app, name=verb)
        else:
            app.command(name=verb)(module.command)


def run() -> None:
    """Entry point."""
    _register()
    app(prog_name="bolanggu")
