"""The plan as a map to walk: the whole, one box, one indicator, its records, a document, the register of reforms."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from bolanggu.blueprint import records, selectors
from bolanggu.blueprint.digest.annotating import annotate
from bolanggu.blueprint.models import Document, Indicator, LoadedText, Node, Observation, Target
from bolanggu.interfaces.access.needs import needs
from bolanggu.interfaces.web.blueprint import showing, trees
from bolanggu.interfaces.web.blueprint.series import series_of

#: pages of others may hold an embedded indicator, and nothing else of ours
EMBED_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors *"
)
PER_PAGE = 200


@require_safe
@needs("blueprint", "see")
def whole(request: HttpRequest) -> HttpResponse:
    """The trees, targets by year, and how much of the plan is told of."""
    return render(request, "blueprint/whole.html", {**trees.whole(), "reporting": selectors.reporting()})


@require_safe
@needs("blueprint", "see")
def box(request: HttpRequest, code: str) -> HttpResponse:
    """One box: its source, what is under it, its indicators, targets and reforms."""
    get_object_or_404(Node, code=code)
    return render(request, "blueprint/box.html", trees.box(selectors.node(code)))


@require_safe
@needs("blueprint", "see")
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: every value with its source, trend, targets, two periods compared."""
    found = get_object_or_404(Indicator, code=code)
    return render(request, "blueprint/indicator.html", series_of(found, request.GET))


@require_safe
@needs("blueprint", "see")
def embed(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator for another page to hold."""
    found = get_object_or_404(Indicator, code=code)
    answer = render(request, "blueprint/embed.html", series_of(found, request.GET))
    answer.headers["Content-Security-Policy"] = EMBED_POLICY
    answer.headers["X-Frame-Options"] = "ALLOWALL"  # browsers follow frame-ancestors
    return answer


@require_safe
@needs("blueprint", "see")
def records_of(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """The records that a measured figure was counted from."""
    found = get_object_or_404(Indicator, code=code)
    declared = records.declared().get(code)
    measured = Observation.objects.filter(indicator=found, period=period, document=None)
    if declared is None or not measured.exists():
        raise Http404(f"{code} was not measured in {period}")
    start = max(0, int(request.GET.get("from", "0"))) if request.GET.get("from", "0").isdigit() else 0
    numbers = records.numbers(declared, period, start=start, most=PER_PAGE + 1)
    context: dict[str, Any] = {
        "indicator": found,
        "label": showing.label(found),
        "period": period,
        "declared": declared,
        "numbers": numbers[:PER_PAGE],
        "next": start + PER_PAGE if len(numbers) > PER_PAGE else None,
        "start": start,
    }
    return render(request, "blueprint/records.html", context)


@require_safe
@needs("blueprint", "see")
def document(request: HttpRequest, key: str) -> HttpResponse:
    """A document: its digest and, where the city loaded it, the text with what was taken from it marked."""
    found = get_object_or_404(Document, key=key)
    loaded = LoadedText.objects.filter(document=found).first()
    text = ""
    if loaded:
        values = list(Observation.objects.filter(document=found).order_by("start", "end"))
        boxes = [*Node.objects.filter(document=found), *Target.objects.filter(document=found)]
        text = mark_safe(annotate(loaded.text, values, boxes, by_place=True))  # noqa: S308 - annotate escapes
    label = found.name if showing.chinese() else (found.label_en or found.name)
    return render(request, "blueprint/document.html", {"document": found, "label": label, "text": text})


@require_safe
@needs("blueprint", "see")
def reforms(request: HttpRequest) -> HttpResponse:
    """The register of reforms and pilots."""
    rows = [
        {
            "reform": one,
            "label": showing.label(one),
            "quote": selectors.sentence(one),
            "copies": list(one.copies.all().order_by("since", "pk")),
        }
        for one in selectors.reforms()
    ]
    return render(request, "blueprint/reforms.html", {"rows": rows})
