"""``bolanggu serve``: pages and API of this installation, with a worker for the lists that are handed in."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from bolanggu.interfaces.cli.output import bad_input, note, stop

#: roles that look over the whole market unless a party is named
_OVER_ALL = frozenset({"market_operator", "officer", "finance"})


def command(
    host: str = typer.Option("127.0.0.1", "--host", help="Address to listen on; 0.0.0.0 for all"),
    port: int = typer.Option(8000, "--port", min=1, max=65535, help="Port to listen on"),
    workers: int = typer.Option(2, "--workers", min=1, help="Server processes"),
    user: str = typer.Option(
        None, "--user", help="Make this user and print a link by which a password is chosen, once"
    ),
    role: str = typer.Option(None, "--role", help="Role of the user, such as agent, buyer, merchant, officer"),
    party: str = typer.Option("", "--party", help="Number of the party the user acts for"),
    everywhere: bool = typer.Option(False, "--everywhere", help="The user acts for all parties of the market"),
    behind_tls: bool = typer.Option(False, "--behind-tls", help="A proxy in front ends TLS and sets X-Forwarded-*"),
) -> None:
    """Serve until interrupted. Nobody can sign in before a user is made with --user and --role."""
    if bool(user) != bool(role):
        stop("--user and --role go together")
    _settings(host, behind_tls=behind_tls)
    with bad_input():
        from bolanggu.interfaces.cli.django_setup import start

        start()
        _ready()
        if user:
            everywhere = everywhere or (role in _OVER_ALL and not party)
            note(
                f"{user}: choose a password within a day at {_base(host, port)}{_invite(user, role, party, everywhere)}"
            )
        elif not _anybody():
            note("nobody can sign in yet: start with --user NAME --role agent to make the first user")
    note(f"serving at {_base(host, port)}/ (Ctrl+C ends)")
    with _worker():
        _serve(host, port, workers)


def _settings(host: str, *, behind_tls: bool) -> None:
    """What the settings read from the environment, for this process and those it starts."""
    os.environ["BOLANGGU_SERVING"] = "1"
    if behind_tls:
        os.environ["BOLANGGU_BEHIND_TLS"] = "1"
    if "BOLANGGU_HOSTS" not in os.environ:
        own = ["localhost", "127.0.0.1", "[::1]"]
        os.environ["BOLANGGU_HOSTS"] = ",".join(dict.fromkeys([*own, *([] if host in {"0.0.0.0", "::"} else [host])]))  # noqa: S104 - compared, not bound


def _ready() -> None:
    """Catalogues of words compiled, static files gathered, a city to trade in, its blueprint adopted and measured."""
    from django.core.management import call_command

    from bolanggu.interfaces.web.catalogues import compile_all
    from bolanggu.trade.world.build import ensure

    compile_all()
    call_command("collectstatic", verbosity=0, interactive=False)
    ensure(say=note)
    _measured()


def _measured() -> None:
    """Adopt the city's blueprint once, and measure it from the records as they stand; what stands is left alone."""
    from datetime import UTC, datetime

    from bolanggu.blueprint.services import adopt, measure
    from bolanggu.platform.alone import alone
    from bolanggu.trade.world.cast import WORLD

    at = datetime.now(UTC)
    with alone("blueprint"):
        adopt(by=WORLD, at=at)
        measure(by=WORLD, at=at)


def _anybody() -> bool:
    from bolanggu.platform.accounts.models import User

    return User.objects.filter(is_active=True).exists()


def _invite(name: str, role: str, party: str, everywhere: bool) -> str:
    """Make the user, give the role, and return the path of a link that works once."""
    from datetime import UTC, datetime

    from bolanggu.platform.accounts.grants import Actor
    from bolanggu.platform.accounts.services import UnknownRole, give, invite, register_user

    operator = Actor("operator at the machine", frozenset({"market_operator"}), everywhere=True)
    at = datetime.now(UTC)
    try:
        register_user(by=operator, at=at, name=name)
        give(by=operator, at=at, name=name, role=role, party=party, everywhere=everywhere)
    except UnknownRole as unknown:
        stop(f"--role: {unknown}")
    return f"/first/{invite(by=operator, at=at, name=name)}/"


def _base(host: str, port: int) -> str:
    shown = "localhost" if host in {"0.0.0.0", "::", "127.0.0.1"} else host  # noqa: S104 - compared, not bound
    return f"http://{shown}:{port}"


@contextmanager
def _worker() -> Iterator[None]:
    """A process that walks the lists; it ends with this one."""
    process = subprocess.Popen([sys.executable, "-m", "bolanggu.interfaces.uploads.worker"])
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def _serve(host: str, port: int, workers: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "bolanggu.interfaces.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        websockets=False,
        respawn_failed_workers=True,
        working_dir=Path.cwd(),
    ).serve()
