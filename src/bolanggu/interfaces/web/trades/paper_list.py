"""All papers of a trade in all versions, and the proof of a paper that somebody holds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.access.needs import actor_of, needs
from bolanggu.interfaces.web.trades import papers
from bolanggu.market.documents.models import Document

MOST_BYTES = 12 * 1024 * 1024


@require_safe
@needs("paper", "read")
def listed(request: HttpRequest, number: str) -> HttpResponse:
    """Papers by kind: the newest to download, older versions with their digests."""
    actor = actor_of(request)
    trade = whose.trade(actor, number)
    newest = {paper["id"]: paper for paper in papers.of_trade(actor, number)}
    older: dict[str, list[Document]] = {}
    for row in Document.objects.filter(trade=number, number__in=newest).order_by("number", "-version"):
        if row.version < newest[row.number]["version"]:
            older.setdefault(row.number, []).append(row)
    rows: list[dict[str, Any]] = [{"paper": paper, "older": older.get(key, [])} for key, paper in newest.items()]
    return render(request, "papers/listed.html", {"trade": trade, "rows": rows})


class Proof(forms.Form):
    """A file to prove."""

    paper = forms.FileField(
        label=_("Paper"),
        help_text=_("PDF, XLSX, XML, HTML or JSON as it was issued. It is looked at and not kept."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs("market", "see")
def prove(request: HttpRequest) -> HttpResponse:
    """Whether a file is what its issuer sealed, byte for byte."""
    form = Proof(request.POST or None, request.FILES or None)
    facts: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["paper"]
        if sent.size <= MOST_BYTES:
            facts |= {"finding": _finding(sent.read()), "name": sent.name}
        else:
            form.add_error("paper", _("The file is too large."))
    return render(request, "papers/prove.html", facts)


def _finding(content: bytes) -> dict[str, Any]:
    from bolanggu.platform.seals import read_trusted, verify
    from bolanggu.platform.seals.house import folder

    return verify(content, read_trusted(folder(), [])).as_dict()
