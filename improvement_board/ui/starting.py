"""What must be right before the server starts, so that it is said on the command line and not on a page."""

from __future__ import annotations

from improvement_board.access.insecure import INSECURE_FLAG
from improvement_board.access.serving import serving
from improvement_board.access.settings import read_access
from improvement_board.errors import InputError, Problem
from improvement_board.home import Home
from improvement_board.ui.sign_in import auth_section, sign_out_problem

WHAT_TO_DO = (
    "these may be a council's own figures, and sign-in is not set up: set it up as the README says, or look at them on "
    f"this computer alone with {INSECURE_FLAG}"
)


def problems_before_start(home: Home, *, insecure_local: bool) -> tuple[Problem, ...]:
    """Why a home cannot be served, and what to do; nothing where it can.

    Secrets are looked for from the current folder. `insecure_local`: the server will listen to this computer alone.
    """
    how = serving(home, auth_section(), insecure_local=insecure_local, server_address="127.0.0.1")
    if how.way == "refused":
        return (Problem(home.folder, WHAT_TO_DO), *how.problems)
    try:
        read_access(home)
    except InputError as error:
        return error.problems if how.way == "sign-in" else ()
    problem = sign_out_problem(home) if how.way == "sign-in" else None
    return (problem,) if problem else ()
