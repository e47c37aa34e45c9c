"""Figures drawn by Plotly and by us on one page, as lists of what stands where, and what differs between them."""

from __future__ import annotations

import json
from importlib.resources import files
from itertools import groupby, pairwise
from typing import Any

from playwright.sync_api import Page

from improvement_board.charts import config
from improvement_board.charts.drawing import figure_svg
from improvement_board.charts.palette import TEXT
from improvement_board.charts.parts import Figure

INK, GRID, OTHER = "#0b0c0c", "#e6eaf1", "#808495"
FONT = "Arial, sans-serif"
SHARED = {"zerolinecolor": GRID, "gridcolor": GRID, "tickcolor": GRID, "tickfont": {"color": OTHER, "size": 12}}
TITLE = {"font": {"color": OTHER, "size": 14}}
THEME = {  # what Streamlit's theme lays under every figure, as far as charts without a legend and a title meet it
    "layout": {
        "font": {"color": OTHER, "family": FONT, "size": 12, "weight": 400},
        "xaxis": SHARED | {"showgrid": False, "zeroline": False, "automargin": True, "title": TITLE | {"standoff": 20}},
        "yaxis": SHARED | {"ticklabelposition": "outside", "automargin": True, "title": TITLE | {"standoff": 24}},
        "margin": {"pad": 8, "r": 0, "l": 0},
    }
}
PARTS = {  # of a picture of Plotly's, and of ours
    "marks": (".scatterlayer .points path", ".marks > *"),
    "lines": (".js-line", ".traces > svg > path[fill=none]"),
    "surfaces": (".js-fill", ".traces > svg > path:not([fill=none])"),
    "bars": (".bars .point path", ".bars > rect"),
    "shapes": (".shapelayer path", ".shapes path"),
    "grid": (".xgrid, .ygrid, .zl", ".grid > path"),
    "words": ("text", "text"),
    "leads": (".annotation-arrow-g path", ".annotations > path"),
}
MEASURE = """
([parts, which]) => {
  const pictures = [...document.querySelectorAll(which ? '.by-us' : '.by-plotly')];
  const walk = (d, toPage) => {
    const paths = []; let x = 0, y = 0, path = null;
    for (const [, letter, rest] of d.matchAll(/([MLHVhvZ])([^MLHVhvZ]*)/g)) {
      const numbers = (rest.match(/-?[0-9.]+(e-?[0-9]+)?/g) || []).map(Number);
      if (letter === 'Z') { path.push(path[0]); continue; }
      const step = 'ML'.includes(letter) ? 2 : 1;
      for (let at = 0; at < numbers.length; at += step) {
        if (step === 2) [x, y] = numbers.slice(at, at + 2);
        else if (letter === 'H') x = numbers[at]; else if (letter === 'V') y = numbers[at];
        else if (letter === 'h') x += numbers[at]; else y += numbers[at];
        if (letter === 'M' && at === 0) { path = []; paths.push(path); }
        const corner = new DOMPoint(x, y).matrixTransform(toPage);
        path.push([corner.x, corner.y]);
      }
    }
    return paths.filter(path => path.some(([x, y]) => x !== path[0][0] || y !== path[0][1]));
  };
  const inside = (mark, box) => {
    let signs = '';
    for (const down of [0.13, 0.34, 0.48, 0.69, 0.88]) for (const across of [0.08, 0.27, 0.53, 0.76, 0.94]) {
      const corner = new DOMPoint(box.x + across * box.width, box.y + down * box.height);
      signs += mark.isPointInFill(corner) ? '#' : '.';
    }
    return signs;
  };
  return pictures.map(picture => {
    const ground = picture.getBoundingClientRect(), measured = {}, all = [...picture.querySelectorAll('*')];
    for (const [part, selectors] of Object.entries(parts)) {
      measured[part] = [...picture.querySelectorAll(selectors[which])].map(drawn => {
        const toPage = new DOMMatrix([1, 0, 0, 1, -ground.x, -ground.y]).multiply(drawn.getScreenCTM());
        const own = drawn.getBBox(), look = getComputedStyle(drawn);
        const corners = [[own.x, own.y], [own.x + own.width, own.y + own.height]].map(
          ([x, y]) => new DOMPoint(x, y).matrixTransform(toPage));
        const [left, right] = [corners[0].x, corners[1].x].sort((a, b) => a - b);
        const [top, bottom] = [corners[0].y, corners[1].y].sort((a, b) => a - b);
        const tile = look.fill.startsWith('url') && document.querySelector(look.fill.slice(5, -2) + ' rect');
        const item = {
          at: all.indexOf(drawn), box: [left, top, right, bottom], opacity: look.fillOpacity,
          fill: tile ? getComputedStyle(tile).fill : look.fill, striped: tile ? true
            : drawn.nextElementSibling?.tagName === 'svg' && drawn.tagName === 'rect',
          stroke: look.stroke, faint: look.strokeOpacity, width: parseFloat(look.strokeWidth),
          dashes: look.strokeDasharray.replaceAll('px', ''),
        };
        if (part === 'words') {
          const letters = getComputedStyle(drawn.querySelector('[font-weight], [style*=bold]') || drawn);
          return {box: item.box, fill: item.fill, text: drawn.textContent, size: letters.fontSize,
                  weight: letters.fontWeight.replace('bold', '700').replace('normal', '400')};
        }
        if (part === 'marks') item.inside = inside(drawn, own);
        if (drawn.tagName === 'path' && part !== 'marks' && part !== 'bars')
          item.paths = walk(drawn.getAttribute('d'), toPage);
        return item;
      });
    }
    return measured;
  });
}
"""
DRAW = """
async ([figures, settings]) => {
  const grounds = document.querySelectorAll('.by-plotly');
  for (const [at, figure] of figures.entries())
    await Plotly.newPlot(grounds[at], figure.data, figure.layout, settings);
}
"""
Picture = dict[str, list[dict[str, Any]]]
NEAR, NEAR_WORDS = 1.5, 2.5


