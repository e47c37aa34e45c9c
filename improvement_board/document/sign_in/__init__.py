"""The pages without figures: before sign-in, for whom nothing is meant, and where a home may not be served."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from improvement_board.access.roles import ROLE_NAMES, Role
from improvement_board.document.environment import render
from improvement_board.errors import Problem

PRODUCT = "Improvement Board"


def sign_in_page(council: str | None) -> Markup:
    """Before sign-in: whose dashboard it is, and nothing else."""
    return _page(f"{council} {PRODUCT}" if council else PRODUCT, "Sign in to see the figures.")


def ended_page() -> Markup:
    """After the time that a sign-in holds."""
    return _page("Your sign-in has ended", "Sign in again to go on.")


def signed_out_page() -> Markup:
    """After sign-out, in every tab."""
    return _page("You are signed out", "Sign in again to go on.")


def unknown_page(name: str, contact: str, *, too_many_groups: bool) -> Markup:
    """For somebody whom no grant names: whom to ask, and as whom they are signed in."""
    why = "The identity provider left out which groups you are in, because they are many." if too_many_groups else ""
    return _page(
        "You are not known to this dashboard",
        f"You are signed in as {name}, and no role is given to you. {why}",
        f"Ask {contact} for access.",
    )


def no_access_page() -> Markup:
    """Where access.toml cannot be read. What is wrong in it is for the server's log, not for whoever opens the page."""
    return _page(
        "The dashboard cannot tell who may see what",
        "Its access.toml cannot be read. The server's log says what is wrong in it; improvement-board run says it too.",
    )


def no_sign_outs_page() -> Markup:
    """Where the sign-ins that have ended cannot be read or kept: nobody can be told from who has signed out."""
    return _page(
        "The dashboard cannot tell who has signed out",
        "The file signed-out of its data home cannot be read and written. improvement-board run says why.",
    )


def refused_page(title: str, role: Role) -> Markup:
    """A page by its address that is not for the viewer's role."""
    return _page(
        "This page is not for your role", f"{title} is not shown in the role {ROLE_NAMES[role]}. Choose another page."
    )


def not_served_page(problems: Sequence[Problem]) -> Markup:
    """Where a council's own data may not be served: why, and what to do. Of each file only its name is told."""
    told = [replace(each, file=Path(each.file).name if each.file else None) for each in problems]
    return render("sign_in", "not_served", problems=[str(problem) for problem in told])


def person_block(name: str, role: Role, *, is_auditor: bool) -> Markup:
    """Who is signed in, and in which role, for the sidebar."""
    also = f" and {ROLE_NAMES['auditor'].lower()}" if is_auditor and role != "auditor" else ""
    return render("sign_in", "person", name=name, role=ROLE_NAMES[role] + also)


def insecure_notice() -> str:
    """What every page says while a council's own data is served without sign-in."""
    return "Served without sign-in, to this computer alone (--insecure-local). Do not let others use this computer."


def _page(title: str, *sentences: str) -> Markup:
    return render("sign_in", "page", title=title, sentences=sentences)
