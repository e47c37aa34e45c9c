"""The kinds of declaration that `for_each` in a check's header names.

Each gives, for everything it is declared for, the names that its checks put into their query (tables and columns) and
the values that they bind there or say in their title.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from improvement_board.declared.checks import Declaration, DeclaredColumn, declaration_of, declared, declared_column
from improvement_board.declared.tables import declared_tables

CLOCKS = ("date", "time")
PERSON = "ssd_person.pers_person_id"


def _columns() -> Iterator[DeclaredColumn]:
    return (DeclaredColumn(table, column) for table in declared_tables().values() for column in table.columns)


def _empty(of: DeclaredColumn) -> bool:
    return of.text in declared()["may_be_empty"]


def _key_columns() -> Iterator[Declaration]:
    return (declaration_of(of) for of in _columns() if of.column.name in of.table.key and not _empty(of))


def _keys() -> Iterator[Declaration]:
    for table in declared_tables().values():
        key: Sequence[str] = table.key
        values = {"table_name": table.name, "column_name": ", ".join(table.key)}
        yield Declaration(table.name, table.key[0], {"this_table": table.name, "key_columns": key}, values)


def _whole_tables() -> Iterator[Declaration]:
    return (
        Declaration(table.name, None, {"this_table": table.name}, {"table_name": table.name})
        for table in declared_tables().values()
    )


def _dates() -> Iterator[Declaration]:
    for of in _columns():
        if of.column.name == of.table.dated_by and of.column.name not in of.table.key and not _empty(of):
            yield declaration_of(of)


def _codes() -> Iterator[Declaration]:
    for of in _columns():
        codes = of.column.allowed or (("Y", "N") if of.column.type == "flag" else ())
        if codes:
            yield declaration_of(of, codes=list(codes), allowed_text=", ".join(codes))


def _references() -> Iterator[Declaration]:
    for text, columns in declared()["references"].items():
        parent = declared_column(text)
        names = {"parent_table": parent.table.name, "parent_column": parent.column.name}
        said = {"parent_name": parent.table.name, "parent_column_name": parent.column.name}
        yield from (declaration_of(declared_column(column), more=names, **said) for column in columns)


def _teams() -> Iterator[Declaration]:
    return (declaration_of(declared_column(text)) for text in declared()["teams"]["columns"])


def _dated_teams() -> Iterator[Declaration]:
    return (one for one in _teams() if "dated_by" in one.names and one.table != "workforce")


def _period_ends() -> frozenset[str]:
    return frozenset(end for _, end in declared()["periods"])


def _periods() -> Iterator[Declaration]:
    for start, end in declared()["periods"]:
        first = declared_column(start).column.name
        yield declaration_of(declared_column(end), more={"start_column": first}, start_name=first)


def _clocks(*, ends: bool) -> Iterator[Declaration]:
    """Columns of days and moments that have been: those that end a period, or the others."""
    for of in _columns():
        told = of.column.type in CLOCKS and of.text not in declared()["may_be_later"] and not _is_birth(of)
        if told and (of.text in _period_ends()) is ends:
            yield declaration_of(of)


def _is_birth(of: DeclaredColumn) -> bool:
    return of.text == "ssd_person.pers_dob"  # has a check of its own, from the edition's day on


def _past() -> Iterator[Declaration]:
    for of in _columns():
        if of.column.type in CLOCKS and of.text not in declared()["may_be_long_ago"]:
            yield declaration_of(of)


def _months() -> Iterator[Declaration]:
    return (declaration_of(declared_column(text)) for text in declared()["month_ends"])


def _ranges() -> Iterator[Declaration]:
    return (
        declaration_of(declared_column(text), least=least, most=most)
        for text, (least, most) in declared()["ranges"].items()
    )


def _orders() -> Iterator[Declaration]:
    for order in declared()["orders"]:
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


def _overlaps() -> Iterator[Declaration]:
    for overlap in declared()["overlaps"]:
        person = declared_column(overlap["person"])
        start, end = (declared_column(f"{person.table.name}.{one}") for one in overlap["period"])
        kinds = [declared_column(f"{person.table.name}.{one}").column.name for one in overlap.get("kind", ())]
        more: dict[str, str | Sequence[str]] = {
            "person_column": person.column.name,
            "start_column": start.column.name,
            "end_column": end.column.name,
            "partition_columns": [person.column.name, *kinds],
        }
        yield declaration_of(start, more=more, overlap_title=overlap["title"])


def _lives(*, death: bool) -> Iterator[Declaration]:
    """The day of each dated table with a child: it can't be before the birth, nor, of some, after the death."""
    lives = declared()["lives"]
    for text in declared()["references"][PERSON]:
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


def _volumes() -> Iterator[Declaration]:
    words = declared()["words"]
    for table in declared_tables().values():
        if table.dated_by:
            yield declaration_of(declared_column(f"{table.name}.{table.dated_by}"), table_words=words[table.name])


def _recordings() -> Iterator[Declaration]:
    """The days of each dated table, and those of what is done by a day that is planned or due."""
    yield from _volumes()
    for text, words in declared()["done"].items():
        of = declared_column(text)
        yield declaration_of(of, more={"dated_by": of.column.name}, table_words=words)


KINDS: Mapping[str, Callable[[], Iterator[Declaration]]] = MappingProxyType(
    {
        "key": _key_columns,
        "keys": _keys,
        "table": _whole_tables,
        "date": _dates,
        "code": _codes,
        "reference": _references,
        "team": _teams,
        "dated_team": _dated_teams,
        "period": _periods,
        "moment": lambda: _clocks(ends=False),
        "end": lambda: _clocks(ends=True),
        "past": _past,
        "month": _months,
        "range": _ranges,
        "order": _orders,
        "overlap": _overlaps,
        "birth": lambda: _lives(death=False),
        "death": lambda: _lives(death=True),
        "volume": _volumes,
        "recording": _recordings,
    }
)
