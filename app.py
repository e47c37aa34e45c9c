"""Who is looking, which edition, which pages; nothing else."""

from __future__ import annotations

import streamlit as st

from improvement_board import ui
from improvement_board.board.facade import NoEditionError
from improvement_board.board.quality_page import has_quality_page
from improvement_board.errors import InputError

PAGES = "pages"


def navigation(ambitions: dict[str, str], *, with_teams: bool, with_quality: bool) -> st.Page:
    """The pages: the plan, one for each ambition (id and title), a KPI, a team where any is recorded, data quality of
    a council's own figures, about."""
    entries = [
        st.Page(f"{PAGES}/plan_on_a_page.py", title="Plan on a page", default=True),
        *(st.Page(f"{PAGES}/ambition.py", title=title, url_path=name) for name, title in ambitions.items()),
        st.Page(f"{PAGES}/indicator.py", title="Indicator", url_path="indicator"),
        *([st.Page(f"{PAGES}/team.py", title="Team", url_path="team")] if with_teams else []),
        *([st.Page(f"{PAGES}/data_quality.py", title="Data quality", url_path="data-quality")] if with_quality else []),
        st.Page(f"{PAGES}/about.py", title="About these figures", url_path="about"),
    ]
    return st.navigation(entries, expanded=True)


def show_error(error: InputError) -> None:
    """What is wrong with the data, at every address: no page can be shown without it."""
    st.set_page_config(page_title="Improvement Board", layout="wide")
    page = st.navigation([st.Page(lambda: ui.error_page(error), title="Improvement Board")], position="hidden")
    ui.dress()
    page.run()


def main() -> None:
    """Draw the shared controls and the page that the address asks for, or what is wrong with the data."""
    try:
        board = ui.board()
        asked = st.query_params.to_dict()
        ui.leave_withdrawn(board.withdrawn(asked.get("edition")))
        desk, problems = board.desk(asked.get("edition"))
        _, notices = board.address(asked)
    except NoEditionError as error:
        show_error(error)
        return
    ambitions = {ambition.id: ambition.title for ambition in desk.store.plan.ambition}
    page = navigation(ambitions, with_teams=bool(desk.store.teams), with_quality=has_quality_page(desk))
    st.set_page_config(page_title=f"{page.title} – {desk.store.plan.council.name} Improvement Board", layout="wide")
    ui.dress()
    ui.say([*ui.said_of_withdrawn(), *notices])
    ui.passed_over(problems, str(desk.store.name))
    ui.plan_refused(board.plan_problems(desk), str(desk.store.name))
    with ui.run_of(page.url_path, ui.shared_controls(desk, board.editions(), notices)):
        try:
            page.run()
        except InputError as error:
            ui.error_page(error)


main()
