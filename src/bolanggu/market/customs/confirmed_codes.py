"""Confirmed codes (已确认归类): what released declarations teach the classifier; assumed codes teach nothing."""

from __future__ import annotations

from collections.abc import Iterator

from bolanggu.engines.classifying.classifier import Classifier
from bolanggu.engines.classifying.standard import classifier
from bolanggu.market.customs.models import DeclarationItem

_PASSED = ("released", "settled", "exempted", "closed")


def confirmed_titles() -> Iterator[tuple[str, str, str]]:
    """Names (English, Chinese) and six-digit code of each kind that a broker confirmed and customs released."""
    rows = DeclarationItem.objects.filter(
        hs_status="confirmed", kinds=1, declaration__state__in=_PASSED, declaration__superseded=False
    )
    for english, chinese, code in rows.order_by("pk").values_list("name_en", "name_zh", "hs10"):
        yield english, chinese, code[:6]


def learned_classifier() -> Classifier:
    """Make a classifier that has learned from the released declarations; the standard one stays as it is."""
    made = Classifier(classifier().vocabulary, classifier().calibration)
    for english, chinese, code in confirmed_titles():
        for name in filter(None, (english, chinese)):
            made.confirm(name, code)
    return made
