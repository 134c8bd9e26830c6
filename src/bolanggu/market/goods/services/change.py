"""Change one good: price ladder, stock, titles, or whether it is shown. Searches see it at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from bolanggu.market.goods import events, search_index
from bolanggu.market.goods.models import Product
from bolanggu.market.goods.pricing import check_ladder
from bolanggu.market.goods.storing import note_pending
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires

STATES = ("draft", "listed", "hidden", "withdrawn")


class UnknownGoods(LookupError):
    """No good has this code."""

    code = "unknown_goods"


@requires("goods", "change")
def change(
    *,
    by: Actor,
    at: datetime,
    code: str,
    tiers: Sequence[Sequence[int]] | None = None,
    stock: int | None = None,
    title_zh: str | None = None,
    title_en: str | None = None,
    state: str | None = None,
) -> Product:
    """Change what is given, leave what is None; the ladder's first rung becomes the MOQ.

    Raises
    ------
    UnknownGoods, BadLadder, ValueError
        The code is not known; the ladder cannot stand; the state is none of draft, listed, hidden, withdrawn.
    """
    if state is not None and state not in STATES:
        raise ValueError(f"{state!r} is not a state of goods; there are {', '.join(STATES)}")
    if tiers is not None:
        check_ladder(tiers)
    given = {"tiers": tiers, "stock": stock, "title_zh": title_zh, "title_en": title_en, "state": state}
    changed: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    with transaction.atomic():
        product = Product.objects.select_for_update().filter(code=code).first()
        if product is None:
            raise UnknownGoods(f"no good has the code {code}")
        if tiers is not None:
            changed["moq"] = tiers[0][0]
            product.assumed = " ".join(name for name in product.assumed.split() if name not in {"price", "moq"})
        for name, value in changed.items():
            setattr(product, name, value)
        product.save()
        note_pending([code])
        outbox.write(kind=events.CHANGED, subject=code, at=at, by=by, payload=changed)
        transaction.on_commit(search_index.refresh)
    return product
