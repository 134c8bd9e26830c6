"""The compiler's one door: kernels are compiled once, cached on disk and free of the interpreter lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., Any])

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]


def kernel(function: F) -> F:
    """Compile ``function`` with numba on its first call and keep the result on disk."""
    return cast("F", njit(cache=True, nogil=True)(function))
