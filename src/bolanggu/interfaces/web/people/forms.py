"""The form that gives a person a role, or a single act."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bolanggu.interfaces.web.words import word
from bolanggu.platform.accounts.acting import TRADE
from bolanggu.platform.accounts.grants import standing
from bolanggu.platform.accounts.services import roles_for_people


def _roles() -> list[tuple[str, str]]:
    return [("", "–"), *((role, word(role, "role")) for role in roles_for_people())]


def _acts() -> list[tuple[str, str]]:
    return [("", "–"), *sorted((f"{thing} {action}", f"{thing}: {action}") for thing, action in standing())]


class Give(forms.Form):
    """Whom, what, over whose things, for which purpose, until when."""

    name = forms.CharField(label=_("User name"), max_length=150, widget=forms.TextInput({"dir": "ltr"}))
    role = forms.ChoiceField(label=_("Role"), choices=_roles, required=False)
    act = forms.ChoiceField(
        label=_("Or a single act"), choices=_acts, required=False, help_text=_("An act is given beside the role.")
    )
    party = forms.CharField(
        label=_("For the party"),
        max_length=32,
        required=False,
        help_text=_("Number of the party whose things it is about."),
        widget=forms.TextInput({"dir": "ltr"}),
    )
    everywhere = forms.BooleanField(label=_("For the whole market"), required=False)
    purpose = forms.CharField(label=_("Purpose"), max_length=32, initial=TRADE, widget=forms.TextInput({"dir": "ltr"}))
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        """A role or an act, not both and not neither."""
        found: dict[str, Any] = super().clean() or {}
        if bool(found.get("role")) == bool(found.get("act")):
            raise forms.ValidationError(_("Choose a role or an act."))
        return found

    def scope(self) -> dict[str, Any]:
        """What `services.give` and `give_act` take beside the role or the act."""
        day = self.cleaned_data["until"]
        until = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
        return {name: self.cleaned_data[name] for name in ("party", "everywhere", "purpose")} | {"until": until}
