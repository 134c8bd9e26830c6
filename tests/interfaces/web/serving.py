"""A server of a home, and pages of a real browser that look at it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from tests import homes

PASSWORD = "a long enough password"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def serving(home: Path, port: int, *words: str) -> Iterator[tuple[str, str]]:
    """The server of a home: its address, and the link for a first password if a user was made."""
    told = home.parent / f"said-{time.monotonic_ns()}"
    with told.open("w") as err:
        command = [sys.executable, "-m", "bolanggu", "serve", "--port", str(port), "--workers", "1", *words]
        process = subprocess.Popen(
            command, env=homes.environment(home), cwd=homes.ROOT, stderr=err, stdout=err, start_new_session=True
        )
    base = f"http://localhost:{port}"
    try:
        for _ in range(600):
            if process.poll() is not None or _answers(port):
                break
            time.sleep(0.1)
        assert process.poll() is None, told.read_text()
        link = re.search(r"http://\S+/first/\S+", told.read_text())
        yield base, link[0] if link else ""
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://localhost:{port}/sign-in/", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def page_of(browser, base: str, *, phone: bool, **more):
    size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 900}
    page = browser.new_context(viewport=size, base_url=base, **more).new_page()
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")
