"""A figure that Streamlit sends as it is.

Streamlit checks a plain dictionary by building a whole Plotly figure of it, at every run: more work than all else that
a page's charts need. Our figures are checked so in the tests.
"""

from __future__ import annotations

from plotly.basedatatypes import BaseFigure

from improvement_board.charts.parts import Figure


class ReadyFigure(BaseFigure):  # type: ignore[misc]
    """A figure in the form of a dictionary, known to be valid."""

    def __init__(self, figure: Figure) -> None:
        self.__dict__["figure"] = figure  # past Plotly's own attributes, none of which is ever asked for

    def to_dict(self) -> Figure:
        """The dictionary."""
        figure: Figure = self.__dict__["figure"]
        return figure
