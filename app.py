"""Who is looking, which edition, which pages; nothing else."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from improvement_board import dashboard
from improvement_board.access.viewer import Viewer
from improvement_board.errors import InputError
from improvement_board.page_models import Address
from improvement_board.page_models.facade import NoEditionError
from improvement_board.page_models.quality_page import has_quality_page

HERE = Path(__file__).resolve().parent
PAGES, RECORD = "pages", "access-record"


def page_of(file: str, title: str, address: str = "", *, shown: bool = True) -> st.Page:
    """One page; one that is not shown is not in the navigation, and refused by its address."""
    return st.Page(
        f"{PAGES}/{file}.py",
        title=title,
        url_path=address or None,
        default=not address,
        visibility="visible" if shown else "hidden",
    )


def record_page(who: Viewer) -> list[st.Page]:
    """The access record."""
    there = (HERE / PAGES / "access_record.py").is_file()
    return [page_of("access_record", "Access record", RECORD, shown=who.sees_record)] if there else []


def navigation(ambitions: dict[str, str], who: Viewer, *, with_teams: bool, with_quality: bool) -> st.Page:
    """The pages: the plan, one for each ambition (id and title), a KPI, a team where any is recorded, data quality of
    a council's own figures, about, the access record."""
    entries = [
        page_of("plan_on_a_page", "Plan on a page"),
        *(page_of("ambition", title, name) for name, title in ambitions.items()),
        page_of("indicator", "Indicator", "indicator"),
        *([page_of("team", "Team", "team", shown=who.scope.sees_teams)] if with_teams else []),
        *([page_of("data_quality", "Data quality", "data-quality", shown=who.sees_quality)] if with_quality else []),
        page_of("about", "About these figures", "about"),
        *record_page(who),
    ]
    return st.navigation(entries, expanded=True)


def show_error(admitted: dashboard.Admission, error: InputError) -> None:
    """What is wrong with the data, at every address: no page can be shown without it."""
    st.set_page_config(page_title="Improvement Board", layout="wide")
    page = st.navigation([st.Page(lambda: dashboard.error_page(error), title="Improvement Board")], position="hidden")
    dashboard.dress()
    dashboard.person(admitted)
    page.run()


def show_record(admitted: dashboard.Admission, who: Viewer) -> None:
    """The access record alone, for those who may see it and no figures: no edition is opened."""
    record = record_page(who)
    first = page_of("access_record", "Access record")
    figures = [("plan", "Plan on a page"), ("indicator", "Indicator"), ("team", "Team"), ("about", "About")]
    hidden = [st.Page(lambda: None, title=title, url_path=name) for name, title in figures]
    page = st.navigation([first, *record, *hidden], position="hidden")
    st.set_page_config(page_title=page.title, layout="wide")
    dashboard.dress()
    dashboard.person(admitted)
    run_page(page, who, refuse=page in hidden)


def run_page(page: st.Page, who: Viewer, chosen: Address | None = None, *, refuse: bool) -> None:
    """Draw a page of figures with the choices of its address, or another, or say that it is not for the viewer's role;
    all of it is noted in the access record."""
    if refuse:
        dashboard.refused(page.title, page.url_path, who)
        return
    if chosen is not None:
        dashboard.record_view(who, page.url_path, chosen)
    try:
        page.run()
    except InputError as error:
        dashboard.error_page(error)


def show_figures(admitted: dashboard.Admission) -> None:
    """Draw the shared controls and the page that the address asks for, or what is wrong with the data."""
    try:
        board = dashboard.board()
        asked = st.query_params.to_dict()
        dashboard.leave_withdrawn(board.withdrawn(asked.get("edition")))
        desk, problems = board.desk(dashboard.viewer(), asked.get("edition"))
        who = dashboard.view_as(admitted, [record.team for record in desk.store.teams])
        if not who.sees_figures:
            show_record(admitted, who)
            return
        if who != admitted.viewer:
            desk, problems = board.desk(who, asked.get("edition"))
        _, notices = board.address(who, asked)
    except NoEditionError as error:
        show_error(admitted, error)
        return
    ambitions = {ambition.id: ambition.title for ambition in desk.store.plan.ambition}
    page = navigation(
        ambitions,
        who,
        with_teams=bool(desk.store.teams) or not desk.scope.sees_teams,
        with_quality=has_quality_page(desk),
    )
    st.set_page_config(page_title=f"{page.title} – {desk.store.plan.council.name} Improvement Board", layout="wide")
    dashboard.dress()
    dashboard.say([*dashboard.said_of_withdrawn(), *notices])
    dashboard.passed_over(problems, str(desk.store.name))
    dashboard.plan_refused(board.plan_problems(desk), str(desk.store.name))
    chosen = dashboard.shared_controls(desk, board.editions(), notices)
    dashboard.person(admitted)
    with dashboard.run_of(page.url_path, chosen):
        run_page(page, who, chosen, refuse=page.visibility == "hidden")


def main() -> None:
    """Draw what the person who is looking may see."""
    with dashboard.admission() as admitted:
        if admitted is None:
            return
        if admitted.viewer.sees_figures:
            show_figures(admitted)
        else:
            show_record(admitted, admitted.viewer)


if __name__ == "__main__":  # one run of the app, for one person
    main()
else:  # the server, which serves every person: `streamlit run` finds it here
    dashboard.declare_pages()
    app = st.App(__file__, middleware=dashboard.middleware())
