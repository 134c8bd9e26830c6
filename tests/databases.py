"""A PostgreSQL server of our own, in a fresh folder behind a local socket; tests and benchmarks start it here.

python -m tests.databases COMMAND…      runs a command with DATABASE_URL set to such a server
"""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

#: Nothing of a test outlives its run: no waiting for the disk; and circles of waiting are found at once.
THROW_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "256MB",
    "deadlock_timeout": "50ms",
}
_SECONDS_TO_START = 60


@dataclass(frozen=True)
class Server:
    """A running server: the URL of its maintenance database, and its version where we started it."""

    maintenance: str
    version: str = ""

    def url(self, name: str) -> str:
        """DATABASE_URL of a database on this server."""
        return urlsplit(self.maintenance)._replace(path=f"/{name}").geturl()

    def dsn(self, name: str) -> str:
        """Connection string for psycopg."""
        from psycopg.conninfo import make_conninfo

        return make_conninfo(self.maintenance, dbname=name)

    def create(self, name: str, *, template: str = "template1") -> None:
        """Make a fresh database as a copy of another, dropping one of that name."""
        self.drop(name)
        self._do(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')

    def drop(self, name: str) -> None:
        """Drop a database if there is one of that name, whoever is connected to it."""
        self._do(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _do(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.dsn("postgres"), autocommit=True) as link:
            link.execute(statement.encode())


def given() -> Server | None:
    """The server that DATABASE_URL names, on which the whole run takes place; None on SQLite."""
    url = os.environ.get("DATABASE_URL")
    return Server(urlsplit(url)._replace(path="/postgres").geturl()) if url else None


def binaries() -> Path | None:
    """Where ``initdb`` and ``postgres`` lie, or None: $BOLANGGU_PG_BIN, the path, or Debian's folders."""
    told = os.environ.get("BOLANGGU_PG_BIN")
    found = shutil.which("initdb")
    places = [Path(told)] if told else [Path(found).parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists()), None)


@contextmanager
def temporary(*, durable: bool = True) -> Iterator[Server]:
    """Start a server and stop it afterwards; nothing is left. It never runs as root and never outlives its parent.

    Parameters
    ----------
    durable
        True keeps the default settings, as a measurement needs them; False does not wait for the disk.

    Raises
    ------
    FileNotFoundError
        There is no PostgreSQL on this machine.
    RuntimeError
        The server does not start; the message ends with its own words.
    """
    place = binaries()
    if place is None:
        raise FileNotFoundError("no PostgreSQL here: apt-get install postgresql, or set BOLANGGU_PG_BIN")
    folder = Path(tempfile.mkdtemp(prefix="bolanggu-pg-"))
    try:
        start = _unprivileged(folder)
        data, log = folder / "data", folder / "log"
        with log.open("wb") as words:
            made = start(
                [place / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync"], words
            )
            if made.wait():
                raise RuntimeError(f"initdb failed: {log.read_text()[-500:]}")
            said = {"unix_socket_directories": folder, "listen_addresses": "", **({} if durable else THROW_AWAY)}
            options = [word for name, value in said.items() for word in ("-c", f"{name}={value}")]
            process = start([place / "postgres", "-D", data, *options], words)
        try:
            server = Server(f"postgresql://postgres@/postgres?host={folder}")
            yield _answering(server, process, log)
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _answering(server: Server, process: subprocess.Popen[bytes], log: Path) -> Server:
    """The server with its version, as soon as it answers."""
    import psycopg

    latest = time.monotonic() + _SECONDS_TO_START
    while True:
        try:
            with psycopg.connect(server.maintenance) as link:
                return Server(server.maintenance, str(link.info.parameter_status("server_version")).split()[0])
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > latest:
                raise RuntimeError(f"PostgreSQL does not start: {log.read_text()[-500:]}") from None
            time.sleep(0.05)


def _unprivileged(folder: Path) -> Callable[..., subprocess.Popen[bytes]]:
    """How to start a program on ``folder``: as ourselves, or as another user when we are root."""
    whose: dict[str, object] = {}
    if os.geteuid() == 0:
        users = {user.pw_name: user for user in pwd.getpwall()}
        user = users.get("postgres") or users["nobody"]
        os.chown(folder, user.pw_uid, user.pw_gid)
        whose = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    folder.chmod(0o755)

    def start(command: list[object], words: object) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [str(word) for word in command],
            stdout=words,
            stderr=subprocess.STDOUT,
            cwd="/",
            preexec_fn=_end_with_the_parent,  # noqa: PLW1509 - started before any thread
            **whose,
        )

    return start


def _end_with_the_parent() -> None:
    """Have the kernel send SIGQUIT (immediate stop) when the parent dies (PR_SET_PDEATHSIG, prctl(2))."""
    ctypes.CDLL(None).prctl(1, int(signal.SIGQUIT))


def main(command: list[str]) -> int:
    """Run ``command`` with DATABASE_URL of a throw-away server; its exit code, or 2 where there is no PostgreSQL."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with temporary(durable=False) as server:
            environment = os.environ | {"DATABASE_URL": server.url("bolanggu")}
            return subprocess.run(command, env=environment, check=False).returncode
    except FileNotFoundError as missing:
        sys.stderr.write(f"{missing}\n")
        return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
