"""The desk: a page asks `Board` once, with a viewer and an address, and gets a page model with all that it shows."""

from improvement_board.access.viewer import EVERYONE, Viewer
from improvement_board.figures.download import Download
from improvement_board.figures.export_request import ExportRequest
from improvement_board.page_models.address import Address
from improvement_board.page_models.facade import Board, NoEditionError
from improvement_board.page_models.indicator_page import IndicatorChoice

__all__ = ["EVERYONE", "Address", "Board", "Download", "ExportRequest", "IndicatorChoice", "NoEditionError", "Viewer"]
