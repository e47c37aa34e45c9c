"""Every ambition at a glance, what changed since the last edition, the assurance matrix."""

from __future__ import annotations

from improvement_board import ui
from improvement_board.html import plan

page = ui.board().plan(ui.viewer(), ui.address())

ui.head(f"{page.frame.council}: plan on a page", page.frame)
ui.html(plan.whole(page))
ui.preload_charts()
