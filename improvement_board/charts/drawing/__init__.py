"""Charts as SVG, from the figure dictionaries that Plotly is given, laid out as Plotly lays them out.

For a first view, for paper and files, and for people without scripts. What a figure has and this room does not know is
refused, never left out.
"""

from improvement_board.charts.drawing.known import UndrawableError
from improvement_board.charts.drawing.looks import WIDTHS, Look, WidthClass
from improvement_board.charts.drawing.picture import figure_svg

__all__ = ["WIDTHS", "Look", "UndrawableError", "WidthClass", "figure_svg"]
