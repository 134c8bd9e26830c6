"""The form that hands a list in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bolanggu.market.settlement import rates


def _currencies() -> list[tuple[str, str]]:
    known = {"CNY", *rates.on(date.today()).parities}  # noqa: DTZ011 - the list of currencies, not a deed
    return [(code, code) for code in ("USD", "EUR", "CNY", *sorted(known - {"USD", "EUR", "CNY"}))]


class HandIn(forms.Form):
    """A file, where to, in which currency, not before which day; ``key`` makes a second press harmless."""

    list = forms.FileField(
        label=_("Purchase list"),
        help_text=_("CSV or XLSX with at least the columns description and quantity; up to 10 MB."),
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
    )
    destination = forms.CharField(
        label=_("Destination"),
        help_text=_("UN/LOCODE of a port, rail terminal or airport, such as ESBCN for Barcelona."),
        max_length=8,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "dir": "ltr"}),
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=_currencies)
    depart_on = forms.DateField(
        label=_("Not before"),
        required=False,
        help_text=_("Leave empty to depart as soon as the goods are ready."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def wishes(self) -> dict[str, Any]:
        """What `uploads.services.Wishes` takes."""
        return {name: self.cleaned_data[name] for name in ("destination", "currency", "depart_on")}
