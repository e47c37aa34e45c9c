"""Who looked at what, who downloaded what, who was refused: for those who keep watch over it."""

from __future__ import annotations

from improvement_board import ui
from improvement_board.html import access_record

page = ui.chosen_record()

ui.html(access_record.totals(page))
ui.record_download(page)
ui.html(access_record.people(page))
ui.html(access_record.entries(page))
