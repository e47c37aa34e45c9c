"""The desk: a page asks `Board` once, with a viewer and an address, and gets a page model with all that it shows."""

from improvement_board.board.address import Address
from improvement_board.board.export import ExportRequest
from improvement_board.board.facade import Board, Download, NoEditionError
from improvement_board.board.indicator_page import IndicatorChoice
from improvement_board.board.viewer import EVERYONE, Viewer

__all__ = ["EVERYONE", "Address", "Board", "Download", "ExportRequest", "IndicatorChoice", "NoEditionError", "Viewer"]
