"""Every indicator in one table, or those that are asked for."""

from __future__ import annotations

from improvement_board import dashboard

dashboard.draw_page()