def both_ways(page: Page, figures: list[tuple[Figure, int]]) -> list[tuple[Picture, Picture]]:
    """Each figure as Plotly draws it, under Streamlit's theme, and as we do, so many pixels wide."""
    pictures = "".join(
        f'<div class="by-plotly" style="width:{width}px"></div>'
        f'<div class="by-us">{figure_svg(figure, "A chart", width=width)}</div>'
        for figure, width in figures
    )
    style = f"body{{margin:0;font-family:{FONT}}} .by-us{{line-height:0}} :root{{--ib-ink:{INK};--ib-grid:{GRID}}}"
    page.set_content(f"<!doctype html><meta charset=utf-8><style>{style}</style>{pictures}")
    page.add_script_tag(content=(files("plotly") / "package_data" / "plotly.min.js").read_text(encoding="utf-8"))
    themed = json.loads(json.dumps([figure for figure, _ in figures]).replace(TEXT, INK))
    for figure in themed:
        figure["layout"]["template"] = THEME
    page.evaluate(DRAW, [themed, config()])
    drawn = [page.evaluate(MEASURE, [PARTS, which]) for which in (0, 1)]
    return list(zip(*drawn, strict=True))


def differences(plotly: Picture, ours: Picture) -> list[str]:
    """What is not the same in both pictures; empty where all is."""
    told = []
    for part in ("marks", "bars", "words"):
        theirs, own = ([item for item in picture[part] if _is_seen(item, part)] for picture in (plotly, ours))
        if len(theirs) != len(own):
            told.append(f"{part}: {len(theirs)} by Plotly, {len(own)} by us")
        for other, item in zip(_sorted(theirs), _sorted(own), strict=False):
            told += [f"{part}: {wrong}" for wrong in _different(other, item, NEAR_WORDS if part == "words" else NEAR)]
    for part in ("lines", "surfaces", "shapes", "grid", "leads"):
        told += [f"{part}: {wrong}" for wrong in _different_paths(plotly[part], ours[part], part)]
    theirs, own = _order(plotly), _order(ours)
    return told if theirs == own else [*told, f"order: {theirs} by Plotly, {own} by us"]


