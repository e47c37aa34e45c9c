"""Every ambition at a glance, what changed since the last edition, the matrix of indicators."""

from __future__ import annotations

from improvement_board import dashboard

dashboard.draw_page()
