"""Charts as SVG, from the figure dictionaries that Plotly is given, laid out as Plotly lays them out.

For a first view, for paper and files, and for people without scripts. What a figure has and this room does not know is
refused, never left out.
"""

from improvement_board.charts.drawing.known import UndrawableError
from improvement_board.charts.drawing.looks import WIDTHS, FileLook, Look, WidthClass
from improvement_board.charts.drawing.picture import figure_svg
from improvement_board.charts.drawing.sheet import chart_sheet

__all__ = ["WIDTHS", "FileLook", "Look", "UndrawableError", "WidthClass", "chart_sheet", "figure_svg"]