def _order(picture: Picture) -> list[tuple[str, str]]:
    """What is drawn over what: parts and their colours, each once where several follow each other."""
    seen = [
        (item["at"], part, item["fill"] if part != "lines" and item["fill"] != "none" else item["stroke"])
        for part in ("bars", "surfaces", "lines", "marks")
        for item in picture[part]
        if _is_seen(item, part) and (part != "lines" or item["width"])
    ]
    return [key for key, _ in groupby((part, colour) for _, part, colour in sorted(seen))]


def _is_seen(item: dict[str, Any], part: str) -> bool:
    left, top, right, bottom = item["box"]
    sizes = (right - left, bottom - top)
    return (min(sizes) if part == "bars" else max(sizes)) > 0.1 and item.get("text") != ""


def _sorted(drawn: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By text or colour, then from left to right and down."""
    return sorted(
        drawn,
        key=lambda item: (
            item.get("text", ""),
            item["fill"],
            item.get("stroke", ""),
            *(round(edge / 4) for edge in item["box"]),
        ),
    )


def _different(other: dict[str, Any], item: dict[str, Any], near: float) -> list[str]:
    wrong = []
    if max(abs(a - b) for a, b in zip(other["box"], item["box"], strict=True)) > near:
        wrong.append(f"{other['box']} by Plotly, {item['box']} by us ({item.get('text', item['fill'])})")
    for look in ("text", "size", "weight", "fill", "striped"):
        if other.get(look) != item.get(look):
            wrong.append(f"{look} {other.get(look)} by Plotly, {item.get(look)} by us")
    if sum(a != b for a, b in zip(other.get("inside", ""), item.get("inside", ""), strict=True)) > 1:
        wrong.append(f"shape {other['inside']} by Plotly, {item['inside']} by us")
    return wrong


Path = list[list[float]]


def _different_paths(theirs: list[dict[str, Any]], own: list[dict[str, Any]], part: str) -> list[str]:
    """Of the paths with one look: points on one side that the other side has no line near."""
    by_look: list[dict[tuple[Any, ...], list[Path]]] = [{}, {}]
    for drawn, paths in zip((theirs, own), by_look, strict=True):
        for item in drawn:
            if item["paths"] and (item["width"] or part == "surfaces"):
                paths.setdefault(_look(item, part), []).extend(item["paths"])
    if set(by_look[0]) != set(by_look[1]):
        return [f"looks {set(by_look[0]) - set(by_look[1])} by Plotly, {set(by_look[1]) - set(by_look[0])} by us"]
    wrong = []
    for look, paths in by_look[0].items():
        ours = by_look[1][look]
        for whose, some, others in (("Plotly", paths, ours), ("us", ours, paths)):
            away = [point for path in some for point in path if not _is_near(point, others)]
            wrong += [f"{look}: {point} by {whose} alone" for point in away]
        if part in ("grid", "shapes", "leads") and len(paths) != len(ours):
            wrong.append(f"{look}: {len(paths)} by Plotly, {len(ours)} by us")
    return wrong


def _look(item: dict[str, Any], part: str) -> tuple[Any, ...]:
    surface = (item["fill"], item["opacity"]) if part in ("surfaces", "shapes") and item["opacity"] != "0" else ()
    if surface and surface[0] == "none":
        surface = ()
    dashes = () if part == "leads" else (item["dashes"],)
    line = () if part == "surfaces" else (item["stroke"], item["faint"], item["width"], *dashes)
    return (*surface, *line)


def _is_near(point: list[float], paths: list[Path]) -> bool:
    return any(_distance(point, start, end) <= NEAR for path in paths for start, end in pairwise(path))


def _distance(point: list[float], start: list[float], end: list[float]) -> float:
    (x, y), (x0, y0), (x1, y1) = point, start, end
    length = (x1 - x0) ** 2 + (y1 - y0) ** 2
    share = 0 if not length else max(0, min(1, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length))
    return float(((x - x0 - share * (x1 - x0)) ** 2 + (y - y0 - share * (y1 - y0)) ** 2) ** 0.5)
