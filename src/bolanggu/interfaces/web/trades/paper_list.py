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
from bolanggu.market.documents import selectors as documents

MOST_BYTES = 12 * 1024 * 1024


@require_safe
@needs("paper", "read")
def listed(request: HttpRequest, number: str) -> HttpResponse:
    """Papers with their files by language and form, the seal of each, and the versions that later ones replaced."""
    actor = actor_of(request)
    trade = whose.trade(actor, number)
    standing = papers.of_trade(actor, number)
    seen = {paper["kind"] for paper in standing}
    older = [paper for paper in documents.superseded(number) if paper["kind"] in seen]
    return render(request, "papers/listed.html", {"trade": trade, "rows": grouped(standing), "older": older})


def grouped(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Files of one paper together, in the order in which the papers were issued."""
    rows: dict[str, dict[str, Any]] = {}
    for paper in found:
        stem = paper.get("paper") or paper["id"].partition(".")[0]
        row = rows.setdefault(stem, {"kind": paper["kind"], "paper": stem, "version": paper["version"], "files": []})
        row["version"] = max(row["version"], paper["version"])
        row["files"].append(paper | {"form": _form(paper)})
    return list(rows.values())


def _form(paper: dict[str, Any]) -> str:
    """What kind of file it is, for a button: ``PDF 中文``, ``XLSX``, ``XML despatch-advice``."""
    more = paper["id"].split(".")[1:]
    ending = (more[-1] if more else paper["media_type"].rpartition("/")[2]).upper()
    said = [{"zh": "中文", "en": "English"}.get(part, part) for part in more[:-1]]
    return " ".join([ending, *said])


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
