"""A copy made while others post holds all that was answered before it began, whole, and the ledger goes on from it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from tests import databases
from tests.platform.ledger.test_killed import killed

from bolanggu.platform.ledger.copying import CopyFailed, copy_to

NUMBER, BATCHES = 11, 400


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="on SQLite; PostgreSQL has a test of its own")
def test_what_was_answered_before_the_copy_began_is_in_it(tmp_path):
    copies = killed(tmp_path / "home", "copy", NUMBER, BATCHES, tmp_path / "copies", program="backed_up")
    assert len(copies) == 3
    database = next(path.name for path in (tmp_path / "home").glob("*.sqlite3"))
    for place, answered in copies:
        home = tmp_path / f"restored-{answered}"
        home.mkdir()
        Path(place).rename(home / database)
        told = killed(home, "resume", NUMBER, BATCHES, answered, program="backed_up")
        assert told["stands"] >= answered


@pytest.mark.slow
@pytest.mark.postgres
def test_what_was_answered_before_the_copy_began_is_in_it_on_postgresql(tmp_path, postgres):
    postgres.create("copied")
    facts = {"program": "backed_up"}
    copies = killed(
        tmp_path / "home", "copy", NUMBER, BATCHES, tmp_path / "copies", url=postgres.url("copied"), **facts
    )
    binaries = databases.binaries()
    assert binaries is not None
    program = (binaries / "initdb").resolve().parent / "pg_restore"
    for place, answered in copies:
        postgres.create("restored")
        command = [program, "--no-owner", "--exit-on-error", "-d", postgres.url("restored"), place]
        subprocess.run(list(map(str, command)), check=True)
        told = killed(tmp_path / "home2", "resume", NUMBER, BATCHES, answered, url=postgres.url("restored"), **facts)
        assert told["stands"] >= answered


@pytest.mark.django_db
def test_a_copy_never_overwrites(tmp_path):
    (tmp_path / "there").write_text("something")
    with pytest.raises(CopyFailed, match="stands already"):
        copy_to(tmp_path / "there")
    assert (tmp_path / "there").read_text() == "something"
