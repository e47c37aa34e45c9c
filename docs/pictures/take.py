"""Take the pictures of the documentation: `python docs/pictures/take.py` (or `just pictures`).

Each page of the demonstration council in Chromium, with as few colours as its pages have. Needs the packages of
requirements-dev.txt and a Chromium in the path.
"""

from __future__ import annotations

import io
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
COLOURS = 128
sys.path.insert(0, str(REPOSITORY / "bench"))

from servers import streamlit_server  # noqa: E402 - the benchmarks' own, which are no package


@dataclass(frozen=True)
class Picture:
    """A picture: its file's name, the address, the screen's width and height, whether the whole page is in it."""

    name: str
    address: str
    width: int = 1440
    height: int = 900
    is_whole: bool = False


PICTURES = (
    Picture("plan_on_a_page", "/", 1280, 800),
    Picture("indicator", "/indicator?kpi=cin_reviews_on_time", 1280, 800),
    Picture("ambition_on_a_phone", "/leadership", 390, 844),
    Picture("pages/plan_on_a_page", "/", is_whole=True),
    Picture("pages/what_changed", "/what-changed"),
    Picture("pages/ambition", "/leadership", is_whole=True),
    Picture("pages/one_by_one", "/leadership?show=agency_rate"),
    Picture("pages/indicators", "/indicators"),
    Picture("pages/indicator", "/indicator?kpi=cin_reviews_on_time", is_whole=True),
    Picture("pages/team", "/team?team=Safeguarding+North", is_whole=True),
    Picture("pages/data_quality", "/data-quality"),
    Picture("pages/how_to_read", "/about", is_whole=True),
)


def take_all() -> None:
    """Take every picture."""
    with streamlit_server(REPOSITORY / "app.py", {}) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for picture in PICTURES:
            page = browser.new_page(viewport={"width": picture.width, "height": picture.height}, locale="en-GB")
            page.goto(address + picture.address)
            page.locator("#ib-first").wait_for(state="detached", timeout=60_000)
            page.locator("#root h1").wait_for()
            if picture.is_whole:
                tall = page.locator('[data-testid="stMainBlockContainer"]').evaluate("page => page.scrollHeight")
                page.set_viewport_size({"width": picture.width, "height": int(tall)})
            _save(page.screenshot(animations="disabled"), HERE / f"{picture.name}.png")
            page.close()
        browser.close()


def _save(taken: bytes, file: Path) -> None:
    file.parent.mkdir(exist_ok=True)
    image = Image.open(io.BytesIO(taken)).convert("RGB").quantize(COLOURS, kmeans=1)
    image.save(file, optimize=True)
    sys.stdout.write(
        f"{file.relative_to(REPOSITORY)}: {image.width} by {image.height}, {file.stat().st_size:,} bytes\n"
    )


if __name__ == "__main__":
    take_all()
