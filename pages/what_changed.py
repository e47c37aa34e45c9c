"""Every change since the edition before, by ambition."""

from __future__ import annotations

from improvement_board import dashboard
from improvement_board.document import changes

page = dashboard.look().changes()

dashboard.head("What changed", page.frame, changes.lede(page))
dashboard.html(changes.back(page))
dashboard.changes_file(page)
dashboard.html(changes.listed(page))
