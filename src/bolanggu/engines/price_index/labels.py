"""Labels (标签) of periods and products: text to positions, fast."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Labels = Sequence[str] | NDArray[np.str_]

#: Bits of an ASCII character: nine of them fit one machine word.
_BITS = 7
#: Odd 64-bit multipliers of the hash: the golden ratio's and MurmurHash3's finaliser constant.
_STEP, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xFF51AFD7ED558CCD)


def positions(labels: Labels) -> tuple[tuple[str, ...], Integers]:
    """Distinct labels in ascending order, and the position of each given label among them.

    A sequence goes through a dictionary; a numpy text array is packed (short ASCII) or hashed into one machine word a
    row, which saves making Python strings. The hash is checked against the text: a collision costs time, never truth.

    >>> positions(["b", "a", "b"])
    (('a', 'b'), array([1, 0, 1]))
    >>> positions(np.array(["b", "a", "b"]))
    (('a', 'b'), array([1, 0, 1]))
    """
    if isinstance(labels, np.ndarray) and labels.dtype.kind == "U" and labels.dtype.itemsize and len(labels):
        return _by_words(labels)
    distinct = sorted(dict.fromkeys(labels))
    place = {label: position for position, label in enumerate(distinct)}
    return tuple(distinct), np.fromiter(map(place.__getitem__, labels), dtype=np.int64, count=len(labels))


def _by_words(labels: NDArray[np.str_]) -> tuple[tuple[str, ...], Integers]:
    words = np.ascontiguousarray(labels).view(np.uint32).reshape(len(labels), -1)
    exact = words.shape[1] * _BITS <= 63 and int(words.max()) < 1 << _BITS
    keys = _packed(words) if exact else _hash(words)
    first, group = _groups(keys)
    if exact:
        return tuple(labels[first].tolist()), group
    if not (words == words[first][group]).all():
        distinct, inverse = np.unique(labels, return_inverse=True)
        return tuple(distinct.tolist()), np.asarray(inverse, dtype=np.int64)
    texts = labels[first]
    ascending = np.argsort(texts)
    rank = np.empty(len(texts), dtype=np.int64)
    rank[ascending] = np.arange(len(texts))
    return tuple(texts[ascending].tolist()), rank[group]


def _groups(keys: Integers | NDArray[np.uint64]) -> tuple[Integers, Integers]:
    """Where each distinct key stands first, in ascending order of keys, and for each row the number of its key."""
    if (keys[1:] >= keys[:-1]).all():
        fresh = np.concatenate(([True], keys[1:] != keys[:-1]))
        return np.flatnonzero(fresh), np.cumsum(fresh) - 1
    order = np.argsort(keys, kind="stable")
    ascending = keys[order]
    fresh = np.concatenate(([True], ascending[1:] != ascending[:-1]))
    group = np.empty(len(keys), dtype=np.int64)
    group[order] = np.cumsum(fresh) - 1
    return order[fresh], group


def _packed(words: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Short ASCII text as one integer, in the order of the text."""
    keys = words[:, 0].astype(np.int64)
    for column in range(1, words.shape[1]):
        keys <<= _BITS
        keys |= words[:, column]
    return keys


def _hash(words: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """One 64-bit key for each row of 32-bit words."""
    keys = np.zeros(len(words), dtype=np.uint64)
    for column in range(words.shape[1]):
        keys += words[:, column]
        keys *= _STEP
        keys ^= keys >> np.uint64(29)
    return np.asarray(keys * _MIX)
