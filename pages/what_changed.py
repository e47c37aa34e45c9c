"""Every change since the edition before, by ambition."""

from __future__ import annotations

from improvement_board import dashboard

dashboard.draw_page()
