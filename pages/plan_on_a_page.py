"""Every ambition at a glance, what changed since the last edition, the matrix of indicators."""

from __future__ import annotations

from improvement_board import dashboard
from improvement_board.document import plan

page = dashboard.look().plan()

dashboard.head(f"{page.frame.council}: plan on a page", page.frame)
dashboard.html(plan.whole(page))
dashboard.preload_charts()
