"""What an index method refuses, each as a type with a stable code."""

from __future__ import annotations


class NoCommonProduct(ValueError):
    """Two periods that the method must compare share no product (or no expenditure on shared ones)."""

    code = "no_common_product"

    def __init__(self, earlier: str, later: str) -> None:
        super().__init__(f"periods {earlier} and {later} have no product in common, and the method must compare them")
        self.earlier, self.later = earlier, later


class UnknownMethod(ValueError):
    """The name is not a method, a formula or a splice."""

    code = "unknown_method"


class WindowRefused(ValueError):
    """The window does not fit the method or the splice."""

    code = "window_refused"
