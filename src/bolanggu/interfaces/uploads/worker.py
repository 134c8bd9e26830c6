"""The worker of ``bolanggu serve``: a process of its own that walks uploads, ended by a signal or with the server."""

from __future__ import annotations

import os
import socket
import time
from datetime import UTC, datetime

PAUSE_SECONDS = 1.0


def main() -> None:
    """Walk uploads until the server that started this process is gone; a failing trade does not end the worker."""
    from bolanggu.interfaces.cli.django_setup import start
    from bolanggu.interfaces.cli.output import note

    start()
    from bolanggu.interfaces.uploads.walking import walk_all

    server = os.getppid()

    def left() -> bool:
        return os.getppid() != server

    while not left():
        try:
            walk_all(worker=socket.gethostname()[:80], now=lambda: datetime.now(UTC), stop=left)
        except Exception as error:  # noqa: BLE001 - noted on the upload by `walking`; the next one must go on
            note(f"worker: {type(error).__name__}: {error}")
            time.sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    main()
