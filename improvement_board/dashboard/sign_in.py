"""Who is looking: sign-in, sign-out, and the pages of those who may not look."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from improvement_board.access.granting import has_too_many_groups, person_name, viewer_of
from improvement_board.access.insecure import INSECURE_FLAG, INSECURE_VARIABLE
from improvement_board.access.roles import ROLES
from improvement_board.access.serving import Serving, council_name, serving
from improvement_board.access.session import is_live, sign_in_key
from improvement_board.access.settings import Access, read_access
from improvement_board.access.signed_out import SignedOut
from improvement_board.access.viewer import Viewer
from improvement_board.dashboard.closed import alone, asked_page, draw_sign_in_page
from improvement_board.dashboard.noting import (
    EXPIRED,
    NO_GRANT,
    record_refusal,
    record_sign_in,
    record_sign_in_failure,
    record_sign_out,
)
from improvement_board.dashboard.run import begin_run, looks_as, this_run
from improvement_board.dashboard.shell import html, say
from improvement_board.declared.home import Home, default_home
from improvement_board.document import sign_in as pages
from improvement_board.document.parts import Links
from improvement_board.editions.shelf import Shelf
from improvement_board.errors import InputError, Problem
from improvement_board.page_models import Run
from improvement_board.page_models.address import ROLE

log = logging.getLogger(__name__)
clock = time.time


@dataclass(frozen=True)
class Admission:
    """Somebody who may look. `may_choose_role`: nobody is signed in, so the role to look in may be chosen."""

    viewer: Viewer
    may_choose_role: bool = False


@contextmanager
def admission() -> Iterator[Admission | None]:
    """Who is looking, for one run of the app; None where nobody may, and the page that says so is drawn."""
    with begin_run() as run:
        admitted = _admit(run, clock())
        if admitted is not None:
            looks_as(admitted.viewer)
        yield admitted


def how_served(home: Home, shelf: Callable[[], Shelf] | None = None) -> Serving:
    """How the app may serve a home, as it was started; with the editions of a shelf, else with those there are now."""
    asked = os.environ.get(INSECURE_VARIABLE) == "1"
    return serving(
        home, auth_section(), insecure_local=asked, server_address=st.get_option("server.address"), shelf=shelf
    )


def _how_run_is_served(run: Run) -> Serving:
    return how_served(run.board.home, lambda: run.shelf)


def auth_section() -> Mapping[str, Any] | None:
    """The section [auth] of Streamlit's secrets; None without one."""
    if not st.secrets.load_if_toml_exists():
        return None
    return st.secrets.to_dict().get("auth") or None


def claims() -> Mapping[str, Any] | None:
    """What the identity provider said of the person at sign-in; None for a person who is not signed in."""
    return st.user.to_dict() if st.user.is_logged_in else None


def signed_out() -> SignedOut:
    """The sign-ins of the home that have ended, for every session of every server."""
    return _signed_out_in(default_home().signed_out)


@lru_cache(maxsize=8)
def _signed_out_in(file: Path) -> SignedOut:
    return SignedOut(file)


def sign_out_problem(home: Home) -> Problem | None:
    """Why sign-outs of a home could not be kept, which are kept wherever there is sign-in; None where they can."""
    try:
        SignedOut(home.signed_out).has_ended("", clock())
    except OSError as error:
        message = f"cannot be read and written, and a sign-out could not be kept: {error.strerror or error}"
        return Problem(home.signed_out, message)
    return None


def holds(said: Mapping[str, Any]) -> Viewer | None:
    """Who somebody is by a sign-in that holds now; None by one that has expired or ended, or that no grant names.

    Raises InputError where access.toml cannot be read, and OSError where the ended sign-ins cannot.
    """
    now = clock()
    access = read_access(default_home())
    if access is None or not is_live(said, now) or signed_out().has_ended(sign_in_key(said), now):
        return None
    return viewer_of(said, access)


