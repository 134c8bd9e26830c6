"""Learn a wording: a confirmed choice matches at once from then on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bolanggu.engines.goods_search.folding import tokens
from bolanggu.market.goods import events
from bolanggu.market.goods.models import Alias, Product
from bolanggu.market.goods.services.change import UnknownGoods
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


@requires("goods", "alias")
@transaction.atomic
def learn_alias(*, by: Actor, at: datetime, wording: str, code: str, buyer: str = "") -> Alias:
    """Let a wording stand for a good, for one buyer or for all; a later choice takes the place of an earlier one.

    Raises
    ------
    UnknownGoods
        No good has the code.
    """
    product = Product.objects.filter(code=code).first()
    if product is None:
        raise UnknownGoods(f"no good has the code {code}")
    folded = " ".join(tokens(wording))[:300]
    if not folded:
        raise ValueError(f"{wording!r} names nothing; give the words of the line")
    alias, _ = Alias.objects.update_or_create(wording=folded, buyer=buyer, defaults={"product": product})
    outbox.write(kind=events.ALIAS_LEARNT, subject=code, at=at, by=by, payload={"wording": folded, "buyer": buyer})
    return alias
