"""Journeys in real Chromium: an agent's list on a phone, through a restart; a visitor at a desk in two languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests import homes
from tests.interfaces.web.serving import PASSWORD, fits, free_port, page_of, serving

pytestmark = [pytest.mark.chromium, pytest.mark.slow]


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
        picture.first.wait_for()
        assert picture.first.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
        page.locator("td a[href^='/cartons/']").first.click()
        page.locator(".actions a[href^='/trace/']").click()
        page.get_by_role("heading", name="Where it came from").wait_for()
        assert page.get_by_text("100.000%").count() >= 1
        page.goto(path)
        with page.expect_download() as paper:
            page.locator("#papers .files a").first.click()
        assert Path(paper.value.path()).stat().st_size > 1000
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
