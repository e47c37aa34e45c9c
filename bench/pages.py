"""Times our pages beside a bare Streamlit page of six Plotly charts, in one interleaved run in headless Chromium.

    python bench/pages.py [--reps 5] [--only plan,ambition]

Every repetition visits each page in a fresh browser context (nothing cached) in a rotated order, so that the ratios
hold although other work shares the machine. Times run inside the page, from navigation or from the press of a button
to the frame in which every chart, drawing or image has its shape; *live* is when a chart answers a pointer that rests
on it from the start with a tooltip. The slow link has 10 Mbit/s and 40 ms. Dash is measured too where it is at hand
(dash_beside.py). Needs requirements-dev.txt and Debian's chromium; serves the data home that IMPROVEMENT_BOARD_DATA
names, else the demonstration council's. Exits with 1 where a page was not drawn.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from compared import AMBITION, BARE_CHARTS, KPI, Compared, bare_and_ours, compare_on
from dash_beside import CHARTS as DASH_CHARTS
from dash_beside import TEAMS as DASH_TEAMS
from dash_beside import dash_beside
from playwright.async_api import Browser, Page, async_playwright

from improvement_board.declared.home import default_home

HERE = Path(__file__).resolve().parent
DRAWN = (HERE / "drawn.js").read_text(encoding="utf-8")
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
READING_MS = 3000
PATIENCE_MS = 30_000
MOVE_MS = 40
SLOW_LINK = {"offline": False, "latency": 40, "downloadThroughput": 1_250_000, "uploadThroughput": 1_250_000}  # bytes/s
ROWS = {
    "bare": ("Bare page, six charts: cold", "bare", None),
    "plan": ("Plan page: readable, cold", "bare", 0.15),
    "reading": ("Ambition page, all its charts: readable, cold", "bare", 0.20),
    "ambition": ("Ambition page, all its charts: drawn by the app, cold", "bare", None),
    "live": ("Ambition page: a chart answers the pointer, cold", "bare", 1.00),
    "indicator": ("Indicator page: cold", "bare", None),
    "click": ("Plan page to ambition page: click, readable", "bare", 0.08),
    "bare filter": ("Bare page: team chosen", "bare filter", None),
    "filter": ("Ambition page: team chosen, all its charts drawn", "bare filter", 0.45),
    "slow bare": ("Bare page, slow link: cold", "slow bare", None),
    "slow plan": ("Plan page, slow link: readable, cold", "slow bare", 0.10),
    "slow reading": ("Ambition page, slow link: all its charts readable, cold", "slow bare", 0.10),
    "slow dash": ("Dash, slow link: cold", "slow bare", None),
    "dash": ("Dash, six charts of its own: cold", "bare", None),
    "dash filter": ("Dash: team chosen", "bare filter", None),
}


@dataclass
class Samples:
    """Seconds to drawn, and KiB received meanwhile."""

    seconds: list[float] = field(default_factory=list)
    kib: list[float] = field(default_factory=list)


@dataclass
class Bench:
    """What is measured, where it is served, and the samples so far."""

    browser: Browser
    bare: str
    app: str
    dash: str | None
    known: Compared
    rows: dict[str, Samples] = field(default_factory=lambda: {row: Samples() for row in ROWS})

    def keep(self, row: str, seconds: float, kib: float) -> None:
        """Add one sample."""
        self.rows[row].seconds.append(seconds)
        self.rows[row].kib.append(kib)


class Visit:
    """One tab of a fresh context: counts what it receives and waits for what is drawn."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.received = 0

    @classmethod
    async def begin(
        cls, bench: Bench, address: str, kind: str, count: int, *, pointing: bool = False, slow: bool = False
    ) -> tuple[Visit, float]:
        """Open an address in a fresh context; gives the visit and seconds from navigation to drawn, with the pointer
        on a chart, or over a slow link, where that is asked for."""
        context = await bench.browser.new_context(viewport={"width": 1366, "height": 1600})
        visit = cls(await context.new_page())
        session = await context.new_cdp_session(visit.page)
        session.on("Network.loadingFinished", lambda event: visit.count(event["encodedDataLength"]))
        frame = "Network.webSocketFrameReceived"
        session.on(frame, lambda event: visit.count(len(event["response"]["payloadData"]) * 3 / 4))
        await session.send("Network.enable")
        if slow:
            await session.send("Network.emulateNetworkConditions", SLOW_LINK)
        await visit.page.add_init_script(
            f"{DRAWN}; if (window.drawn) drawn.next({json.dumps({'kind': kind, 'count': count})})"
        )
        await visit.page.goto(address, wait_until="commit")
        if pointing:
            await visit.point()
        return visit, await visit.drawn_at()

    def count(self, size: float) -> None:
        """Bytes that came over the network."""
        self.received += size

    async def drawn_at(self) -> float:
        """Seconds on the page's own clock at which the watched marks were there."""
        drawn_handle = await self.page.wait_for_function("() => drawn.at", timeout=PATIENCE_MS, polling=50)
        return float(await drawn_handle.json_value()) / 1000

    async def point(self) -> None:
        """Rest on the first chart, as a hand does that is not quite still, until something answers."""
        await self.page.wait_for_selector(".ib-drawn > svg")
        for step in range(PATIENCE_MS // MOVE_MS):
            if await self.page.evaluate("() => drawn.at"):
                return
            chart = await self.page.locator(".ib-drawn").first.bounding_box()
            if chart:
                await self.page.mouse.move(chart["x"] + chart["width"] / 2 + step % 2, chart["y"] + 150)
            await self.page.wait_for_timeout(MOVE_MS)

    async def press(self, act: Callable[[], Awaitable[None]], kind: str, count: int) -> tuple[float, float]:
        """Seconds from a press to new charts drawn, and KiB received meanwhile."""
        watch = {"kind": kind, "count": count, "before": await self.page.evaluate("kind => drawn.shapes(kind)", kind)}
        await self.page.evaluate("(watch) => { drawn.next(watch); }", watch)
        before = self.received
        await act()
        ended = await self.drawn_at()
        began = float(await self.page.evaluate("drawn.began")) / 1000
        return ended - began, (self.received - before) / 1024

    async def end(self) -> None:
        """Close the context."""
        await self.page.context.close()

    async def choose(self, team: str, kind: str, count: int) -> tuple[float, float]:
        """Choose a team in the page's list; as `press`."""
        box = self.page.get_by_label("Team", exact=True)
        if await box.evaluate("box => box.tagName") == "SELECT":

            async def choose() -> None:
                await box.select_option(team)

            return await self.press(choose, kind, count)
        await box.click()
        await box.fill(team)
        option = self.page.get_by_role("option", name=team, exact=True)
        await option.wait_for()
        return await self.press(option.click, kind, count)


async def bare(bench: Bench, turn: int) -> None:
    """The bare page, and its filter."""
    await _charts(bench, "bare", bench.bare, ("charts", BARE_CHARTS), "bare filter", turn)


async def ambition(bench: Bench, turn: int) -> None:
    """The ambition page, and its filter."""
    await _charts(bench, "ambition", f"{bench.app}/{AMBITION}", ("drawings", bench.known.charts), "filter", turn)


async def reading(bench: Bench, turn: int) -> None:
    """The ambition page, until its first view is there."""
    await _read(bench, "reading", f"{bench.app}/{AMBITION}", "pictures", bench.known.charts)


async def slow(bench: Bench, turn: int) -> None:
    """The bare page, the plan, the ambition and Dash over a slow link, until they can be read."""
    await _read(bench, "slow bare", bench.bare, "charts", BARE_CHARTS, slow=True)
    await _read(bench, "slow plan", bench.app, "images", bench.known.plan_images, slow=True)
    await _read(bench, "slow reading", f"{bench.app}/{AMBITION}", "pictures", bench.known.charts, slow=True)
    if bench.dash is not None:
        await _read(bench, "slow dash", bench.dash, "charts", DASH_CHARTS, slow=True)


async def dash(bench: Bench, turn: int) -> None:
    """Dash's page, and its filter, where it is at hand."""
    if bench.dash is None:
        return
    visit, seconds = await Visit.begin(bench, bench.dash, "charts", DASH_CHARTS)
    bench.keep("dash", seconds, visit.received / 1024)
    for choice_number in range(2):
        await visit.page.wait_for_timeout(500)
        team = DASH_TEAMS[(2 * turn + choice_number) % len(DASH_TEAMS)]
        choice = visit.page.locator("label", has_text=team)
        bench.keep("dash filter", *await visit.press(choice.click, "charts", DASH_CHARTS))
    await visit.end()


async def _read(bench: Bench, row: str, address: str, kind: str, count: int, *, slow: bool = False) -> None:
    visit, seconds = await Visit.begin(bench, address, kind, count, slow=slow)
    bench.keep(row, seconds, visit.received / 1024)
    await visit.end()


async def live(bench: Bench, turn: int) -> None:
    """The ambition page, until its first chart answers the pointer."""
    visit, seconds = await Visit.begin(bench, f"{bench.app}/{AMBITION}", "tooltips", 1, pointing=True)
    bench.keep("live", seconds, visit.received / 1024)
    await visit.end()


async def indicator(bench: Bench, turn: int) -> None:
    """An indicator's page."""
    shown = ("drawings", bench.known.indicator_charts)
    await _charts(bench, "indicator", f"{bench.app}/indicator?kpi={KPI}", shown, None, turn)


async def _charts(
    bench: Bench, row: str, address: str, shown: tuple[str, int], filter_row: str | None, turn: int
) -> None:
    visit, seconds = await Visit.begin(bench, address, *shown)
    bench.keep(row, seconds, visit.received / 1024)
    for choice_number in range(2 if filter_row else 0):
        await visit.page.wait_for_timeout(500)
        team = bench.known.teams[(2 * turn + choice_number) % len(bench.known.teams)]
        bench.keep(filter_row or "", *await visit.choose(team, *shown))
    await visit.end()


async def plan(bench: Bench, turn: int) -> None:
    """The plan page, then after a moment of reading the ambition page by a click."""
    visit, seconds = await Visit.begin(bench, bench.app, "images", bench.known.plan_images)
    bench.keep("plan", seconds, visit.received / 1024)
    await visit.page.wait_for_timeout(READING_MS)
    link = visit.page.locator(f"#root .ib-ambitions a.ib-link[href^='{AMBITION}']").first
    await link.scroll_into_view_if_needed()
    bench.keep("click", *await visit.press(link.click, "drawings", bench.known.charts))
    await visit.end()


SCENARIOS = {
    "bare": bare,
    "plan": plan,
    "reading": reading,
    "ambition": ambition,
    "live": live,
    "indicator": indicator,
    "slow": slow,
    "dash": dash,
}


ROWS_OF = {"slow": ("slow bare", "slow plan", "slow reading"), "dash": ()}  # of the others, the row of the same name


async def run(bench: Bench, names: list[str], reps: int) -> None:
    """All scenarios, in a rotated order each time; the first round warms the servers and is not kept."""
    for turn in range(-1, reps):
        order = names[turn % len(names) :] + names[: turn % len(names)]
        for name in order:
            try:
                await SCENARIOS[name](bench, max(turn, 0))
            except Exception as error:  # one visit that fails must not cost the others
                print(f"{name}, repetition {turn}: {str(error).splitlines()[0]}", file=sys.stderr)
                for context in bench.browser.contexts:
                    await context.close()
        if turn < 0:
            bench.rows = {row: Samples() for row in ROWS}


def table(rows: dict[str, Samples]) -> str:
    """The results as a Markdown table."""
    lines = [
        "| page | seconds: median (range) | ratio | of the fastest | aim | KiB | n |",
        "|---|---|---|---|---|---|---|",
    ]
    for row, (title, against, aim) in ROWS.items():
        taken, base = rows[row].seconds, rows[against].seconds
        if not taken:
            continue
        spread = f"{median(taken):.2f} ({min(taken):.2f}–{max(taken):.2f})"
        ratios = (f"{median(taken) / median(base):.2f}", f"{min(taken) / min(base):.2f}") if base else ("–", "–")
        wanted = f"≤ {aim:.2f}" if aim else ""
        received = f"{median(rows[row].kib):,.0f}"
        lines.append(f"| {title} | {spread} | {ratios[0]} | {ratios[1]} | {wanted} | {received} | {len(taken)} |")
    return "\n".join(lines)


async def measure(names: list[str], reps: int) -> dict[str, Samples]:
    """Start the servers and the browser, and take every sample."""
    home = default_home()
    known = compare_on(home)
    with bare_and_ours(home, known) as (bare_address, our_address), dash_beside() as dash_address:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(CHROMIUM))
            bench = Bench(browser, bare_address, our_address, dash_address, known)
            await run(bench, names, reps)
            await browser.close()
    return bench.rows


def main() -> int:
    """Measure, print, and say whether every page was drawn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reps", type=int, default=5, help="repetitions after one that warms up (default 5)")
    parser.add_argument("--only", default=",".join(SCENARIOS), help="some of: %(default)s")
    asked = parser.parse_args()
    names = [name for name in SCENARIOS if name in asked.only.split(",")]
    rows = asyncio.run(measure(names, asked.reps))
    load = ", ".join(f"{average:.1f}" for average in os.getloadavg())
    print(f"{asked.reps} repetitions; load average at the end {load} on {os.cpu_count()} cores\n\n{table(rows)}")
    return 0 if all(rows[row].seconds for name in names for row in ROWS_OF.get(name, (name,))) else 1


if __name__ == "__main__":
    sys.exit(main())
