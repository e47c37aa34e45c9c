"""How to read a chart, the definitions, the sources, the edition."""

from __future__ import annotations

from improvement_board import ui
from improvement_board.html import about

page = ui.board().about(ui.viewer(), ui.address())

ui.head("About these figures", page.frame)
ui.html(about.reading())
ui.html(about.small_numbers())
ui.html(about.edition(page))
ui.html(about.definitions(page))
