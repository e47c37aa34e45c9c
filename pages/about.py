"""How to read a chart, the definitions, the sources, the edition."""

from __future__ import annotations

from improvement_board import dashboard
from improvement_board.document import about

page = dashboard.look().about()

dashboard.head("About these figures", page.frame)
dashboard.html(about.how_to_read())
dashboard.html(about.small_numbers())
dashboard.html(about.edition(page))
dashboard.html(about.definitions(page))
