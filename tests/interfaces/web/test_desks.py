"""Journeys of each person in real Chromium, phone and desktop, in Chinese, English and Arabic."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial

import pytest
from tests import homes
from tests.interfaces.web.serving import PASSWORD, fits, free_port, page_of, serving

pytestmark = [pytest.mark.chromium, pytest.mark.slow]
LIST = "description,quantity\nplastic hair clip blue,1200\nceramic coffee mug white,360\nmoon dust,5\n"


@pytest.fixture(scope="module")
def at_work(stocked, tmp_path_factory):
    """A served city in the middle of its work: its address, and the numbers of what waits."""
    folder = tmp_path_factory.mktemp("at_work")
    home = homes.copy(stocked, folder / "home")
    (folder / "list.csv").write_text(LIST)
    run = partial(subprocess.run, env=homes.environment(home), cwd=homes.ROOT, check=True, capture_output=True)
    for key, until in (("done", "observe"), ("begun", "deposit")):
        words = ["trade", str(folder / "list.csv"), "--to", "ESBCN", "--key", key, "--until", until, "--json"]
        run([sys.executable, "-m", "bolanggu", *words])
    said = run([sys.executable, "-m", "tests.interfaces.web.city_of_desks"]).stdout
    with serving(home, free_port()) as (base, _):
        yield base, json.loads(said.decode().splitlines()[-1])
    homes.remove(home)


def signed_in(browser, base: str, name: str, language: str, *, phone: bool):
    page = page_of(browser, base, phone=phone)
    page.goto("/sign-in/")
    page.locator("main input[type=text]").fill(name)
    page.locator("main input[type=password]").fill(PASSWORD)
    page.locator("main button").click()
    page.wait_for_url("**/start/")
    page.locator(f"footer button[value='{language}']").click()
    page.wait_for_url("**/start/")
    return page


def test_a_merchant_confirms_on_the_phone_in_chinese_and_moves_the_day(browser, at_work):
    base, numbers = at_work
    page = signed_in(browser, base, "lin", "zh-hans", phone=True)
    page.get_by_role("link", name=numbers["order"]).first.click()
    page.get_by_role("button", name="确认订单").click()
    assert page.get_by_role("status").inner_text() == "订单已确认。"
    assert page.get_by_role("button", name="确认订单").count() == 0
    page.get_by_role("link", name="改期").click()
    assert page.get_by_label("订单").input_value() == numbers["order"]
    page.get_by_label("备妥日").fill("2020-01-01")
    page.get_by_label("理由").fill("机器坏了")
    page.get_by_role("button", name="办理").click()
    page.get_by_role("alert").wait_for()
    page.get_by_role("link", name="资金").first.click()
    assert page.get_by_text("到账明细").count() >= 1
    assert fits(page)
    assert page.complaints == []


def test_the_warehouse_scans_and_counts_on_the_phone(browser, at_work):
    base, numbers = at_work
    page = signed_in(browser, base, "wang", "en", phone=True)
    page.get_by_role("link", name="Scan").first.click()
    assert page.evaluate("document.activeElement.id") == "code"
    page.keyboard.type("00123")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    page.complaints.clear()  # the browser tells of the 404 that says so
    page.get_by_label("Number").fill(numbers["order"])
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/receiving/{numbers['order']}/")
    page.get_by_label("Received").first.fill("10")
    page.get_by_label("of it rejected").first.fill("12")
    page.get_by_role("button", name="Keep the count").click()
    page.get_by_role("alert").wait_for()
    page.complaints.clear()
    page.get_by_label("of it rejected").first.fill("2")
    page.get_by_role("button", name="Keep the count").click()
    assert page.get_by_role("status").inner_text() == "The count is kept."
    assert page.get_by_text("−2").count() == 1
    assert fits(page)
    assert page.complaints == []


def test_a_buyer_reads_her_list_her_box_and_her_money_in_arabic(browser, at_work):
    base, numbers = at_work
    page = signed_in(browser, base, "bea", "ar", phone=True)
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.goto(f"/trades/{numbers['done']}/list/?show=missing")
    assert page.get_by_text("moon dust").count() == 1
    page.goto(f"/trades/{numbers['done']}/")
    page.locator("#boxes a").first.click()
    assert page.locator(".picture img").first.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert fits(page)
    page.goto("/money/")
    page.get_by_role("link", name=numbers["done"]).click()
    assert page.get_by_role("progressbar").count() == 1
    page.goto(f"/trades/{numbers['done']}/papers/")
    with page.expect_download() as paper:
        page.locator(".files a").first.click()
    page.goto("/prove/")
    page.locator("input[type=file]").set_input_files(paper.value.path())
    assert fits(page)
    page.goto("/pool/")
    assert fits(page)
    assert page.complaints == []


def test_a_broker_sends_and_an_officer_releases(browser, at_work):
    base, numbers = at_work
    broker = signed_in(browser, base, "bo", "en", phone=False)
    broker.get_by_role("link", name=numbers["declaration"]).first.click()
    broker.locator("input[name=note]").first.fill("seen and found right")
    broker.get_by_role("button", name="Send to customs").click()
    broker.get_by_role("status").wait_for()
    assert broker.get_by_role("button", name="Send to customs").count() == 0
    officer = signed_in(browser, base, "ole", "en", phone=False)
    officer.get_by_role("link", name=numbers["declaration"]).first.click()
    officer.get_by_role("button", name="Release", exact=True).click()
    officer.get_by_role("status").wait_for()
    assert officer.locator(".steps .running").inner_text() == "released"
    assert broker.complaints == officer.complaints == []


def test_finance_sees_that_the_books_agree_and_who_saw_what_is_told(browser, at_work):
    base, numbers = at_work
    page = signed_in(browser, base, "fay", "en", phone=False)
    page.get_by_role("link", name="Money", exact=True).first.click()
    assert page.get_by_text("books agree").count() >= 1
    assert page.get_by_text("books do not agree").count() == 0
    page.get_by_role("link", name=numbers["done"]).last.click()
    page.get_by_role("heading", name="Rates frozen").wait_for()
    buyer = signed_in(browser, base, "bea", "en", phone=False)
    buyer.goto("/account/looks/")
    assert buyer.get_by_role("cell", name="fay").count() >= 1
    assert page.complaints == buyer.complaints == []


def test_the_first_load_is_small(browser, at_work):
    base, _ = at_work
    page = page_of(browser, base, phone=True)
    sizes = []
    page.on("response", lambda answer: sizes.append(len(answer.body())))
    page.goto("/", wait_until="networkidle")
    assert sum(sizes) <= 200_000
