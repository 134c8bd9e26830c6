"""A PostgreSQL server of our own for the length of a measurement: default settings, a fresh folder, a local socket."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cluster:
    """A running server: where its socket lies, and its version."""

    folder: Path
    version: str
    port: int = 5432

    def url(self, name: str) -> str:
        """DATABASE_URL of a database on this server."""
        return f"postgresql://postgres@/{name}?host={self.folder}&port={self.port}"

    def dsn(self, name: str) -> str:
        """Connection string for psycopg."""
        return f"host={self.folder} port={self.port} user=postgres dbname={name}"

    def create(self, name: str, *, template: str = "template1") -> None:
        """Make a fresh database as a copy of another, dropping one of that name."""
        import psycopg

        with psycopg.connect(self.dsn("postgres"), autocommit=True) as link:
            link.execute(f'DROP DATABASE IF EXISTS "{name}"')
            link.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def binaries() -> Path | None:
    """Where ``initdb`` and ``postgres`` lie, or None: $BOLANGGU_PG_BIN, the path, or Debian's folders."""
    given = os.environ.get("BOLANGGU_PG_BIN")
    found = shutil.which("initdb")
    places = [Path(given)] if given else [Path(found).parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists()), None)


@contextmanager
def temporary() -> Iterator[Cluster]:
    """Start a server and stop it afterwards; nothing is left. The server never runs as root.

    Raises
    ------
    FileNotFoundError
        There is no PostgreSQL on this machine.
    """
    bin_ = binaries()
    if bin_ is None:
        raise FileNotFoundError("no PostgreSQL here: apt-get install postgresql, or set BOLANGGU_PG_BIN")
    folder = Path(tempfile.mkdtemp(prefix="bolanggu-pg-"))
    try:
        as_user = _as_user(folder)
        _run([*as_user, str(bin_ / "initdb"), "-D", str(folder / "data"), "-A", "trust", "-U", "postgres", "--no-sync"])
        options = f"-k {folder} -c listen_addresses=''"
        control = [*as_user, str(bin_ / "pg_ctl"), "-D", str(folder / "data"), "-l", str(folder / "log"), "-w"]
        _run([*control, "-o", options, "start"])
        try:
            version = _run([str(bin_ / "postgres"), "--version"]).split()[2]
            yield Cluster(folder, version)
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_user(folder: Path) -> list[str]:
    if os.geteuid() != 0:
        return []
    name = next(n for n in ("postgres", "nobody") if _exists(n))
    user = pwd.getpwnam(name)
    os.chown(folder, user.pw_uid, user.pw_gid)
    folder.chmod(0o755)
    return ["runuser", "-u", name, "--"]


def _exists(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def _run(command: list[str]) -> str:
    with tempfile.TemporaryFile("w+") as out:
        done = subprocess.run(command, check=False, stdout=out, stderr=subprocess.STDOUT, cwd="/")
        out.seek(0)
        text = out.read()
    if done.returncode:
        raise RuntimeError(f"{Path(command[-1]).name}: {' '.join(command)} failed: {text[-500:]}")
    return text
