"""The pages without figures: before sign-in, for whom nothing is meant, and where a home may not be served."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from improvement_board.access.roles import Role
from improvement_board.errors import Problem
from improvement_board.html.frame import title_block
from improvement_board.html.parts import text

PRODUCT = "Improvement Board"
ROLE_NAMES: dict[Role, str] = {
    "committee": "Scrutiny committee",
    "member": "Board member",
    "manager": "Team or service manager",
    "analyst": "Performance analyst",
    "auditor": "Auditor",
}


def sign_in_page(council: str | None) -> str:
    """Before sign-in: whose dashboard it is, and nothing else."""
    return title_block(f"{council} {PRODUCT}" if council else PRODUCT) + _words("Sign in to see the figures.")


def ended_page() -> str:
    """After the time that a sign-in holds."""
    return title_block("Your sign-in has ended") + _words("Sign in again to go on.")


def signed_out_page() -> str:
    """After sign-out, in every tab."""
    return title_block("You are signed out") + _words("Sign in again to go on.")


def unknown_page(name: str, contact: str, *, too_many_groups: bool) -> str:
    """For somebody whom no grant names: whom to ask, and as whom they are signed in."""
    why = "The identity provider left out which groups you are in, because they are many." if too_many_groups else ""
    return title_block("You are not known to this dashboard") + _words(
        f"You are signed in as {name}, and no role is given to you. {why}", f"Ask {contact} for access."
    )


def no_access_page() -> str:
    """Where access.toml cannot be read. What is wrong in it is for the server's log, not for whoever opens the page."""
    return title_block("The dashboard cannot tell who may see what") + _words(
        "Its access.toml cannot be read. The server's log says what is wrong in it; improvement-board run says it too."
    )


def no_sign_outs_page() -> str:
    """Where the sign-ins that have ended cannot be read or kept: nobody can be told from who has signed out."""
    return title_block("The dashboard cannot tell who has signed out") + _words(
        "The file signed-out of its data home cannot be read and written. improvement-board run says why."
    )


def refused_page(title: str, role: Role) -> str:
    """A page by its address that is not for the viewer's role."""
    return title_block("This page is not for your role") + _words(
        f"{title} is not shown in the role {ROLE_NAMES[role]}. Choose another page."
    )


def not_served_page(problems: Sequence[Problem]) -> str:
    """Where a council's own data may not be served: why, and what to do. Of each file only its name is told."""
    told = [replace(each, file=Path(each.file).name if each.file else None) for each in problems]
    items = "".join(f"<li>{text(str(problem))}</li>" for problem in told)
    return (
        title_block("The dashboard does not serve this data yet")
        + '<div class="ib-empty" role="alert"><p>These may be a council\'s own figures, and sign-in is not set up:</p>'
        + f"<ul>{items}</ul><p>Set up sign-in, or look at them on this computer alone with "
        + "<code>improvement-board run --insecure-local</code>. docs/how-to/sign_in.md says how.</p></div>"
    )


def person_block(name: str, role: Role, *, is_auditor: bool) -> str:
    """Who is signed in, and in which role, for the sidebar."""
    also = f" and {ROLE_NAMES['auditor'].lower()}" if is_auditor and role != "auditor" else ""
    return f'<p class="ib-note">Signed in as {text(name)}<br>{text(ROLE_NAMES[role] + also)}</p>'


def insecure_notice() -> str:
    """What every page says while a council's own data is served without sign-in."""
    return "Served without sign-in, to this computer alone (--insecure-local). Do not let others use this computer."


def _words(*sentences: str) -> str:
    return "".join(f"<p>{text(' '.join(sentence.split()))}</p>" for sentence in sentences)