def end_sign_in(said: Mapping[str, Any]) -> None:
    """End a sign-in for every tab, every copy of its cookie and every server of the home, and note it once."""
    now = clock()
    if not is_live(said, now):
        return
    try:
        is_new = signed_out().end(sign_in_key(said), float(said["exp"]), now)
    except OSError as error:
        is_new = True
        log.error("A sign-out cannot be kept, and nobody is let in until it is: %s", error.strerror or error)
    with suppress(InputError):
        access = read_access(default_home())
        viewer = viewer_of(said, access) if access else None
        if viewer is not None and is_new:
            record_sign_out(viewer)


def _admit(run: Run, now: float) -> Admission | None:
    home, how = run.board.home, _how_run_is_served(run)
    if how.way == "sign-in":
        return _by_sign_in(home, now)
    problems = [*how.problems]
    if how.way == "insecure-local" and isinstance(st.context.ip_address, str):  # None: this computer
        problems.append(Problem(None, f"{INSECURE_FLAG} serves this computer alone, and another one asks"))
    if how.way == "refused" or problems:
        alone("Not served", lambda: html(pages.not_served_page(problems)))
        return None
    if how.way == "insecure-local":
        say([pages.insecure_notice()])
    return Admission(Viewer(), may_choose_role=True)


def _by_sign_in(home: Home, now: float) -> Admission | None:
    auth = auth_section()
    try:
        access = read_access(home)
    except InputError as error:
        for problem in error.problems:  # without the value, which may be somebody's address
            log.error("%s", replace(problem, value=None))
        access = None
    said = claims()
    if access is None:
        alone("Not served", lambda: _closed_page(pages.no_access_page(), signed_in=said is not None))
    elif said is None:
        alone("Sign in", lambda: draw_sign_in_page(pages.sign_in_page(council_name(home.plan)), auth))
    elif (has_ended := _has_ended(said, now)) is None:
        alone("Not served", lambda: _closed_page(pages.no_sign_outs_page(), signed_in=True))
    elif has_ended:
        alone("Signed out", lambda: draw_sign_in_page(pages.signed_out_page(), auth))
    elif not is_live(said, now):
        record_sign_in_failure(person_name(said, access.claims), asked_page(), EXPIRED)
        alone("Sign in", lambda: draw_sign_in_page(pages.ended_page(), auth))
    else:
        viewer = viewer_of(said, access)
        if viewer is not None:
            record_sign_in(viewer, sign_in_key(said), this_run().shelf)
            return Admission(viewer)
        _unknown(said, access)
    return None


def _has_ended(said: Mapping[str, Any], now: float) -> bool | None:
    """Whether a sign-in was ended; None where that cannot be told, or a sign-out could not be kept."""
    try:
        return signed_out().has_ended(sign_in_key(said), now)
    except OSError as error:
        log.error("The file signed-out cannot be read and written: %s", error.strerror or error)
        return None


def _unknown(said: Mapping[str, Any], access: Access) -> None:
    name = person_name(said, access.claims)
    record_sign_in_failure(name, asked_page(), NO_GRANT)
    block = pages.unknown_page(name, access.contact, too_many_groups=has_too_many_groups(said, access.claims))
    alone("Not known", lambda: _closed_page(block, signed_in=True))


def _closed_page(block: str, *, signed_in: bool) -> None:
    html(block)
    if signed_in:
        _sign_out_button()


def _sign_out_button() -> None:
    st.button("Sign out", on_click=_sign_out, key="sign-out")


def _sign_out() -> None:
    said = claims()
    if said is not None:
        end_sign_in(said)
    st.logout()


def person(admitted: Admission) -> None:
    """Who is signed in and in which role, and the way out. Nothing where nobody signs in."""
    if admitted.may_choose_role:
        return
    viewer = admitted.viewer
    with st.container(key="signed-in", horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        html(pages.person_block(viewer.name, viewer.role, is_auditor=viewer.is_auditor))
        _sign_out_button()


def refused(title: str, address: str, viewer: Viewer) -> None:
    """In place of a page that is not for the viewer's role."""
    record_refusal(viewer, address)
    st.set_page_config(page_title=f"Not for your role – {pages.PRODUCT}")
    role = st.query_params.get(ROLE)  # in which a person without sign-in looks
    links = Links({ROLE: role} if role in ROLES else {})
    html(pages.refused_page(title, viewer.role) + links.to("", "To the first page"))
