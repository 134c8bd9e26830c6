"""The compiler's one door: kernels are compiled once, cached on disk and free of the interpreter lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])

#: Larger than every time, cost and mass the reader lets in, and small enough that two of them add up in 64 bits.
FAR = 1 << 61


def kernel(function: F) -> F:
    """Compile ``function`` with numba on its first call and keep the result on disk."""
    return cast(F, njit(cache=True, nogil=True)(function))
