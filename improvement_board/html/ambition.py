"""What an ambition's page says in words."""

from __future__ import annotations

from improvement_board.board.page_models import AmbitionPage
from improvement_board.html.parts import text


def lede(page: AmbitionPage) -> str:
    """The ambition's statement and sponsor."""
    return f"{page.statement} Sponsor: {page.sponsor}." if page.sponsor else page.statement


def without_team(page: AmbitionPage) -> str:
    """Which KPIs have no figure for the chosen team."""
    if not page.without_team:
        return ""
    titles = "".join(f"<li>{text(title)}</li>" for title in page.without_team)
    return (
        f'<div class="ib-empty"><p>Not recorded for {text(page.frame.address.team or "")}:</p><ul>{titles}</ul></div>'
    )
