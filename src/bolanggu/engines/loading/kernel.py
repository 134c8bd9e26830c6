"""One decorator for compiled kernels (编译内核): cached on disk, free of the interpreter lock, typed for readers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., object])


def kernel(function: F) -> F:
    """Compile ``function`` with Numba when it is first called, keeping its Python signature for type checkers."""
    return cast("F", njit(cache=True, nogil=True, error_model="numpy")(function))
