"""What the evaluation refuses, each as a type with a stable code."""

from __future__ import annotations


class BadScheme(ValueError):
    """The tree of indicators contradicts itself."""

    code = "bad_scheme"


class NotApplicable(ValueError):
    """The step cannot be taken on these data; the message says which and why."""

    code = "not_applicable"
