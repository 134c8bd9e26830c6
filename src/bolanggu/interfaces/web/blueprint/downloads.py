"""Downloads: observations and index points as CSV and SDMX-CSV."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bolanggu.analytics.market_index import selectors as market_index
from bolanggu.blueprint import exporting
from bolanggu.blueprint.models import Indicator
from bolanggu.interfaces.access.needs import needs


@require_safe
@needs("blueprint", "see")
def observations_csv(request: HttpRequest) -> HttpResponse:
    """Every observation with its source; ``?indicator=CODE`` for one indicator."""
    return _file(exporting.as_csv(exporting.observation_rows(_asked(request))), "observations.csv")


@require_safe
@needs("blueprint", "see")
def observations_sdmx(request: HttpRequest) -> HttpResponse:
    """The same in SDMX-CSV."""
    rows = exporting.observation_rows(_asked(request))
    return _file(exporting.as_sdmx(rows), "observations.sdmx.csv", "application/vnd.sdmx.data+csv; version=2.0.0")


@require_safe
@needs("blueprint", "see")
def index_csv(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """Every index point as it stands."""
    points = list(market_index.current().order_by("goods_class", "currency", "period"))
    return _file(exporting.as_csv(exporting.index_rows(points)), "market_index.csv")


@require_safe
@needs("blueprint", "see")
def index_sdmx(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """The same in SDMX-CSV."""
    points = list(market_index.current().order_by("goods_class", "currency", "period"))
    return _file(exporting.index_sdmx(points), "market_index.sdmx.csv", "application/vnd.sdmx.data+csv; version=2.0.0")


def _asked(request: HttpRequest) -> list[Indicator]:
    code = request.GET.get("indicator")
    listed = Indicator.objects.order_by("code")
    return list(listed.filter(code=code) if code else listed)


def _file(text: str, name: str, kind: str = "text/csv; charset=utf-8") -> HttpResponse:
    """A file to keep; the byte order mark lets spreadsheets read Chinese."""
    answer = HttpResponse("\ufeff" + text if kind.startswith("text/csv") else text, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
