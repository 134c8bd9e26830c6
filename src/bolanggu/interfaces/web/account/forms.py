"""Forms of the account: name and password; a first password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from bolanggu.platform.accounts.models import User


class SignIn(forms.Form):
    """Name and password."""

    name = forms.CharField(label=_("User name"), max_length=150, widget=forms.TextInput({"autocomplete": "username"}))
    password = forms.CharField(
        label=_("Password"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


class FirstPassword(forms.Form):
    """A password, twice."""

    password = forms.CharField(
        label=_("New password"),
        help_text=lazy(lambda: " ".join(password_validators_help_texts()), str)(),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password again"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """Both must be the same and good enough."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("The two passwords differ."))
        elif given.get("password"):
            try:
                validate_password(given["password"], self.user)
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return given
