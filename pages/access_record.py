"""Who looked at what, who downloaded what, who was refused: for those who keep watch over it."""

from __future__ import annotations

from improvement_board import dashboard
from improvement_board.document import access_record

page = dashboard.chosen_record()

dashboard.html(access_record.totals(page))
dashboard.record_download(page)
dashboard.html(access_record.people(page))
dashboard.html(access_record.entries(page))
