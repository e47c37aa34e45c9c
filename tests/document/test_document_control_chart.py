"""What stands around a chart: why the page says so, earlier figures, and a table of the figures alone."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from series_maker import judged, series

from improvement_board.document.control_chart import chart_foot, chart_head, figures_table
from improvement_board.page_models.outline import outline
from improvement_board.words import why_words

NO_TRACES: dict[str, Any] = {"data": []}


def test_why_the_page_says_so_opens_on_request_under_the_chart() -> None:
    made = judged([22.5, 12.0, 12.5, 11.5])
    foot = chart_foot(outline(made), NO_TRACES)
    assert f"<summary>Why the page says so</summary><p>{why_words(made)}</p>" in foot
    assert "The average of the last three months is 12.0%" in foot
    assert foot.index("Why the page says so") < foot.index("<summary>Figures</summary>")
    few = chart_foot(outline(series([1.0, 2.0])), NO_TRACES)
    assert "<p>Too few to say whether that is a change.</p>" in few
    assert "Why the page" not in chart_foot(outline(series([1.0, 2.0], control_chart=False)), NO_TRACES)


def test_the_verdict_stands_beside_its_icon_and_earlier_figures_beneath() -> None:
    head = chart_head(outline(judged([22.5, 12.0, 12.5, 11.5]), meeting_end=date(2026, 6, 30)), None)
    assert re.search(r'<span class="ib-mark"><img [^>]*><button [^>]*>Better</button></span>', head)
    assert '<p class="ib-facts">22.5% in June 2026, 21.4% in September 2025</p>' in head
    assert "ib-facts" not in chart_head(outline(series([1.0, 2.0])), None)


def test_the_table_holds_figures_and_no_limits() -> None:
    html = figures_table(judged([22.5, 12.0, 12.5, 11.5], target=20.0, numerators=(23.0,) * 36))
    heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', html)
    assert heads == ["Period", "Agency rate", "Numerator", "Denominator", "Target"]
    first = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", html.split("<tbody>")[1].split("</tr>", maxsplit=1)[0])
    assert first == ["September 2026", "11.5%", "23", "200", "20.0%"]
    assert html.count('<td class="ib-number"') == 13 * 4
