"""Forms of acts, made from their fields: text, whole number, day, choice, list. Hints stand in English only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language

from bolanggu.interfaces.web.words import word
from bolanggu.trade.changes.arguments import Field

MOST_LETTERS = 2000


def form_of(fields: Sequence[Field], things: Mapping[str, Callable[[], list[tuple[str, str]]]]) -> type[forms.Form]:
    """A form class with a field for each, and a hidden key that makes a second press harmless.

    ``things`` gives what a field of that name is chosen from.
    """
    made: dict[str, forms.Field] = {field.name: _field(field, things.get(field.name)) for field in fields}
    made["key"] = forms.CharField(max_length=64, widget=forms.HiddenInput)
    return type("ActForm", (forms.Form,), made)


def _field(field: Field, things: Callable[[], list[tuple[str, str]]] | None) -> forms.Field:
    told: dict[str, Any] = {
        "label": word(field.name, "field"),
        "help_text": field.says if (get_language() or "en").startswith("en") else "",
        "required": field.required,
        "initial": field.default,
    }
    if things is not None:
        return forms.ChoiceField(choices=[("", "–"), *things()], **told)
    if field.kind == "choice":
        empty = [] if field.required else [("", "–")]
        return forms.ChoiceField(choices=[*empty, *((code, word(code, "choice")) for code in field.choices)], **told)
    if field.kind == "date":
        widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(widget=widget, input_formats=["%Y-%m-%d"], **told)
    if field.kind == "whole":
        return forms.IntegerField(widget=forms.TextInput({"inputmode": "numeric", "dir": "ltr"}), **told)
    if field.kind == "list":
        return forms.CharField(max_length=MOST_LETTERS, widget=forms.Textarea({"rows": 3, "dir": "ltr"}), **told)
    return forms.CharField(max_length=MOST_LETTERS, widget=forms.TextInput({"dir": "auto"}), **told)
