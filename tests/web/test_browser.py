"""A real Chromium opens the site: both languages, phone and wide, light and dark.

Nothing is asked of another host, nothing is said on the console, nothing scrolls sideways, the fonts are ours and
axe-core finds no barrier.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.web.gathered import COLLAPSE, RESCUE

pytestmark = pytest.mark.browser

# The browser's own errands (updates, safe browsing) are turned off: a test sends no packet off the loopback.
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
_FIRST = "/article/0000000000000001"
_ENGLISH = f"/article/{100:016x}"
_LIVE = f"/article/{105:016x}"
_FOUND = f"/search?q={quote('الجسر الجديد')}&source=nahr&after=2023-09-20&strict=1"
_NOTHING = "/search?q=nothingofthekind+after:never"
PAGES = (
    "/",
    _FIRST,
    _ENGLISH,
    _LIVE,
    "/history/0000000000000001",
    "/sources",
    "/source/mada",
    "/source/nahr",
    _FOUND,
    _NOTHING,  # with the help, as the page where nothing was asked
    "/similar/0000000000000001",
    f"/name/{quote('بلدية المدينة')}",
)
GATHERED_PAGES = ("/", "/latest", f"/story/{COLLAPSE}", f"/story/{RESCUE}", f"/theme/{COLLAPSE}", "/article/copy")
PHONE, SMALL_PHONE, WIDE = 390, 320, 1280


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    executable = Path(os.environ.get("TAWATUR_CHROMIUM") or "/usr/bin/chromium")
    if not executable.exists():
        pytest.fail(
            f"no Chromium at {executable}: install it (Debian: apt-get install chromium) "
            "or set TAWATUR_CHROMIUM to the path of one"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(_ARGUMENTS))
        yield browser
        browser.close()


class Visit:
    """A page opened in the browser, with what it asked for and said meanwhile."""

    def __init__(self, browser: Browser, address: str, **chosen: Any) -> None:
        self.context = browser.new_context(**chosen)
        self.page: Page = self.context.new_page()
        self.asked: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.goto(address, wait_until="load")
        self.page.evaluate("document.fonts.ready.then(() => true)")

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()


def screen(width: int, scheme: str = "light", **more: Any) -> dict[str, Any]:
    return {"viewport": {"width": width, "height": 800}, "color_scheme": scheme, **more}


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_quiet_keeps_to_its_host_and_bars_nobody(browser: Browser, site: Any, path: str, prefix: str) -> None:
    look_at(browser, site.url, prefix + path)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", GATHERED_PAGES)
def test_a_page_of_stories_is_quiet_and_bars_nobody(browser: Browser, gathered: Any, path: str, prefix: str) -> None:
    look_at(browser, gathered.url, prefix + path)


def look_at(browser: Browser, host: str, path: str) -> None:
    with Visit(browser, host + path, **screen(PHONE), bypass_csp=True) as visit:
        page = visit.page
        page.evaluate(files("axe_core_python").joinpath("axe.min.js").read_text("utf-8") + "; true")
        for width in (PHONE, WIDE):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert barriers(page, "{}") == []
            page.emulate_media(color_scheme="dark")
            assert barriers(page, "{runOnly: ['color-contrast']}") == []
            page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": SMALL_PHONE, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALL_PHONE
        assert visit.said == []
        assert {urlsplit(address).netloc for address in visit.asked} == {urlsplit(host).netloc}


def barriers(page: Page, options: str) -> list[tuple[str, str, list[str]]]:
    """What axe-core finds, grave or not: the rule, its impact, and the first elements that break it."""
    found = page.evaluate(f"axe.run({options}).then(result => result.violations)")
    return [(rule["id"], rule["impact"], [node["html"] for node in rule["nodes"]][:3]) for rule in found]


@pytest.mark.parametrize("path", ["/", _FIRST, _FOUND])
def test_the_strict_policy_holds_in_a_real_browser(browser: Browser, site: Any, path: str) -> None:
    with Visit(browser, site.url + path, **screen(PHONE)) as visit:
        assert visit.said == []
        visit.page.evaluate(
            "const script = document.createElement('div');"
            "document.addEventListener('securitypolicyviolation', () => { window.refused = true; });"
            "document.body.append(script); script.setAttribute('style', 'color: red'); true"
        )
        visit.page.wait_for_function("window.refused === true")


def test_arabic_is_set_in_our_fonts(browser: Browser, site: Any) -> None:
    with Visit(browser, site.url + _FIRST, **screen(PHONE)) as visit:
        loaded = visit.page.evaluate(
            "[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family.replaceAll('\"', ''))"
        )
        assert {"Naskh", "Plex"} <= set(loaded)
        assert [address for address in visit.asked if address.endswith(".woff2")]
        assert visit.page.evaluate("getComputedStyle(document.querySelector('.body p')).letterSpacing") == "normal"


def test_the_theme_follows_the_system_until_one_is_chosen_and_then_stays(browser: Browser, site: Any) -> None:
    with Visit(browser, f"{site.url}/", **screen(PHONE, "dark")) as visit:
        ground = "getComputedStyle(document.body).backgroundColor"
        dark = visit.page.evaluate(ground)
        button = visit.page.get_by_role("button", name="المظهر الفاتح")
        button.click()
        light = visit.page.evaluate(ground)
        assert light != dark
        visit.page.goto(site.url + _FIRST)
        assert visit.page.evaluate(ground) == light
        visit.page.get_by_role("button", name="المظهر الداكن").click()
        assert visit.page.evaluate(ground) == dark


def test_without_javascript_everything_is_there_but_the_toggle(browser: Browser, site: Any) -> None:
    with Visit(browser, site.url + _FIRST, **screen(PHONE), java_script_enabled=False) as visit:
        assert visit.page.locator("h1").inner_text().startswith("افتتاح الجسر")
        assert not visit.page.locator("button.theme").is_visible()


def test_a_reader_goes_from_the_front_to_an_article_its_source_and_the_other_language(
    browser: Browser, site: Any
) -> None:
    with Visit(browser, f"{site.url}/", **screen(PHONE)) as visit:
        page = visit.page
        page.locator("article.lead h3 a").click()
        expect(page.locator(".body p")).to_have_count(4)  # a click does not wait for the page it leads to: expect does
        page.locator(".byline .source").click()
        expect(page.locator("h1")).to_have_text("صحيفة النهر")
        page.get_by_role("link", name="English", exact=True).click()
        expect(page.locator("html")).to_have_attribute("dir", "ltr")
        expect(page.locator("h1")).to_have_text("صحيفة النهر")
        page.locator("a.onward").click()
        page.wait_for_url("**older=**")
        expect(page.locator("article h3")).to_have_count(30)


def suggested(page: Page) -> list[str]:
    page.wait_for_selector("#suggestions:not([hidden]) li")
    return page.locator("#suggestions li").all_inner_texts()


def test_a_search_is_suggested_as_one_types_and_chosen_with_the_keyboard(browser: Browser, site: Any) -> None:
    with Visit(browser, f"{site.url}/", **screen(PHONE)) as visit:
        page, box = visit.page, visit.page.get_by_role("combobox", name="ابحث في الأخبار")
        box.press_sequentially("افتت")
        first, *_ = suggested(page)
        assert box.get_attribute("aria-expanded") == "true"
        assert page.get_by_role("status").inner_text().startswith("الاقتراحات: ")
        page.keyboard.press("ArrowDown")
        chosen = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
        assert (chosen.get_attribute("aria-selected"), box.input_value()) == ("true", first)
        page.keyboard.press("Escape")
        assert (box.get_attribute("aria-expanded"), box.input_value()) == ("false", "افتت")
        box.press_sequentially("ا")
        first, *_ = suggested(page)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?**")
        expect(page.locator("#q")).to_have_value(first)
        expect(page.locator(".hit")).not_to_have_count(0)
        assert visit.said == []


def test_a_suggestion_is_chosen_by_touch_and_bars_nobody(browser: Browser, site: Any) -> None:
    with Visit(browser, f"{site.url}/en/", **screen(PHONE), has_touch=True, bypass_csp=True) as visit:
        page = visit.page
        page.locator("#q").press_sequentially("bridg")
        [first, *_] = suggested(page)
        page.evaluate(files("axe_core_python").joinpath("axe.min.js").read_text("utf-8") + "; true")
        assert barriers(page, "{}") == []
        page.locator("#suggestions li").first.tap()
        page.wait_for_url("**/en/search?**")
        expect(page.locator("#q")).to_have_value(first)


def test_a_search_can_be_narrowed_and_widened_without_javascript(browser: Browser, site: Any) -> None:
    with Visit(browser, f"{site.url}/", **screen(WIDE), java_script_enabled=False) as visit:
        page = visit.page
        page.locator("#q").fill("الجسر")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?**")
        everything = page.locator(".search-head .facts").inner_text()
        page.locator("[aria-labelledby=by-source] a").first.click()
        expect(page.locator(".chosen li")).to_have_count(1)
        page.get_by_label("الحروف نفسها وحدها").check()
        page.get_by_label("من يوم").fill("2023-09-20")
        page.get_by_role("button", name="طبّق").click()
        expect(page.locator(".chosen li")).to_have_count(3)
        expect(page.locator("#q")).to_have_value("الجسر")
        for left in (2, 1, 0):
            page.locator(".chosen a").first.click()
            expect(page.locator(".chosen li")).to_have_count(left)
        assert page.locator(".search-head .facts").inner_text() == everything


def test_a_keyboard_reaches_the_content_at_once(browser: Browser, site: Any) -> None:
    with Visit(browser, f"{site.url}/", **screen(WIDE)) as visit:
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("document.activeElement.className") == "skip"
        visit.page.keyboard.press("Enter")
        assert visit.page.evaluate("document.activeElement.id") == "content"


def test_moments_tell_their_age_and_the_readers_own_clock(browser: Browser, site: Any) -> None:
    with Visit(browser, site.url + _FIRST, **screen(PHONE), timezone_id="Asia/Tokyo") as visit:
        title = visit.page.locator(".byline time").get_attribute("title") or ""
        assert "منذ" in title or "قبل" in title or "سنوات" in title
        assert "٥:٢٣" in title  # 08:23 UTC in Tokyo


def test_a_page_prints_its_text_and_the_address_of_the_original(browser: Browser, site: Any) -> None:
    with Visit(browser, site.url + _FIRST, **screen(WIDE)) as visit:
        visit.page.emulate_media(media="print")
        assert not visit.page.locator(".sections").is_visible()
        after = visit.page.evaluate("getComputedStyle(document.querySelector('a.original'), '::after').content")
        assert "https://nahr.example/news/1" in after
