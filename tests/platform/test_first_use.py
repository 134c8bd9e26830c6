"""A command finds its database, or makes it; a server that refuses says so itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def start(home, url):
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    environment |= {"BOLANGGU_HOME": str(home), "DATABASE_URL": url, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "bolanggu", "ledger", "verify"]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.slow
@pytest.mark.postgres
def test_a_database_that_does_not_stand_is_made_and_migrated(postgres, tmp_path):
    postgres.drop("fresh")
    for _ in range(2):
        done = start(tmp_path, postgres.url("fresh"))
        assert done.returncode == 0, done.stderr
    postgres.drop("fresh")


@pytest.mark.postgres
def test_a_user_whom_the_server_does_not_know_makes_nothing(postgres, tmp_path):
    done = start(tmp_path, postgres.url("fresh").replace("postgres@", "nobody_here@"))
    assert done.returncode == 1
    assert 'role "nobody_here" does not exist' in done.stderr


def test_a_server_that_does_not_run_is_told(tmp_path):
    done = start(tmp_path, f"postgresql://postgres@/bolanggu?host={tmp_path}")
    assert done.returncode == 1
    assert "run the same command again" in done.stderr
