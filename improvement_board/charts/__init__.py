"""Figures as plain dictionaries for Plotly and for `drawing`, made from the page models.

Nothing here imports Plotly. Text from files is escaped, numbers carry only the digits that can be seen.
"""

from improvement_board.charts.categories import category_chart
from improvement_board.charts.control import control_chart
from improvement_board.charts.distribution import distribution_chart
from improvement_board.charts.legend import LegendEntry, legend
from improvement_board.charts.parts import Figure, config, empty_figure
from improvement_board.charts.teams import team_chart

__all__ = [
    "Figure",
    "LegendEntry",
    "category_chart",
    "config",
    "control_chart",
    "distribution_chart",
    "empty_figure",
    "legend",
    "team_chart",
]
