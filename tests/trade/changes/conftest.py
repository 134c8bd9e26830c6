"""A bazaar for each module, and each test in a transaction that is undone."""

from __future__ import annotations

import pytest
from django.db import transaction
from tests.trade.changes import bazaar


@pytest.fixture(scope="module")
def opened(django_db_setup, django_db_blocker, tmp_path_factory):
    """A folder of a bazaar whose goods are in the database until the module ends."""
    folder = tmp_path_factory.mktemp("bazaar")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setenv("BOLANGGU_HOME", str(folder / "home"))
        (folder / "home").mkdir()
        bazaar.open_bazaar(folder)
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def folder(opened, db):
    """The bazaar as it was opened; what the test does is undone."""
    return opened


@pytest.fixture
def at(folder):
    """Bring a trade to a step."""

    def bring(step, **wishes):
        return bazaar.trade_at(folder, step, **wishes)

    return bring
