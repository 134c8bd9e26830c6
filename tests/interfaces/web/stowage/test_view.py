"""The view in real Chromium: seen at phone and desktop width, stepped, tapped; the drawing stays without WebGL."""

from __future__ import annotations

import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bolanggu.interfaces import web
from bolanggu.interfaces.web.middleware import POLICY
from bolanggu.interfaces.web.stowage.scene import Seen, scene

pytestmark = [pytest.mark.chromium, pytest.mark.slow]
STATIC = Path(web.__file__).parent / "static"
HEAD = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/web/site.css">
<link rel="stylesheet" href="/web/stowage/stowage.css"><script type="module" src="/web/stowage/stowage.js"></script>"""


class Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing."""

    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


def fragment() -> str:
    """The template's own text, its tags replaced."""
    text = (Path(web.__file__).parent / "templates" / "stowage" / "view.html").read_text("utf-8")
    text = text.replace("{% load i18n shown %}", "").replace("{% url 'stowage_data' plan.number %}", "/scene.json")
    text = text.replace("{% url 'container_picture' plan.number %}", "/web/drum.svg")
    while "{% translate" in text:
        start = text.index("{% translate")
        end = text.index("%}", start)
        text = text[:start] + text[start:end].split(text[start + 13])[1] + text[end + 2 :]
    return text


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stowage")
    (folder / "web").symlink_to(STATIC / "web")
    placed = [(str(n), 600 * (n // 12), 780 * (n // 4 % 3), 600 * (n % 4), 600, 780, 600) for n in range(240)]
    seen = {str(n): Seen(f"order {n // 80}", "MARK", f"line {n}", "600 mm", 12.5, "/carton/") for n in range(200)}
    (folder / "scene.json").write_text(json.dumps(scene((12022, 2342, 2688), placed, seen, "others")))
    (folder / "index.html").write_text(f"{HEAD}<main>{fragment()}</main>")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/index.html"
    server.shutdown()


@pytest.mark.parametrize(("wide", "high"), [(390, 844), (1280, 800)])
def test_the_box_is_seen_stepped_and_tapped(browser, base, wide, high):
    page = browser.new_page(viewport={"width": wide, "height": high})
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(base)
    page.wait_for_selector(".stowage[data-plain], .legend li")
    if page.locator(".stowage[data-plain]").count():
        pytest.skip("this Chromium has no WebGL")
    assert page.locator("output").inner_text() == "240 / 240"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    box = page.locator("canvas").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert "line" in page.locator(".picked").inner_text()
    page.locator(".sequence input").focus()
    page.keyboard.press("Home")
    assert page.locator("output").inner_text() == "0 / 240"
    assert page.locator(".picked").inner_text() == ""
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert page.locator(".picked").inner_text() == ""
    assert errors == []
    page.close()


def test_without_webgl_the_drawing_stays(browser, base):
    page = browser.new_page()
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto(base)
    page.wait_for_selector(".stowage[data-plain]")
    assert page.locator(".stowage img").is_visible()
    assert page.locator("canvas").is_hidden()
    assert page.locator(".sequence").is_hidden()
    page.close()


def test_without_scripts_the_drawing_stays(browser, base):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base)
    assert page.locator(".stowage img").is_visible()
    assert page.locator("canvas").is_hidden()
    context.close()
