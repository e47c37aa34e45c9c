"""The kinds of declaration that `for_each` in a check's header names.

Each gives, for everything it is declared for, the names that its checks put into their query (tables and columns) and
the values that they bind there or say in their title.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from improvement_board.declared.checks import (
    Declaration,
    DeclaredColumn,
    declaration_of,
    declared_column,
    read_declarations,
)
from improvement_board.declared.tables import declared_tables

CLOCKS = ("date", "time")
PERSON = "ssd_person.pers_person_id"


def _list_columns() -> Iterator[DeclaredColumn]:
    return (DeclaredColumn(table, column) for table in declared_tables().values() for column in table.columns)


def _may_be_empty(of: DeclaredColumn) -> bool:
    return of.text in read_declarations()["may_be_empty"]


def _declare_key_columns() -> Iterator[Declaration]:
    return (declaration_of(of) for of in _list_columns() if of.column.name in of.table.key and not _may_be_empty(of))


def _declare_keys() -> Iterator[Declaration]:
    for table in declared_tables().values():
        key: Sequence[str] = table.key
        values = {"table_name": table.name, "column_name": ", ".join(table.key)}
        yield Declaration(table.name, table.key[0], {"this_table": table.name, "key_columns": key}, values)


def _declare_whole_tables() -> Iterator[Declaration]:
    return (
        Declaration(table.name, None, {"this_table": table.name}, {"table_name": table.name})
        for table in declared_tables().values()
    )


def _declare_dates() -> Iterator[Declaration]:
    for of in _list_columns():
        if of.column.name == of.table.dated_by and of.column.name not in of.table.key and not _may_be_empty(of):
            yield declaration_of(of)


def _declare_codes() -> Iterator[Declaration]:
    for of in _list_columns():
        codes = of.column.allowed or (("Y", "N") if of.column.type == "flag" else ())
        if codes:
            yield declaration_of(of, codes=list(codes), allowed_text=", ".join(codes))


def _declare_references() -> Iterator[Declaration]:
    for text, columns in read_declarations()["references"].items():
        parent = declared_column(text)
        names = {"parent_table": parent.table.name, "parent_column": parent.column.name}
        said = {"parent_name": parent.table.name, "parent_column_name": parent.column.name}
        yield from (declaration_of(declared_column(column), more=names, **said) for column in columns)


def _declare_teams() -> Iterator[Declaration]:
    return (declaration_of(declared_column(text)) for text in read_declarations()["teams"]["columns"])


def _declare_dated_teams() -> Iterator[Declaration]:
    return (
        declaration
        for declaration in _declare_teams()
        if "dated_by" in declaration.names and declaration.table != "workforce"
    )


def _list_period_ends() -> frozenset[str]:
    return frozenset(end for _, end in read_declarations()["periods"])


def _declare_periods() -> Iterator[Declaration]:
    for start, end in read_declarations()["periods"]:
        first = declared_column(start).column.name
        yield declaration_of(declared_column(end), more={"start_column": first}, start_name=first)


def _declare_clocks(*, ends: bool) -> Iterator[Declaration]:
    """Columns of days and moments that have been: those that end a period, or the others."""
    for of in _list_columns():
        told = of.column.type in CLOCKS and of.text not in read_declarations()["may_be_later"] and not _is_birth(of)
        if told and (of.text in _list_period_ends()) is ends:
            yield declaration_of(of)


def _is_birth(of: DeclaredColumn) -> bool:
    return of.text == "ssd_person.pers_dob"  # has a check of its own, from the edition's day on


def _declare_past() -> Iterator[Declaration]:
    for of in _list_columns():
        if of.column.type in CLOCKS and of.text not in read_declarations()["may_be_long_ago"]:
            yield declaration_of(of)


def _declare_months() -> Iterator[Declaration]:
    return (declaration_of(declared_column(text)) for text in read_declarations()["month_ends"])


def _declare_ranges() -> Iterator[Declaration]:
    return (
        declaration_of(declared_column(text), least=least, most=most)
        for text, (least, most) in read_declarations()["ranges"].items()
    )


def _declare_orders() -> Iterator[Declaration]:
    for order in read_declarations()["orders"]:
        later, earlier = declared_column(order["later"]), declared_column(order["earlier"])
        link, key = order["by"]
        more = {
            "other_table": earlier.table.name,
            "earlier_column": earlier.column.name,
            "link": declared_column(f"{later.table.name}.{link}").column.name,
            "other_key": declared_column(f"{earlier.table.name}.{key}").column.name,
        }
        said = {"order_title": order["title"], "order_message": order["message"], "earlier_name": earlier.text}
        yield declaration_of(later, more=more, **said)


def _declare_overlaps() -> Iterator[Declaration]:
    for overlap in read_declarations()["overlaps"]:
        person = declared_column(overlap["person"])
        start, end = (declared_column(f"{person.table.name}.{column_name}") for column_name in overlap["period"])
        kinds = [
            declared_column(f"{person.table.name}.{column_name}").column.name for column_name in overlap.get("kind", ())
        ]
        more: dict[str, str | Sequence[str]] = {
            "person_column": person.column.name,
            "start_column": start.column.name,
            "end_column": end.column.name,
            "partition_columns": [person.column.name, *kinds],
        }
        yield declaration_of(start, more=more, overlap_title=overlap["title"])


def _declare_lives(*, death: bool) -> Iterator[Declaration]:
    """The day of each dated table with a child: it can't be before the birth, nor, of some, after the death."""
    lives = read_declarations()["lives"]
    for text in read_declarations()["references"][PERSON]:
        child = declared_column(text)
        table = child.table
        if table.dated_by is None or (death and table.name not in lives["after_death"]):
            continue
        days = lives["longest_pregnancy_days"] if table.name in lives["unborn"] else 0
        yield declaration_of(
            declared_column(f"{table.name}.{table.dated_by}"),
            more={"person_column": child.column.name},
            days_before=days,
        )


def _declare_volumes() -> Iterator[Declaration]:
    words = read_declarations()["words"]
    for table in declared_tables().values():
        if table.dated_by:
            yield declaration_of(declared_column(f"{table.name}.{table.dated_by}"), table_words=words[table.name])


def _declare_recordings() -> Iterator[Declaration]:
    """The days of each dated table, and those of what is done by a day that is planned or due."""
    yield from _declare_volumes()
    for text, words in read_declarations()["done"].items():
        of = declared_column(text)
        yield declaration_of(of, more={"dated_by": of.column.name}, table_words=words)


KINDS: Mapping[str, Callable[[], Iterator[Declaration]]] = MappingProxyType(
    {
        "key": _declare_key_columns,
        "keys": _declare_keys,
        "table": _declare_whole_tables,
        "date": _declare_dates,
        "code": _declare_codes,
        "reference": _declare_references,
        "team": _declare_teams,
        "dated_team": _declare_dated_teams,
        "period": _declare_periods,
        "moment": lambda: _declare_clocks(ends=False),
        "end": lambda: _declare_clocks(ends=True),
        "past": _declare_past,
        "month": _declare_months,
        "range": _declare_ranges,
        "order": _declare_orders,
        "overlap": _declare_overlaps,
        "birth": lambda: _declare_lives(death=False),
        "death": lambda: _declare_lives(death=True),
        "volume": _declare_volumes,
        "recording": _declare_recordings,
    }
)
