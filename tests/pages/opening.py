"""The app run in this process, page by page, and what it says in words."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from streamlit.testing.v1 import AppTest

APP = Path(__file__).resolve().parent.parent.parent / "app.py"
PLAN, CHANGES, AMBITION, INDICATORS, INDICATOR, TEAM, QUALITY, ABOUT = (
    f"pages/{name}.py"
    for name in (
        "plan_on_a_page",
        "what_changed",
        "ambition",
        "indicators",
        "indicator",
        "team",
        "data_quality",
        "about",
    )
)
MEANINGS = re.compile(r'<div class="ib-meanings.*?</div>', re.DOTALL)
DRAWING, ALTERNATIVE = re.compile(r"data-drawing='([^']*)'"), re.compile(r'role="img" aria-label="([^"]*)"')
ENOUGH_SECONDS = 120


def open_app(page: str = PLAN, **parameters: str) -> AppTest:
    """Open an address of the app: the page's file and its parameters (`from_` for `from`, a word of Python).

    Of the ambitions only the first can be reached so: they share a file.
    """
    app = AppTest.from_file(str(APP), default_timeout=ENOUGH_SECONDS)
    for key, value in parameters.items():
        app.query_params[key.rstrip("_")] = value
    if page in (AMBITION, CHANGES, QUALITY):  # their address is not the name of their file: known once the app has run
        app.run()
    if page != PLAN:
        app.switch_page(page)
    return app.run()


def blocks(app: AppTest) -> list[str]:
    """The HTML blocks of the page, without style, scripts and the drawings of charts."""
    return [DRAWING.sub("", body) for body in _bodies(app)]


def _bodies(app: AppTest) -> list[str]:
    bodies = [element.proto.body for element in app.get("html")]
    return [MEANINGS.sub("", body) for body in bodies if not body.startswith(("<style>", "<script>"))]


def words_of(app: AppTest) -> str:
    """All that the page says, without mark-up, on one line."""
    marked = " ".join(blocks(app))
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", marked)).split())


def downloads(app: AppTest) -> list[str]:
    """What the files hold that the page gives, in its order."""
    return [unescape(holds) for body in blocks(app) for holds in re.findall(r">Download ([^<]+)</a>", body)]


def controls(app: AppTest) -> dict[str, list[str]]:
    """What each control of the frame offers besides the usual, by its parameter."""
    return {name: re.findall(r'value="([^"]+)"', options) for name, options in _selects(app).items()}


def chosen(app: AppTest) -> dict[str, str]:
    """What is chosen in each control of the frame, where it is not the usual."""
    return {
        name: selected[0]
        for name, options in _selects(app).items()
        if (selected := re.findall(r'value="([^"]+)" selected', options))
    }


def _selects(app: AppTest) -> dict[str, str]:
    return dict(re.findall(r'<select id="[^"]*" name="(\w+)">(.*?)</select>', " ".join(blocks(app))))


def links(app: AppTest) -> list[str]:
    """The addresses that the frame of a page leads to."""
    places = re.search(r'<nav class="ib-places".*?</nav>', " ".join(blocks(app)), re.DOTALL)
    assert places
    return re.findall(r'href="([^"]+)"', places[0])


def choose(app: AppTest, **parameters: str) -> AppTest:
    """Choose in the controls of the frame; the usual by an empty value."""
    for key, value in parameters.items():
        if value:
            app.query_params[key.rstrip("_")] = value
        else:
            del app.query_params[key.rstrip("_")]
    return app.run()


def title(app: AppTest) -> str:
    """The page's one title."""
    found = re.findall(r"<h1[^>]*>(.*?)</h1>", " ".join(blocks(app)))
    assert len(found) == 1
    return unescape(found[0])


def notices(app: AppTest) -> list[str]:
    """What the page asks one to notice."""
    found = re.findall(r'<div class="ib-notice"[^>]*><p>(.*?)</p></div>', " ".join(blocks(app)))
    return [unescape(notice) for notice in found]


def alternatives(app: AppTest) -> list[str]:
    """The alternative text of each chart."""
    drawings = [unescape(drawing) for drawing in DRAWING.findall(" ".join(_bodies(app)))]
    return [unescape(name) for drawing in drawings for name in ALTERNATIVE.findall(drawing)]
