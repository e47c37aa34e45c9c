"""One team against the service: all its KPIs in a table, those that are worse of late as charts."""

from __future__ import annotations

from improvement_board import dashboard

dashboard.draw_page()
