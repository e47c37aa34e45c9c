"""How far the figures can be relied on: sources, checks, completeness, what is late, what was restated."""

from __future__ import annotations

from improvement_board import dashboard

dashboard.draw_page()
