"""Which indicators that what was not read might feed: said beside it, so that a reader knows what may be missing."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from improvement_board.declared.kpis import load_library
from improvement_board.sources.partial import still_needed

MOST_NAMED = 30


def kpis_fed_by(tables: Collection[str], source: str | None = None) -> tuple[str, ...]:
    """The ids of the KPIs that these tables feed, in alphabetical order.

    With a format as `source`: those that can be computed from what this format gives of the tables, without another.
    """
    formats = dict.fromkeys(tables, (source or "",))
    return tuple(
        definition.id
        for definition in load_library().values()
        if definition.has_query
        and any(table in formats for table in definition.sources)
        and (source is None or not still_needed(definition, formats))
    )


@lru_cache(maxsize=500)
def might_feed(tables: frozenset[str], source: str | None = None) -> str:
    """What to say after the message about something that was not read; nothing where it feeds no KPI."""
    named = kpis_fed_by(tables, source)
    if not named:
        return ""
    more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
    return f"; it might feed {', '.join(named[:MOST_NAMED])}{more}"
