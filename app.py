"""Who is looking, which edition, which pages; nothing else."""

from __future__ import annotations

import streamlit as st

from improvement_board import dashboard
from improvement_board.access.viewer import Viewer
from improvement_board.errors import InputError
from improvement_board.page_models import Look, NoEditionError
from improvement_board.page_models.controls import RECORD_PAGE, page_places

PAGES, AMBITION = "pages", "ambition"
FILES = {
    "": "plan_on_a_page",
    "what-changed": "what_changed",
    "indicators": "indicators",
    "indicator": "indicator",
    "team": "team",
    "data-quality": "data_quality",
    "about": "about",
    RECORD_PAGE: "access_record",
}


def page_of(file: str, title: str, address: str = "", *, shown: bool = True) -> st.Page:
    """One page; one that is not shown is refused by its address."""
    return st.Page(
        f"{PAGES}/{file}.py",
        title=title,
        url_path=address or None,
        default=not address,
        visibility="visible" if shown else "hidden",
    )


def navigation(look: Look) -> st.Page:
    """The page that the address asks for, of those that the edition has; what the viewer may not see is hidden."""
    pages = [
        page_of(FILES.get(place.address, AMBITION), place.title, place.address, shown=place.is_shown)
        for place in page_places(look)
    ]
    return st.navigation(pages, position="hidden")


def show_error(admitted: dashboard.Admission, error: InputError) -> None:
    """What is wrong with the data, at every address: no page can be shown without it."""
    st.set_page_config(page_title="Improvement Board", layout="wide")
    page = st.navigation([st.Page(lambda: dashboard.error_page(error), title="Improvement Board")], position="hidden")
    dashboard.dress()
    dashboard.person(admitted)
    page.run()


def show_record(admitted: dashboard.Admission, who: Viewer) -> None:
    """The access record alone, for those who may see it and no figures: no edition is opened."""
    first = page_of(FILES[RECORD_PAGE], "Access record")
    record = page_of(FILES[RECORD_PAGE], "Access record", RECORD_PAGE)
    figures = {
        "plan": "Plan on a page",
        "what-changed": "What changed",
        "indicators": "Indicators",
        "indicator": "Indicator",
        "team": "Team",
        "about": "About",
    }
    hidden = [st.Page(lambda: None, title=title, url_path=name) for name, title in figures.items()]
    page = st.navigation([first, record, *hidden], position="hidden")
    st.set_page_config(page_title=page.title, layout="wide")
    dashboard.dress()
    if admitted.may_choose_role:
        dashboard.draw_role_bar()
    dashboard.person(admitted)
    run_page(page, who, refuse=page in hidden)


def run_page(page: st.Page, who: Viewer, look: Look | None = None, *, refuse: bool) -> None:
    """Draw a page of figures by what is looked at, or another, or say that it is not for the viewer's role; all of it
    is noted in the access record."""
    if refuse:
        dashboard.refused(page.title, page.url_path, who)
        return
    if look is not None:
        dashboard.looks_at(look)
        dashboard.record_view(who, page.url_path, look.address)
    try:
        page.run()
    except InputError as error:
        dashboard.error_page(error)


def show_figures(admitted: dashboard.Admission) -> None:
    """Draw the page that the address asks for, or what is wrong with the data."""
    try:
        who, look = dashboard.asked_look(dashboard.this_run(), admitted)
    except NoEditionError as error:
        show_error(admitted, error)
        return
    if look is None:
        show_record(admitted, who)
        return
    draw_page(admitted, look)


def draw_page(admitted: dashboard.Admission, look: Look) -> None:
    """Draw the page that the address asks for, and what is to be said above it."""
    page, store = navigation(look), look.desk.store
    look, is_refused = look.on(page.url_path), page.visibility == "hidden"
    st.set_page_config(page_title=f"{page.title} – {store.plan.council.name} Improvement Board", layout="wide")
    dashboard.dress()
    dashboard.draw_bar(look, with_role=admitted.may_choose_role, is_refused=is_refused)
    dashboard.person(admitted)
    dashboard.say(look.notices)
    dashboard.passed_over(look.passed_over, str(store.name))
    dashboard.plan_refused(look.plan_problems(), str(store.name))
    run_page(page, look.viewer, look, refuse=is_refused)


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
