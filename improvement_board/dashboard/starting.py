"""What must be right before the server starts, so that it is said on the command line and not on a page."""

from __future__ import annotations

import errno
import os
import socket

import streamlit as st

from improvement_board.access.insecure import INSECURE_FLAG
from improvement_board.access.reach import out_of_reach, services_of_teams
from improvement_board.access.serving import serving
from improvement_board.access.settings import read_access
from improvement_board.dashboard.sign_in import auth_section, sign_out_problem
from improvement_board.dashboard.streamlit_private import add_secrets_file
from improvement_board.declared.home import Home
from improvement_board.editions.shelf import Shelf
from improvement_board.errors import InputError, Problem

LAST_PORT = 65_535
WHAT_TO_DO = (
    "these may be a council's own figures, and sign-in is not set up: set it up as docs/how-to/sign_in.md says, or "
    f"look at them on this computer alone with {INSECURE_FLAG}"
)


def use_secrets_of(home: Home) -> list[str]:
    """Let Streamlit look for secrets in a home too, after where it looks by itself; its own options that say so."""
    if not home.secrets.is_file():
        return []
    return [part for file in add_secrets_file(home.secrets) for part in ("--secrets.files", file)]


def problems_before_start(home: Home, shelf: Shelf, *, insecure_local: bool) -> tuple[Problem, ...]:
    """Why a home with these editions cannot be served, and what to do; nothing where it can.

    Secrets are looked for from the current folder, and where `use_secrets_of` said.
    `insecure_local`: the server will listen to this computer alone.
    """
    how = serving(home, auth_section(), insecure_local=insecure_local, server_address="127.0.0.1", shelf=lambda: shelf)
    if how.way == "refused":
        return (Problem(home.folder, WHAT_TO_DO), *how.problems)
    try:
        read_access(home)
    except InputError as error:
        return error.problems if how.way == "sign-in" else ()
    problem = sign_out_problem(home) if how.way == "sign-in" else None
    return (problem,) if problem else ()


def notes_before_start(home: Home, shelf: Shelf) -> tuple[Problem, ...]:
    """What keeps nobody out and is still likely to be wrong with who may see what."""
    try:
        access = read_access(home)
    except InputError:  # said before, where it matters
        return ()
    return out_of_reach(access, home, services_of_teams(shelf)) if access else ()


def port_before_start(address: str | None) -> int:
    """The port that the server will listen on, by Streamlit's settings: the environment's, else those of its files.

    Raises InputError where it cannot listen there, as another program does. `address`: where it will listen, else its
    setting.
    """
    port = str(os.environ.get("STREAMLIT_SERVER_PORT") or st.get_option("server.port"))
    host = address or os.environ.get("STREAMLIT_SERVER_ADDRESS") or st.get_option("server.address") or ""
    if not port.isdecimal() or int(port) > LAST_PORT:
        raise _no_such_port(port, f"is no port, a number up to {LAST_PORT}")
    try:
        socket.create_server((host, int(port))).close()
    except OSError as error:
        why = str(error.strerror).partition(" (")[0]
        if error.errno == errno.EADDRINUSE:
            why = "another program listens there, perhaps a dashboard"
        raise _no_such_port(port, f"cannot be listened on at {host or 'any address'}: {why}") from error
    return int(port)


def _no_such_port(port: str, message: str) -> InputError:
    allowed = "a free port, such as with STREAMLIT_SERVER_PORT=8502 in the environment"
    return InputError(Problem(None, message, column="server.port", value=port, allowed=allowed))
