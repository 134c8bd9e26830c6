"""The page (网页): a digest as one HTML file that needs nothing else, readable without a script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bolanggu.blueprint.digest.annotating import annotate
from bolanggu.blueprint.digest.cards import Card
from bolanggu.blueprint.digest.composing import Digest
from bolanggu.blueprint.digest.showing import period_words

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "blueprint"


def html(digest: Digest) -> str:
    """The digest as a page; every number is a link to its sentence in the text below."""
    from django.template import Context, Engine
    from django.utils.safestring import mark_safe

    text = mark_safe(annotate(digest.text, digest.figures, digest.commitments))  # noqa: S308 - annotate escapes
    template = Engine(dirs=[str(TEMPLATES)]).get_template("digest.html")
    return str(template.render(Context({**view(digest), "text": text}, use_l10n=False, use_tz=False)))


def view(digest: Digest) -> dict[str, Any]:
    """What the page and the sheet show, as text."""
    return {
        "title": digest.title,
        "dated": digest.dated,
        "name": digest.name,
        "sha256": digest.sha256,
        "cards": [card_view(card) for card in digest.headlines],
        "others": [card_view(card) for card in digest.others],
        "goals": digest.goals,
        "tracks": digest.tracks,
        "scenes": digest.scenes,
        "pillars": digest.pillars,
        "measures": digest.measures,
        "years": [{"year": year, "targets": targets} for year, targets in digest.years],
        "tasks": digest.tasks,
        "principles": digest.principles,
        "figure_count": str(len(digest.figures)),
        "commitment_count": str(len(digest.commitments)),
        "unassessable": str(sum(not target.measurable for target in digest.targets)),
        "target_count": str(len(digest.targets)),
        "empty": not digest.figures and not digest.commitments,
    }


def card_view(card: Card) -> dict[str, Any]:
    """One card as text; numbers of figures are strings, so that no locale touches them."""
    zh, en = period_words(card.period)
    return {
        "indicator": card.indicator,
        "english": card.english,
        "period_zh": zh,
        "period_en": "" if en in zh else en,
        "figure": str(card.figure),
        "number": card.number,
        "number_en": "" if card.number.english == card.number.digits else card.number.english,
        "lines": [
            {
                "figure": str(line.figure),
                "zh": line.zh,
                "en": line.en,
                "number": line.number,
                "scope": line.scope,
                "falling": line.falling,
                "growth": line.en == "growth",
            }
            for line in card.lines
        ],
    }
