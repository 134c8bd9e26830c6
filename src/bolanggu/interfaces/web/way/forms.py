"""The question of the page: where to, ready when, how much, which canals are open."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django import forms
from django.utils.translation import gettext_lazy as _

SCENARIOS = [
    ("suez", _("All canals open")),
    ("cape", _("Suez Canal closed")),
    ("horn", _("Panama Canal closed")),
    ("capes", _("Both canals closed")),
]


class Question(forms.Form):
    """What to search."""

    to = forms.CharField(
        label=_("Destination"),
        help_text=_("UN/LOCODE of a port, rail terminal or airport, such as ESBCN for Barcelona."),
        max_length=8,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "dir": "ltr"}),
    )
    ready = forms.DateField(
        label=_("Goods ready on"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )
    teu = forms.FloatField(label="TEU", min_value=0.1, max_value=1000, initial=1)
    scenario = forms.ChoiceField(label=_("Canals"), choices=SCENARIOS, initial="suez", required=False)

    def clean_ready(self) -> datetime:
        """Midnight UTC of the day."""
        day = self.cleaned_data["ready"]
        if not 1970 <= day.year < 3000:
            raise forms.ValidationError(_("This day cannot be meant."))
        return datetime.combine(day, time(), UTC)
