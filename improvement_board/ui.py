"""The one module of the package that renders: what pages share, drawn with Streamlit."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import streamlit as st

from improvement_board import charts, words
from improvement_board.board import EVERYONE, Address, Board, Download, ExportRequest, IndicatorChoice, Viewer
from improvement_board.board.address import withdrawn_notice
from improvement_board.board.desk import Desk
from improvement_board.board.page_models import Frame, IndicatorPage, KpiOutline, NotSupplied
from improvement_board.board.quality_export import quality_file_name
from improvement_board.board.quality_models import QualityPage
from improvement_board.editions.withdrawal import WithdrawnEdition
from improvement_board.errors import InputError, Problem
from improvement_board.home import Home, default_home
from improvement_board.html import assets, indicator, quality
from improvement_board.html.chart import chart_foot, chart_head, legend_line
from improvement_board.html.frame import error_block, frame_line, not_supplied_block, notice_block, title_block
from improvement_board.html.parts import Links

CHART_HEIGHT = 300
PAGE_FILES = Path(__file__).resolve().parent.parent / "pages"


@st.cache_resource(show_spinner=False)
def board_of(folder: str) -> Board:
    """The board of a data home, one for the whole server."""
    gc.collect()
    gc.freeze()  # what is loaded by now lives for good: Streamlit's collection after every run need not look at it
    return Board(Home(Path(folder)))


def board() -> Board:
    """The board that the app serves."""
    return board_of(str(default_home().folder))


def viewer() -> Viewer:
    """Who is looking. Until sign-in exists everyone sees everything: the app serves only this machine."""
    return EVERYONE


@contextmanager
def run_of(page: str, chosen: Address) -> Iterator[None]:
    """One run of a page through app.py: its address and the shared choices, for the page to ask for."""
    st.session_state["page"], st.session_state["address"] = page, chosen
    try:
        yield
    finally:
        for key in ("page", "address"):
            st.session_state.pop(key, None)


def address() -> Address:
    """The shared choices of this run, as app.py read them."""
    found: Address = _of_this_run("address")
    return found


def current_page() -> str:
    """The address of the page that is drawn: an ambition's id."""
    found: str = _of_this_run("page")
    return found


def _of_this_run(key: str) -> Any:
    """What app.py noted before it ran the page.

    Where a page of pages/ is the first thing that a new server is asked for, Streamlit takes the folder for an app of
    its older kind and runs the page's file without app.py. Declaring pages ends that, and the run starts again.
    """
    if key not in st.session_state:
        st.navigation([st.Page(file) for file in sorted(PAGE_FILES.glob("*.py"))], position="hidden")
        st.rerun()
    return st.session_state[key]


def dress() -> None:
    """Style and scripts, once a run."""
    st.html(assets.style_block())
    st.html(assets.link_script(), unsafe_allow_javascript=True)


def shared_controls(desk: Desk, editions: Sequence[str], said: Sequence[str]) -> Address:
    """Team, period and edition: drawn and bound to the address before the page runs, so that every page keeps them.

    What the choices make one notice is said, but for what was `said` of the address already.
    """
    names = [record.team for record in desk.store.teams]
    firsts, lasts = desk.periods.firsts, desk.periods.lasts
    with st.sidebar:
        team = (
            st.selectbox("Team", names, index=None, placeholder="All teams", key="team", bind="query-params")
            if names
            else None
        )
        first = st.selectbox(
            "From (month end)",
            [day.isoformat() for day in firsts],
            index=None,
            placeholder="The beginning",
            key="from",
            bind="query-params",
        )
        last = st.selectbox(
            "To (month end)",
            [day.isoformat() for day in reversed(lasts)],
            index=None,
            placeholder="The latest",
            key="to",
            bind="query-params",
        )
        edition = st.selectbox(
            "Edition", editions, index=None, placeholder=f"Latest ({editions[0]})", key="edition", bind="query-params"
        )
    chosen = {"team": team, "from": first, "to": last, "edition": edition}
    found, notices = board().address({key: value for key, value in chosen.items() if value})
    say([notice for notice in notices if notice not in said])
    return found


def leave_withdrawn(asked: WithdrawnEdition | None) -> None:
    """Lead the address away from a withdrawn edition, to the one that is shown instead.

    A control that is drawn already is set. A new one takes its value from the address that its run began with: so the
    address is changed and the run begins again, with the notice waiting for it.
    """
    if asked is None:
        return
    instead = None if asked.instead in board().editions()[:1] else asked.instead
    if "edition" in st.session_state:
        st.session_state["edition"] = instead
        return
    st.session_state["withdrawn"] = withdrawn_notice(asked)
    if instead is None:
        del st.query_params["edition"]
    else:
        st.query_params["edition"] = instead
    st.rerun()


def said_of_withdrawn() -> tuple[str, ...]:
    """What the run before this one left to say of a withdrawn edition, once."""
    waiting = st.session_state.pop("withdrawn", None)
    return (waiting,) if waiting else ()


def say(notices: Sequence[str]) -> None:
    """Notices to the person, each as a message of its own."""
    for notice in notices:
        html(notice_block(notice))


def head(title: str, frame: Frame, lede: str = "") -> None:
    """The page's title, in the window's title too, and whose figures it shows."""
    st.set_page_config(page_title=f"{title} – {frame.council} Improvement Board")
    html(title_block(title) + frame_line(frame, lede))


def html(block: str) -> None:
    """A block of HTML that the package built and escaped; nothing where it is empty."""
    if block:
        st.html(block)


def chart(figure: dict[str, Any], alternative: str, key: str) -> None:
    """A Plotly figure under its alternative text."""
    from improvement_board.charts.ready import ReadyFigure  # brings Plotly, which the plan page can do without

    st.plotly_chart(ReadyFigure(figure), key=key, alt=alternative, config=charts.config(), theme="streamlit")


