"""What the address chooses: the role of a person without sign-in, and the shared choices of every page.

There are no widgets to it: the frame's form and every link say it in the address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from improvement_board.access.roles import ROLES, USUAL_ROLE, Role
from improvement_board.access.serving import viewer_as
from improvement_board.access.viewer import Viewer
from improvement_board.dashboard.documents import bar_for
from improvement_board.dashboard.run import looks_as
from improvement_board.dashboard.shell import html
from improvement_board.dashboard.sign_in import Admission
from improvement_board.document.bar import plain_bar
from improvement_board.document.pages import OWN_PARAMETERS
from improvement_board.page_models import Address, Look, Run
from improvement_board.page_models.address import ROLE
from improvement_board.page_models.controls import role_control


def chosen_role(asked: Mapping[str, str]) -> Role:
    """The role that an address asks for; the usual one where it asks for none that there is."""
    return next((role for role in ROLES if role == asked.get(ROLE)), USUAL_ROLE)


def look_of(run: Run, viewer: Viewer, asked: Mapping[str, str], *, with_role: bool) -> tuple[Viewer, Look | None]:
    """Who looks, and at what by the parameters of an address; no look for who sees no figures.

    `with_role`: nobody is signed in, and the role is the address's; a manager then manages the team of the address,
    else the first of the teams. Raises NoEditionError where no edition can be served.
    """
    edition = Address(edition=asked.get("edition"))
    look = run.look(viewer, edition)
    if not with_role:
        return viewer, look.choose(asked)
    role, teams, team = chosen_role(asked), [record.team for record in look.desk.store.teams], asked.get("team")
    viewer = viewer_as(role, team if team in teams else next(iter(teams), None))
    if not viewer.sees_figures:
        return viewer, None
    look = run.look(viewer, edition).choose(asked)
    return viewer, replace(look, address=replace(look.address, role=None if role == USUAL_ROLE else role))


def asked_look(run: Run, admitted: Admission) -> tuple[Viewer, Look | None]:
    """Who looks at this run, and at what; as `look_of`."""
    who, look = look_of(run, admitted.viewer, st.query_params.to_dict(), with_role=admitted.may_choose_role)
    looks_as(who)
    return who, look


def own_parameters(asked: Mapping[str, str]) -> dict[str, str]:
    """Those of an address's parameters that are a page's own."""
    return {key: asked[key] for key in OWN_PARAMETERS if asked.get(key)}


def draw_bar(look: Look, *, with_role: bool, is_refused: bool) -> None:
    """The frame at the head of a page: where one can go, what is looked at, the controls to change it, what can be
    saved; nothing to save of a page that is refused."""
    own = own_parameters(st.query_params.to_dict())
    html(bar_for(look, own, with_role=with_role, is_refused=is_refused))


def draw_role_bar() -> None:
    """The frame of a page without figures, for a person without sign-in: the way to another role."""
    html(plain_bar((role_control(chosen_role(st.query_params.to_dict())),)))
