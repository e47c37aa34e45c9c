"""Who is looking, which edition, which pages; nothing else."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from improvement_board import dashboard
from improvement_board.access.viewer import Viewer
from improvement_board.errors import InputError
from improvement_board.page_models import Address, Look, NoEditionError
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
    """The pages: the plan, what changed, one for each ambition (id and title), a KPI, a team where any is recorded,
    data quality of a council's own figures, about, the access record."""
    entries = [
        page_of("plan_on_a_page", "Plan on a page"),
        page_of("what_changed", "What changed", "what-changed"),
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
    figures = {
        "plan": "Plan on a page",
        "what-changed": "What changed",
        "indicator": "Indicator",
        "team": "Team",
        "about": "About",
    }
    hidden = [st.Page(lambda: None, title=title, url_path=name) for name, title in figures.items()]
    page = st.navigation([first, *record, *hidden], position="hidden")
    st.set_page_config(page_title=page.title, layout="wide")
    dashboard.dress()
    dashboard.person(admitted)
    run_page(page, who, refuse=page in hidden)


def run_page(page: st.Page, who: Viewer, look: Look | None = None, *, refuse: bool) -> None:
    """Draw a page of figures by what is looked at, or another, or say that it is not for the viewer's role; all of it
    is noted in the access record."""
    if refuse:
        dashboard.refused(page.title, page.url_path, who)
        return
    if look is not None:
        dashboard.looks_at(look.on(page.url_path))
        dashboard.record_view(who, page.url_path, look.address)
    try:
        page.run()
    except InputError as error:
        dashboard.error_page(error)


def show_figures(admitted: dashboard.Admission) -> None:
    """Draw the shared controls and the page that the address asks for, or what is wrong with the data."""
    run, asked = dashboard.this_run(), st.query_params.to_dict()
    dashboard.leave_withdrawn(run)
    controls = dashboard.edition_control(run)
    edition = Address(edition=controls.chosen_edition)
    try:
        look = run.look(admitted.viewer, edition)
        who = dashboard.view_as(admitted, controls, [record.team for record in look.desk.store.teams])
        if not who.sees_figures:
            controls.clear()
            show_record(admitted, who)
            return
        if who != admitted.viewer:
            look = run.look(who, edition)
    except NoEditionError as error:
        controls.clear()
        show_error(admitted, error)
        return
    page = page_asked_for(look)
    draw_page(admitted, page, dashboard.shared_controls(controls, look, asked))


def page_asked_for(look: Look) -> st.Page:
    """The page that the address asks for, of those that the edition has."""
    desk = look.desk
    page = navigation(
        {ambition.id: ambition.title for ambition in desk.store.plan.ambition},
        look.viewer,
        with_teams=bool(desk.store.teams) or not desk.scope.sees_teams,
        with_quality=has_quality_page(desk),
    )
    st.set_page_config(page_title=f"{page.title} – {desk.store.plan.council.name} Improvement Board", layout="wide")
    return page


def draw_page(admitted: dashboard.Admission, page: st.Page, look: Look) -> None:
    """Draw a page by what is looked at, and what is to be said above it."""
    edition = str(look.desk.store.name)
    dashboard.dress()
    dashboard.say([*dashboard.said_of_withdrawn(), *look.notices])
    dashboard.passed_over(look.passed_over, edition)
    dashboard.plan_refused(look.plan_problems(), edition)
    dashboard.person(admitted)
    run_page(page, look.viewer, look, refuse=page.visibility == "hidden")


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