def kpi_chart(outline: KpiOutline, frame: Frame, key: str, *, linked: bool = True, height: int = CHART_HEIGHT) -> None:
    """One KPI: its sentence, chart, table, source and download."""
    series = outline.series
    html(chart_head(outline, Links(frame.address.parameters()) if linked else None))
    if series.latest is None:
        html('<p class="ib-empty">There is no figure for this choice: try another team or period.</p>')
        return
    figure = charts.control_chart(series, height=height)
    chart(figure, words.with_caveats(words.alternative_text(series), outline.caveats), key)
    html(chart_foot(outline, figure))
    request = ExportRequest(
        (series.definition.id,),
        frame.address.team,
        frame.address.first,
        frame.address.last,
        by_category=series.category is not None,
    )
    download("Download these figures (CSV)", request, frame, f"download-{key}")


def download(label: str, request: ExportRequest, frame: Frame, key: str) -> None:
    """A button that saves the CSV of a request, worked out when it is pressed."""
    from improvement_board.downloads import file_name

    who, edition, the_board = viewer(), frame.edition, board()

    def text() -> str:
        made: Download = the_board.export(who, edition, request)
        return made.text

    st.download_button(
        label, data=text, file_name=file_name(edition, request), mime="text/csv", key=key, on_click="ignore"
    )


def quality_table(page: QualityPage) -> None:
    """Every indicator of the data quality page, with its download."""
    if not page.kpis:
        return
    html("<h2>Every indicator</h2>")
    who, shared, the_board = viewer(), page.frame.address, board()

    def text() -> str:
        return the_board.quality_export(who, shared).text

    name = quality_file_name(page.frame.edition)
    st.download_button(
        "Download this table (CSV)", data=text, file_name=name, mime="text/csv", key="quality", on_click="ignore"
    )
    html(quality.indicators(page))


def not_supplied(absent: Sequence[NotSupplied]) -> None:
    """The KPIs of the plan that have no figures yet, and what they need."""
    if absent:
        html(not_supplied_block(absent))


def preload_charts() -> None:
    """Fetch the chart bundle once the page is drawn and idle."""
    bundle = assets.chart_bundle(Path(st.__file__).parent)
    if bundle:
        st.html(assets.preload_script(bundle), unsafe_allow_javascript=True)


def error_page(error: InputError) -> None:
    """What is wrong, in which file, and what to do: in place of every page."""
    html(title_block("The dashboard cannot open its data") + error_block(error.problems))


def passed_over(problems: Sequence[Problem], edition: str) -> None:
    """Said where a newer or chosen edition could not be opened and another is shown."""
    if problems:
        st.error(f"An edition could not be opened; the edition of {edition} is shown instead.")
        html(error_block(problems))


def plan_refused(problems: Sequence[Problem], edition: str) -> None:
    """Said where the council's plan cannot be read: the edition shown keeps the plan that it was published with."""
    if problems:
        st.error(f"The plan cannot be read. The edition of {edition} is shown as it was published, with its own plan.")
        html(error_block(problems))


def indicator_choice() -> IndicatorChoice:
    """Which KPI, worker and category the address asks for, with a list to choose another KPI."""
    asked = st.query_params.to_dict()
    return IndicatorChoice(asked.get("kpi"), asked.get("worker"), asked.get("category"))


def teams(page: IndicatorPage) -> None:
    """The teams as ranked dots with limits that fit their size, and their table."""
    if page.teams is None:
        html('<h2>Teams</h2><p class="ib-empty">No team is recorded for this KPI.</p>')
        return
    html(indicator.section(words.team_comparison_headline(page.teams), "Teams"))
    figure = charts.team_chart(page.teams)
    chart(figure, words.team_comparison_alternative_text(page.teams), "teams")
    html(legend_line(figure) + indicator.team_table(page, page.teams))
    shared = page.frame.address
    request = ExportRequest((page.definition.id,), None, shared.first, shared.last, level="team")
    download("Download all teams (CSV)", request, page.frame, "download-teams")


def categories(page: IndicatorPage) -> None:
    """The KPI by its own category."""
    if page.breakdown is None:
        return
    html(indicator.section(words.category_headline(page.breakdown), page.breakdown.name))
    chart(charts.category_chart(page.breakdown), words.category_alternative_text(page.breakdown), "categories")
    html(indicator.category_table(page, page.breakdown))
    shared = page.frame.address
    request = ExportRequest((page.definition.id,), shared.team, shared.first, shared.last, by_category=True)
    download(f"Download by {page.breakdown.name.lower()} (CSV)", request, page.frame, "download-categories")


def distribution(page: IndicatorPage) -> None:
    """How cases spread over workers."""
    if page.distribution is None:
        return
    html(indicator.section(words.distribution_headline(page.distribution), "Workers"))
    alternative = words.distribution_alternative_text(page.distribution)
    figure = charts.distribution_chart(page.distribution)
    chart(figure, alternative, "distribution")
    html(legend_line(figure) + indicator.above_limit_table(page, page.distribution))


def workers(page: IndicatorPage) -> None:
    """The chosen worker's chart and the workers of the chosen team."""
    if page.worker is not None:
        html(indicator.worker_heading(page))
        kpi_chart(page.worker, page.frame, "worker", linked=False)
    if page.workers:
        html(indicator.worker_table(page, page.workers))
        shared = page.frame.address
        request = ExportRequest((page.definition.id,), shared.team, shared.first, shared.last, level="worker")
        download("Download these workers (CSV)", request, page.frame, "download-workers")
