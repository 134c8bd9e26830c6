"""Change the terms of a group (改条款): terms are frozen, so a change is a new row; the old one stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from bolanggu.market.orders.inputs import TermsOffered
from bolanggu.market.orders.models import OrderGroup, Terms
from bolanggu.platform import outbox, versions
from bolanggu.platform.accounts.grants import Actor, requires

FIELDS = tuple(TermsOffered.__dataclass_fields__)


class UnknownTerm(ValueError):
    """A term, or what it was to become, is not known."""

    code = "unknown_term"


@requires("order", "change")
@transaction.atomic
def change_terms(*, by: Actor, at: datetime, group: str, terms: Mapping[str, Any], reason: str) -> Terms:
    """Put a group under terms that differ from the standing ones in ``terms``; what is the same changes nothing.

    Raises
    ------
    UnknownTerm
        A name or value is not among the terms; the message says what is.
    """
    opened = OrderGroup.objects.select_for_update(of=("self",)).select_related("terms").get(number=group)
    standing = {name: getattr(opened.terms, name) for name in FIELDS}
    if unknown := sorted(set(terms) - set(FIELDS)):
        raise UnknownTerm(f"{', '.join(unknown)} is not a term; known are {', '.join(FIELDS)}")
    if terms.get("incoterm", "FOB") not in Terms.Incoterm.values:
        raise UnknownTerm(
            f"{terms['incoterm']} is no Incoterms 2020 rule; write one of {', '.join(Terms.Incoterm.values)}"
        )
    wanted = standing | dict(terms)
    if wanted == standing:
        return opened.terms
    now = versions.supersede(kind="terms", facts=[(group, standing)], at=at, by=by, reason=reason)[group]
    opened.terms = Terms.objects.create(number=f"{group}.v{now}", **wanted)
    opened.save(update_fields=["terms"])
    payload = {"terms": opened.terms.number, "changed": dict(terms), "reason": reason}
    outbox.write(kind="order_group.terms_changed", subject=group, at=at, by=by, payload=payload)
    return opened.terms
