"""How far the figures can be relied on: sources, checks, completeness, what is late, what was restated."""

from __future__ import annotations

from improvement_board import ui
from improvement_board.html import quality

page = ui.board().quality(ui.viewer(), ui.address())

ui.head("Data quality", page.frame, quality.verdict(page))
ui.html(quality.above_the_table(page))
ui.quality_table(page)
