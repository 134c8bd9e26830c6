"""Journeys in real Chromium: an agent's list on a phone, through a restart; a visitor at a desk in two languages."""

from __future__ import annotations

import csv
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from tests import homes
from tests.conftest import required

pytestmark = [pytest.mark.chromium, pytest.mark.slow]
PASSWORD = "a long enough password"
#: code, English, Chinese, price, pieces a carton, mm, gross g – made for the tests
GOODS = [
    ("A1", "plastic hair clip blue", "塑料发夹 蓝色", "0.80", 120, (400, 300, 300), 6000),
    ("A2", "ceramic coffee mug white", "陶瓷咖啡杯 白色", "6.50", 36, (450, 350, 300), 15000),
    ("A3", "folding umbrella black", "折叠雨伞 黑色", "12.00", 60, (600, 300, 350), 18000),
]
COLUMNS = "code title_en title_zh price currency moq pcs_per_carton carton_l_mm carton_w_mm carton_h_mm carton_gross_g"


@pytest.fixture(scope="module")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api")
    program = shutil.which("chromium")
    if program is None:
        if required("chromium"):
            pytest.fail("there is no Chromium, and BOLANGGU_REQUIRE names it")
        pytest.skip("there is no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def stocked(tmp_path_factory) -> Path:
    """A home whose whole catalogue are those goods."""
    folder = tmp_path_factory.mktemp("stocked")
    with (folder / "goods.csv").open("w", newline="", encoding="utf-8") as stream:
        out = csv.writer(stream)
        out.writerow(COLUMNS.split())
        for code, en, zh, price, pieces, size, gross in GOODS:
            out.writerow([code, en, zh, price, "CNY", 1, pieces, *size, gross])
    command = [sys.executable, "-m", "bolanggu", "goods", "import", str(folder / "goods.csv"), "--json"]
    subprocess.run(command, env=homes.environment(folder / "home"), cwd=homes.ROOT, check=True, capture_output=True)
    return folder / "home"


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


def test_an_agent_hands_a_list_in_on_a_phone_and_it_survives_a_restart(browser, stocked, tmp_path):
    home, port = homes.copy(stocked, tmp_path / "home"), free_port()
    (tmp_path / "list.csv").write_text(
        "description,quantity\nplastic hair clip blue,1200\ncoffee mug,360\nmoon dust,5\n"
    )
    with serving(home, port, "--user", "zoe", "--role", "agent") as (base, link):
        page = page_of(browser, base, phone=True)
        page.goto(link)
        page.get_by_label("New password").fill(PASSWORD)
        page.get_by_label("The same password again").fill(PASSWORD)
        page.get_by_role("button", name="Keep it and sign in").click()
        page.get_by_role("link", name="Hand in a purchase list").click()
        page.get_by_label("Purchase list").set_input_files(tmp_path / "list.csv")
        page.get_by_label("Destination").fill("nowhere")
        page.get_by_role("button", name="Hand in").click()
        assert "no known port" in page.get_by_role("alert").inner_text()
        page.get_by_label("Purchase list").set_input_files(tmp_path / "list.csv")
        page.get_by_label("Destination").fill("ESBCN")
        page.get_by_role("button", name="Hand in").click()
        page.wait_for_url(re.compile(r"/trades/T\w{10}/"))
        path = re.sub(r"^http://[^/]+", "", page.url)
    with serving(home, port):
        page.goto(path)
        page.complaints.clear()  # while the server was away the page went on asking
        page.get_by_text("12 / 12").wait_for(timeout=120_000)
        page.get_by_role("heading", name="Lines").wait_for()
        assert fits(page)
        assert page.get_by_text("not found").count() == 1
        page.locator("#boxes a").first.click()
        picture = page.locator(".picture img")
        picture.wait_for()
        page.wait_for_function("document.querySelector('.picture img').naturalWidth > 0")
        page.locator("td a[href^='/trace/']").first.click()
        page.get_by_role("heading", name="Where it came from").wait_for()
        assert page.get_by_text("100.000%").count() >= 1
        page.goto(path)
        with page.expect_download() as paper:
            page.get_by_role("link", name="Trade summary (PDF)").click()
        assert Path(paper.value.path()).read_bytes().startswith(b"%PDF")
        assert page.complaints == []
    homes.remove(home)


def test_a_visitor_reads_chinese_then_arabic_by_keyboard_and_without_scripts(browser, stocked, tmp_path):
    home = homes.copy(stocked, tmp_path / "home")
    with serving(home, free_port()) as (base, _):
        page = page_of(browser, base, phone=False, locale="zh-CN", color_scheme="dark")
        page.goto("/")
        assert page.get_by_role("heading", level=1).inner_text() == "今日市场"
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#main"
        page.get_by_role("searchbox").fill("咖啡杯")
        page.keyboard.press("Enter")
        page.get_by_role("link", name="陶瓷咖啡杯 白色").click()
        assert page.get_by_text("¥6.50").count() == 1
        plain = page_of(browser, base, phone=True, java_script_enabled=False)
        plain.goto("/goods/?q=mug")
        plain.get_by_role("button", name="العربية").click()
        assert plain.locator("html").get_attribute("dir") == "rtl"
        assert plain.locator("html").get_attribute("lang") == "ar"
        assert plain.get_by_role("link", name="ceramic coffee mug white").count() == 1
        plain.get_by_role("button", name="داكن").click()
        assert plain.locator("html").get_attribute("data-light") == "dark"
        plain.goto("/trades/")
        assert "/sign-in/" in plain.url
        assert page.complaints == []
    homes.remove(home)
