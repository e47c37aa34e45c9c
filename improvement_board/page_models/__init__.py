"""The desk: a run looks once, with a viewer and an address, and each page of that look is a model with all it shows."""

from improvement_board.access.viewer import EVERYONE, Viewer
from improvement_board.figures.download import Download
from improvement_board.figures.export_request import ExportRequest
from improvement_board.page_models.address import Address
from improvement_board.page_models.board import Board
from improvement_board.page_models.indicator_page import IndicatorChoice
from improvement_board.page_models.look import Look
from improvement_board.page_models.open_editions import NoEditionError
from improvement_board.page_models.run import Run

__all__ = [
    "EVERYONE",
    "Address",
    "Board",
    "Download",
    "ExportRequest",
    "IndicatorChoice",
    "Look",
    "NoEditionError",
    "Run",
    "Viewer",
]
