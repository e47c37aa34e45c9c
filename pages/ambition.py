"""One ambition: its statement, its sponsor, its KPIs: some as charts in the plan's order, the others in a table."""

from __future__ import annotations

from improvement_board import dashboard

dashboard.draw_page()
