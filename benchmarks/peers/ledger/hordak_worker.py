"""django-hordak 2.0.0 through its documented Django API; runs in an environment of its own.

    python hordak_worker.py DSN prepare | run SIZE SECONDS WARM NUMBER | check

Size 1 is ``Account.transfer_to``, one a transaction (all checks). Larger sizes are ``bulk_create`` of transactions and
legs: its model checks are bypassed, its database triggers are on.
"""

from __future__ import annotations

import sys
from pathlib import Path

import django
from django.conf import settings

sys.path.insert(0, str(Path(__file__).resolve().parent))
from work import ACCOUNTS, timed, told


def configure(dsn: str) -> None:
    """Set Django up on the database of ``dsn`` (``key=value`` pairs)."""
    facts = dict(pair.split("=", 1) for pair in dsn.split())
    database = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": facts["dbname"],
        "USER": facts["user"],
        "HOST": facts["host"],
        "PORT": facts.get("port", ""),
    }
    settings.configure(
        DATABASES={"default": database},
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "mptt", "hordak"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        DEFAULT_CURRENCY="CNY",
        HORDAK_INTERNAL_CURRENCY="CNY",
        CURRENCIES=["CNY"],
    )
    django.setup()


def prepare() -> None:
    """Migrate and make fifty accounts."""
    from django.core.management import call_command
    from hordak.models import Account, AccountType

    call_command("migrate", verbosity=0, interactive=False)
    for i in range(ACCOUNTS):
        Account.objects.create(name=f"a:{i}", code=f"{i:03d}", type=AccountType.liability, currencies=["CNY"])


def run(size: int, seconds: float, warm: float, number: int) -> dict:
    """Post transfers, ``size`` to a transaction."""
    from django.db import transaction
    from hordak.models import Account, Leg, Transaction
    from moneyed import Money

    accounts = list(Account.objects.order_by("code"))
    amount = Money("0.01", "CNY")

    def single(some: list[tuple[int, int]]) -> None:
        (debit, credit), *_ = some
        with transaction.atomic():
            accounts[debit].transfer_to(accounts[credit], amount)

    def bulk(some: list[tuple[int, int]]) -> None:
        with transaction.atomic():
            made = Transaction.objects.bulk_create([Transaction() for _ in some])
            legs = []
            for row, (debit, credit) in zip(made, some, strict=True):
                legs.append(Leg(transaction=row, account=accounts[debit], debit=amount))
                legs.append(Leg(transaction=row, account=accounts[credit], credit=amount))
            Leg.objects.bulk_create(legs)

    return timed(single if size == 1 else bulk, size=size, seconds=seconds, warm=warm, number=number)


def check() -> dict:
    """Conservation, and how many transfers stand."""
    from django.db.models import Sum
    from hordak.models import Leg, Transaction

    sums = Leg.objects.aggregate(debit=Sum("debit"), credit=Sum("credit"))
    return {"conserved": sums["debit"] == sums["credit"], "transfers": Transaction.objects.count()}


if __name__ == "__main__":
    configure(sys.argv[1])
    if sys.argv[2] == "prepare":
        prepare()
    elif sys.argv[2] == "check":
        told(check())
    else:
        size_, seconds_, warm_, number_ = sys.argv[3:7]
        told(run(int(size_), float(seconds_), float(warm_), int(number_)))
