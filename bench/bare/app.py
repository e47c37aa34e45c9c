"""The page that ours are compared with: six Plotly lines and a team filter, written as Streamlit's guides teach.

The figures are the same monthly series as the ambition page's, one query a chart on a shared connection.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import duckdb
import plotly.graph_objects as go
import streamlit as st

KPIS: dict[str, str] = json.loads(os.environ["BARE_KPIS"])
EDITION = Path(os.environ["BARE_EDITION"])
TEAMS: list[str] = json.loads(os.environ["BARE_TEAMS"])


@st.cache_resource(show_spinner=False)
def database() -> duckdb.DuckDBPyConnection:
    """One connection for every viewer."""
    return duckdb.connect()


def series(kpi: str, team: str | None) -> dict[str, Any]:
    """A KPI by month: period ends and values, percentages as such."""
    rows = database().cursor().read_parquet(str(EDITION / f"{kpi}.parquet"))
    if team is not None:
        rows = rows.filter(duckdb.ColumnExpression("team") == duckdb.ConstantExpression(team))
    by_month = rows.aggregate("period_end, sum(numerator) / coalesce(sum(denominator), 1) as value", "period_end")
    monthly_series: dict[str, Any] = by_month.order("period_end").fetchnumpy()
    return monthly_series


st.set_page_config(page_title="Six charts", layout="wide")
st.title("Six charts")
team = st.selectbox("Team", TEAMS, index=None, placeholder="All teams", key="team")
columns = st.columns(2)
for number, (kpi, title) in enumerate(KPIS.items()):
    kpi_series = series(kpi, team)
    figure = go.Figure(go.Scatter(x=kpi_series["period_end"], y=kpi_series["value"], mode="lines"))
    figure.update_layout(title=title, height=320)
    columns[number % 2].plotly_chart(figure, key=kpi)
