"""A person at the browser: pages opened, and all that must never happen while they are."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, WebSocket, expect
from serving import Server

BACKGROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(23, 22, 20)"}
DESKTOP, PHONE = (1440, 900), (390, 844)
QUIET_MILLISECONDS = 350
MOST_ANSWERS = 10  # each waits for the page some seconds
PROBES = "/_stcore/"  # Streamlit looks for its base path; what it does not find there is no error
FIRST_VISIT = "The page that you have requested does not seem to exist"  # said of an ambition, before app.py first ran
LOCAL_SCHEMES = ("data", "blob", "about", "devtools", "chrome")
SAVES_DATA = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
SETTLED = """([mark, quiet]) => {
    const app = document.querySelector('[data-testid="stApp"]');
    const state = app?.getAttribute('data-test-script-state');
    const waiting = document.querySelectorAll('[data-testid="stSkeleton"], #ib-first').length;
    const seen = [mark, state, waiting, location.href, document.querySelectorAll('*').length].join();
    const known = window.settling ??= {}, now = performance.now();
    if (known.seen !== seen || state !== 'notRunning' || waiting) Object.assign(known, {seen, since: now});
    return now - known.since > quiet;
}"""
SIDEWAYS = """() => {
    const width = document.documentElement.clientWidth;
    const main = document.querySelector('[data-testid="stMain"]');
    const scrolls = element => /auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX)
        && !/^st(Main|App|AppViewContainer)$/.test(element.dataset.testid || '');
    const boxed = element => {
        for (let box = element.parentElement; box && box !== document.body; box = box.parentElement)
            if (scrolls(box) && box.getBoundingClientRect().right <= width + 1) return true;
        return false;
    };
    const outside = box => box.width > 2 && box.right > width + 1;
    const wide = [...main.querySelectorAll('*')].filter(element => element.checkVisibility() && !element.closest('svg')
        && outside(element.getBoundingClientRect()) && !boxed(element));
    const page = document.documentElement.scrollWidth > width || main.scrollWidth > main.clientWidth;
    return [...wide.map(element => element.outerHTML.slice(0, 160)), ...(page ? ['the page scrolls sideways'] : [])];
}"""


@dataclass
class Visitor:
    """Opens pages of one server and collects what went wrong: errors, and requests to other hosts."""

    server: Server
    context: BrowserContext
    also: tuple[str, ...] = ()  # other hosts whose pages may be opened: what they do is theirs
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    marks: int = 0
    saves_data: bool = True  # so that charts come to life for whoever points at them, not at some time by themselves

    def open(self, path: str = "/", size: tuple[int, int] = DESKTOP, *, script: str = "", **parameters: str) -> Page:
        """Open an address of the app in a new tab and wait until it is drawn. A script runs before the page's."""
        page = self.context.new_page()
        page.add_init_script(script)
        self.pages.append(page)
        if self.saves_data:
            page.add_init_script(SAVES_DATA)
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.errors.append(f"page error: {error}"))
        page.on("request", self._asked)
        page.on("websocket", self._connected)
        asked = f"?{urlencode(parameters)}" if parameters else ""
        page.goto(f"{self.server.url}{path}{asked}", wait_until="domcontentloaded")
        self.settle(page)
        return page

    def has_first_view(self, path: str) -> bool:
        """Ask the server for a page until its first answer holds it, however long it takes to make."""
        asked = urllib.request.Request(self.server.url + path, headers={"Accept": "text/html"})
        for _ in range(MOST_ANSWERS):
            with urllib.request.urlopen(asked, timeout=60) as answer:
                if b'id="ib-first"' in answer.read():
                    return True
        return False

    def settle(self, page: Page) -> None:
        """Wait until the app has run and the page holds still."""
        self.marks += 1
        page.wait_for_function(SETTLED, arg=[self.marks, QUIET_MILLISECONDS], polling=50, timeout=60_000)

    def resize(self, page: Page, size: tuple[int, int]) -> None:
        """Another size of the window."""
        if page.viewport_size != {"width": size[0], "height": size[1]}:
            page.set_viewport_size({"width": size[0], "height": size[1]})
            self.settle(page)

    def in_theme(self, page: Page, theme: Literal["light", "dark"]) -> None:
        """What the visitor's system prefers, changed on the way."""
        page.emulate_media(color_scheme=theme)
        expect(page.locator('[data-testid="stApp"]')).to_have_css("background-color", BACKGROUNDS[theme])
        self.settle(page)

    def _heard(self, message: ConsoleMessage) -> None:
        known = PROBES in message.location.get("url", "") or message.text.startswith(FIRST_VISIT)
        if message.type == "error" and not known and not self._is_other(message.page.url if message.page else ""):
            self.errors.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not self._is_other(request.frame.url):
            self._note(request.url)

    def _is_other(self, url: str) -> bool:
        return urlsplit(url).netloc in self.also

    def _connected(self, socket: WebSocket) -> None:
        self._note(socket.url)

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in LOCAL_SCHEMES and parts.netloc not in (urlsplit(self.server.url).netloc, *self.also):
            self.outside.append(url)


def open_all(page: Page) -> int:
    """Open every part that opens on request, but menus, which lie over the page; how many there were."""
    page.evaluate("() => document.querySelectorAll('details:not(.ib-menu)').forEach(part => { part.open = true; })")
    return page.locator("details[open]").count()


def choose(page: Page, label: str, option: str) -> None:
    """Choose in a control of the frame, by the value that its address has; most stand in a menu."""
    control = page.locator(".ib-control", has=page.get_by_text(label, exact=True)).locator("select")
    if not control.is_visible():
        page.locator(".ib-others > summary").click()
    control.select_option(option)


def go(page: Page, entry: str) -> None:
    """Go to a page by the navigation of the frame, whose ambitions stand in a menu."""
    if page.locator(".ib-places .ib-menu a", has_text=entry).count():
        page.locator(".ib-places .ib-menu summary").click()
    page.locator(".ib-places a", has_text=entry).first.click()


@contextmanager
def profile(chromium: Browser) -> Iterator[BrowserContext]:
    """A profile of the browser for many visits. An empty page of the servers' site stays open in it. It keeps the
    site's process, and with it what was compiled there: a page of the app opens in half the time."""
    with chromium.new_context(accept_downloads=True, locale="en-GB", reduced_motion="reduce") as context:
        page = context.new_page()
        page.route("**", lambda route: route.fulfill(body=""))
        page.goto("http://127.0.0.1/")
        yield context


@contextmanager
def visiting(server: Server, context: BrowserContext, also: tuple[str, ...] = ()) -> Iterator[Visitor]:
    """A visit. At its end no error may have been met, on either side, and no other host asked for anything."""
    said, visitor = len(server.said()), Visitor(server, context, also)
    yield visitor
    for page in visitor.pages:
        page.close()
    assert visitor.outside == [], "the page asked another host"
    assert server.asked_outside() == [], "the server asked another host"
    assert visitor.errors == []
    assert "Traceback" not in server.said()[said:]


def sideways(page: Page) -> list[str]:
    """What stands out of the window to the right, outside a box that scrolls by itself."""
    found: list[str] = page.evaluate(SIDEWAYS)
    return found
