"""A chart saved as a picture: by a plain link, out of the way where charts are small."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect
from visiting import DESKTOP, PHONE, Visitor

pytestmark = pytest.mark.browser

INDICATOR, PROJECTOR, AMBITION = "/indicator?kpi=audits_good", "/practice?show=audits_good", "/practice"
PNG, SVG, LINKS = ".ib-as-png", ".ib-as-svg", ".ib-picture"
INK = 100  # how dark a letter or line is, of 255


def saved(page: Page, link: Locator, folder: Path) -> Path:
    """The file that a link saves."""
    with page.expect_download() as download:
        link.click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


@pytest.mark.parametrize("address", [INDICATOR, PROJECTOR])
def test_each_chart_is_saved_as_svg_and_as_png_which_show_the_same(
    visitor: Visitor, tmp_path: Path, address: str
) -> None:
    page = visitor.open(address)
    before = page.url
    charts = page.locator("#root .ib-drawn").count()
    assert page.locator(f"#root {PNG}").count() == page.locator(f"#root {SVG}").count() == charts > 0
    drawing = saved(page, page.locator(SVG).first, tmp_path)
    picture = saved(page, page.locator(PNG).first, tmp_path)
    assert (drawing.suffix, picture.suffix, drawing.stem) == (".svg", ".png", picture.stem)
    assert page.url == before
    shown = page.context.new_page()
    shown.goto(drawing.as_uri())
    size = shown.evaluate("() => ['width', 'height'].map(side => 2 * document.documentElement.getAttribute(side))")
    box = shown.locator("text").first.bounding_box()  # the title
    shown.close()
    with Image.open(picture) as png:
        assert list(png.size) == size
        letters = png.convert("L").crop(
            [int(2 * box[side]) for side in ("x", "y")]
            + [int(2 * (box["x"] + box["width"])), int(2 * (box["y"] + box["height"]))]
        )
        assert letters.getextrema()[0] < INK


def test_small_charts_offer_it_to_whoever_points_at_them_or_reaches_them(visitor: Visitor) -> None:
    page = visitor.open(AMBITION)
    links = page.locator(LINKS)
    assert links.count() == page.locator(".ib-drawn").count() > 2
    page.mouse.move(5, 5)
    assert links.locator("visible=true").count() == 0
    page.locator(".ib-drawn").first.hover()
    expect(links.locator("visible=true")).to_have_count(1)
    page.mouse.move(5, 5)
    visitor.resize(page, PHONE)
    page.locator(".ib-drawn > svg").nth(1).focus()
    page.keyboard.press("Tab")
    expect(page.locator(SVG).nth(1)).to_be_focused()
    page.emulate_media(media="print")
    assert links.locator("visible=true").count() == 0


def test_without_scripts_the_link_saves_the_drawing(visitor: Visitor, chromium: Browser, tmp_path: Path) -> None:
    assert visitor.has_first_view(INDICATOR)
    width, height = DESKTOP
    context = chromium.new_context(java_script_enabled=False, viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto(visitor.server.url + INDICATOR)
    assert page.locator(PNG).locator("visible=true").count() == 0
    file = saved(page, page.locator(SVG).first, tmp_path)
    assert file.suffix == ".svg"
    assert "Synthetic data" in file.read_text(encoding="utf-8")
    context.close()
