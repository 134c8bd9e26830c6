"""Log (日志): the open segment on disk, block by block; a block counts only when it is whole.

A block is 32 bytes of head (mark, number of records, CRC-32, 0, each a 64-bit word) and its records. It is on the
disk, with its file's length, before `Log.append` returns; a block that a crash cut off is cut away on opening.
"""

from __future__ import annotations

import os
from pathlib import Path
from zlib import crc32

import numpy as np

from bolanggu.engines.parcels.kernel import Ints
from bolanggu.engines.parcels.record import BYTES, WORDS

MARK = int.from_bytes(b"BLGSCAN1", "little")
_HEAD = 32


class Log:
    """Blocks of one file, appended by one writer.

    Parameters
    ----------
    file
        Made where it is missing; what follows its last whole block is cut off.
    """

    def __init__(self, file: Path) -> None:
        fresh = not file.exists()
        self._at = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        self.records, whole = whole_blocks(file)
        if whole < os.fstat(self._at).st_size:
            os.ftruncate(self._at, whole)
        if fresh:
            keep_name(file.parent)

    def append(self, records: Ints) -> None:
        """Write one block and wait until it is on the disk."""
        data = np.ascontiguousarray(records).tobytes()
        head = np.array([MARK, len(records), crc32(data), 0], dtype="<i8").tobytes()
        view = memoryview(head + data)
        while view:
            view = view[os.write(self._at, view) :]
        os.fdatasync(self._at)

    def close(self) -> None:
        """Let the file go."""
        os.close(self._at)


def whole_blocks(file: Path) -> tuple[Ints, int]:
    """The records of all whole blocks of a file, and the length of these blocks in bytes; none where it is missing."""
    data, place = file.read_bytes() if file.exists() else b"", 0
    parts = [np.empty((0, WORDS), dtype=np.int64)]
    while place + _HEAD <= len(data):
        mark, count, check, _ = np.frombuffer(data, dtype="<i8", count=4, offset=place).tolist()
        end = place + _HEAD + count * BYTES
        if mark != MARK or count < 0 or end > len(data) or crc32(data[place + _HEAD : end]) != check:
            break
        parts.append(np.frombuffer(data, dtype="<i8", count=count * WORDS, offset=place + _HEAD).reshape(-1, WORDS))
        place = end
    return np.concatenate(parts), place


def keep_name(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    at = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(at)
    finally:
        os.close(at)


def write_whole(file: Path, records: Ints) -> None:
    """Write a file of records so that it is there whole or not at all."""
    half = file.with_suffix(".half")
    with half.open("wb") as stream:
        np.ascontiguousarray(records).tofile(stream)
        stream.flush()
        os.fsync(stream.fileno())
    half.rename(file)
    keep_name(file.parent)
