"""Inspect a lot (验货): a sample is judged by the acceptance numbers of ISO 2859-1."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bolanggu.market.production.models import GoodsInspection
from bolanggu.market.production.sampling import MAJOR_AQL, MINOR_AQL, plan_for
from bolanggu.platform import outbox
from bolanggu.platform.accounts.grants import Actor, requires


class BadSample(ValueError):
    """More defective pieces than were drawn, or a lot without pieces."""

    code = "bad_sample"


@requires("goods", "inspect")
@transaction.atomic
def inspect(
    *, by: Actor, at: datetime, number: str, line: str, order: str, lot: int, critical: int, major: int, minor: int
) -> GoodsInspection:
    """Record an inspection and its verdict; the same number again returns the one that stands.

    A lot passes with no critical defect and no more major and minor ones than the acceptance numbers at AQL 2.5 and
    4.0, general level II, single sampling.

    Raises
    ------
    BadSample
        The lot is empty, or more defects are stated than pieces were drawn.
    """
    standing = GoodsInspection.objects.filter(number=number).first()
    if standing is not None:
        return standing
    if lot < 1:
        raise BadSample(f"line {line}: there is nothing to inspect")
    heavy, light = plan_for(lot, MAJOR_AQL), plan_for(lot, MINOR_AQL)
    sample = max(heavy.sample, light.sample)
    if critical + major + minor > sample:
        raise BadSample(f"line {line}: {critical + major + minor} defective pieces in a sample of {sample}")
    passed = not critical and major <= heavy.accept and minor <= light.accept
    made = GoodsInspection.objects.create(
        number=number,
        line=line,
        order=order,
        lot=lot,
        sample=sample,
        critical=critical,
        major=major,
        minor=minor,
        accept_major=heavy.accept,
        accept_minor=light.accept,
        verdict=GoodsInspection.Verdict.PASSED if passed else GoodsInspection.Verdict.FAILED,
        source=by.source.value,
        stated_at=at,
    )
    payload = {"line": line, "lot": lot, "sample": sample, "verdict": made.verdict}
    outbox.write(kind="goods.inspected", subject=number, at=at, by=by, payload=payload)
    return made
