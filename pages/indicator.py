"""One KPI in depth: the chart, its teams, categories and workers, its definition, what earlier editions said of it."""

from __future__ import annotations

from improvement_board import dashboard

dashboard.draw_page()
