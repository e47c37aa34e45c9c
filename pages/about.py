"""How to read a chart, the definitions, the sources, the edition."""

from __future__ import annotations

from improvement_board import dashboard

dashboard.draw_page()
