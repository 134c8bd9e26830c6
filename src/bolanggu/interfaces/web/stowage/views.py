"""A box in three dimensions: the page, and what it draws as JSON."""

from __future__ import annotations

from collections import defaultdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from bolanggu.engines.loading import container
from bolanggu.interfaces.access import whose
from bolanggu.interfaces.access.needs import actor_of, needs
from bolanggu.interfaces.web.stowage.scene import Seen, scene
from bolanggu.market.consolidation.models import LoadPlan, Share
from bolanggu.market.warehousing.models import Carton, CartonContent
from bolanggu.platform.accounts.grants import may

#: identifiers asked for in one query
AT_ONCE = 900


@require_safe
@needs("container", "read")
def one(request: HttpRequest, number: str) -> HttpResponse:
    """The page; without scripts or WebGL it shows the drawing and the layers."""
    plan, _ = whose.box(actor_of(request), number)
    heights = sorted({placed[3] for placed in plan.placements})
    return render(request, "stowage/one.html", {"plan": plan, "heights": heights})


@require_safe
@needs("container", "read")
def data(request: HttpRequest, number: str) -> JsonResponse:
    """Boxes in loading order; of cartons of trades that the reader does not see only the room they take."""
    actor = actor_of(request)
    plan, shares = whose.box(actor, number)
    seen = _seen(plan, shares, linked=may(actor, "carton", "read"))
    box = container(plan.type)
    size = (box.length, box.width, box.height)
    return JsonResponse(scene(size, plan.placements, seen, gettext("others")))


def _seen(plan: LoadPlan, shares: list[Share], *, linked: bool) -> dict[str, Seen]:
    trades = [share.trade for share in shares]
    ssccs = [placed[0] for placed in plan.placements]
    seen: dict[str, Seen] = {}
    for start in range(0, len(ssccs), AT_ONCE):
        part = ssccs[start : start + AT_ONCE]
        rows = list(Carton.objects.filter(sscc__in=part, trade__in=trades))
        lines = _lines([row.pk for row in rows])
        for row in rows:
            seen[row.sscc] = Seen(
                group=row.order,
                mark=row.mark,
                line=", ".join(lines.get(row.pk, [row.article])),
                size=f"{row.l_mm} × {row.w_mm} × {row.h_mm} mm",
                gross_kg=round(row.gross_g / 1000, 2),
                url=reverse("carton", args=[row.sscc]) if linked else "",
            )
    return seen


def _lines(cartons: list[int]) -> dict[int, list[str]]:
    """Order lines by carton."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = CartonContent.objects.filter(carton__in=cartons).order_by("line").values_list("carton", "line")
    for carton, line in rows:
        found[carton].append(line)
    return found
