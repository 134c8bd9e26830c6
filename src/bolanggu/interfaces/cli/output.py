"""What every command prints: one JSON document on stdout, progress and notes on stderr, exit codes 0, 1, 2."""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn


def emit(document: Any, as_json: bool, human: Callable[[Any], str] | None = None) -> None:
    """Print ``document`` as JSON, or through ``human`` for people."""
    if as_json or human is None:
        sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=None if as_json else 2, default=str) + "\n")
    else:
        sys.stdout.write(human(document).rstrip("\n") + "\n")
    sys.stdout.flush()


def note(text: str) -> None:
    """Print one line on stderr."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def stop(text: str, code: int = 2) -> NoReturn:
    """Say what is wrong on stderr and leave: 2 bad input, 1 a bar or check does not hold."""
    note(text)
    raise SystemExit(code)


@contextmanager
def bad_input() -> Iterator[None]:
    """Turn a Fault, or several in an exception group, into exit code 2 with one line each.

    A disk or database that fails ends with 1 and one line: what was done before stands, the command can be repeated.
    """
    from bolanggu.values.fault import Fault

    try:
        yield
    except Fault as fault:
        stop(str(fault))
    except ExceptionGroup as group:
        faults, others = group.split(Fault)
        if others is not None or faults is None:
            raise
        stop("\n".join(str(fault) for fault in faults.exceptions))
    except Exception as error:
        if not _of_the_machine(error):
            raise
        stop(f"{error}: what was done before stands; put it right and run the same command again", code=1)


def _of_the_machine(error: BaseException) -> bool:
    """True if the disk is full or the database cannot be reached or written."""
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EIO}
    return type(error).__name__ == "OperationalError" and type(error).__module__ == "django.db.utils"
