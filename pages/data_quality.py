"""How far the figures can be relied on: sources, checks, completeness, what is late, what was restated."""

from __future__ import annotations

from improvement_board import dashboard
from improvement_board.document import quality

page = dashboard.look().quality()

dashboard.head("Data quality", page.frame, quality.verdict(page))
dashboard.html(quality.above_the_table(page))
dashboard.quality_table(page)
