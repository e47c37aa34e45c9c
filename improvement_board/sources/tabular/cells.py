"""A cell as a value of its column, in SQL: the usual shapes. What has another shape is left over for `values.py`."""

from __future__ import annotations

import pyarrow as pa

from improvement_board.declared.tables import Column
from improvement_board.sources.placeholders import (
    ERRORS_OF_EXCEL,
    FIRST_YEAR_OF_NEVER,
    MINUS_ONES,
    NO_DAYS,
    NO_NAMES,
    TO_COME,
    WORDS,
)
from improvement_board.sources.values import BLANK, NO, YES, value_of_column
from improvement_board.sql.quote import quoted

ODD_SPACES = r"[\x00-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]|^ | $|  "
LONGEST_BLANK = max(len(word) for word in BLANK)
PLACEHOLDERS = ERRORS_OF_EXCEL | WORDS | TO_COME | MINUS_ONES
LONGEST_PLACEHOLDER = max(map(len, PLACEHOLDERS))
NINES = "^9{4,12}$"
ISO_DAY = r"[12]\d{3}-\d\d-\d\d"
CLOCK = r"\d\d:\d\d:\d\d(\.\d{1,6})?"
SLASHED_DAY = r"\d\d?/\d\d?/[12]\d{3}"
PLAIN_NUMBER = r"-?\d{1,15}(\.\d{1,15})?"
PLAIN_INTEGER = r"-?\d{1,10}"
IN_WORDS = "_desc"  # a code in its list's own words, such as Unknown, which is one of the sources of referrals


def typed(column: Column, name: str, kind: pa.DataType, *, day_first: bool) -> str:
    """The expression of a declared column over a column of an Arrow type: null where the cell has no usual shape."""
    return _as_it_is(column, quoted(name), kind) or _from_text(column, cell_as_text(name, kind), day_first=day_first)


def drop_unknown(column: Column, name: str) -> str:
    """The typed expression without what stands for "not known" (`sources/placeholders.py`)."""
    value = quoted(name)
    if column.type in ("date", "time"):
        days = ", ".join(f"date '{day.isoformat()}'" for day in sorted(NO_DAYS))
        is_never = f"year({value}) >= {FIRST_YEAR_OF_NEVER} and strftime({value}, '%m%d') in ('0101', '1230', '1231')"
        return f"case when cast({value} as date) not in ({days}) and not ({is_never}) then {value} end"
    if column.type in ("number", "integer"):
        numbers = ", ".join((*sorted(MINUS_ONES), *("9" * length for length in range(4, 13))))
        return f"case when {value} not in ({numbers}) then {value} end"
    if column.type == "text" and not column.allowed and not column.name.endswith(IN_WORDS):
        return f"case when not ({_is_placeholder(column, value)}) then {value} end"
    return value


def _is_placeholder(column: Column, value: str) -> str:
    words = f"strlen({value}) <= {LONGEST_PLACEHOLDER} and lower({value}) in ({_listed(PLACEHOLDERS)})"
    if not column.is_name:
        return words
    return f"{words} or lower({value}) in ({_listed(NO_NAMES)}) or regexp_matches({value}, '{NINES}')"


def left_over(column: Column, value: str, name: str, kind: pa.DataType) -> str:
    """The cell's text where `value`, its typed expression, is null though the cell is not blank."""
    cell = cell_as_text(name, kind)
    if column.type == "text" and not column.allowed:
        is_odd = f"regexp_matches({cell}, '{ODD_SPACES}') or {_is_placeholder(column, cell)}"
        return f"case when {value} is null and ({is_odd}) then {cell} end"
    blank = BLANK - column.codes.keys() if column.allowed else BLANK
    is_blank = f"lower(trim({cell})) in ({_listed(blank)})"  # looked at only where there is no value
    return f"case when {value} is not null then null when {is_blank} then null else {cell} end"


def value_left_over(column: Column, cell: str, *, day_first: bool) -> object:
    """What was left over as a value of its column. Raises UnfitValueError."""
    return value_of_column(column, cell, day_first=day_first)


def cell_as_text(name: str, kind: pa.DataType) -> str:
    """A column's cells as text; whole numbers lose their .0."""
    if _is_text(kind):
        return quoted(name)
    if pa.types.is_floating(kind):
        return f"regexp_replace(cast({quoted(name)} as varchar), '\\.0$', '')"
    return f"cast({quoted(name)} as varchar)"


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _as_it_is(column: Column, name: str, kind: pa.DataType) -> str | None:
    """The expression where the cells have the type, or one that becomes it without a doubt."""
    is_day, is_moment = pa.types.is_date(kind), pa.types.is_timestamp(kind)
    if column.type in ("date", "time") and (is_day or is_moment):
        return f"try_cast({name} as {column.duckdb_type})"
    if column.type == "number" and (pa.types.is_integer(kind) or pa.types.is_floating(kind)):
        return f"case when isfinite(cast({name} as double)) then cast({name} as double) end"
    if column.type == "integer" and pa.types.is_integer(kind):
        return f"try_cast({name} as integer)"
    return None


def _from_text(column: Column, cell: str, *, day_first: bool) -> str:
    if column.type == "date":
        return _day(cell, day_first=day_first)
    if column.type == "time":
        return _moment(cell, day_first=day_first)
    if column.type == "number":
        return f"case when regexp_full_match({cell}, '{PLAIN_NUMBER}') then try_cast({cell} as double) end"
    if column.type == "integer":
        return f"case when regexp_full_match({cell}, '{PLAIN_INTEGER}') then try_cast({cell} as integer) end"
    if column.type == "flag":
        return (
            f"case when lower({cell}) in ({_listed(YES)}) then 'Y' when lower({cell}) in ({_listed(NO)}) then 'N' end"
        )
    if column.allowed:
        whens = " ".join(f"when {_literal(word)} then {_literal(value)}" for word, value in column.codes.items())
        return f"case lower({cell}) {whens} end"
    is_blank = f"strlen({cell}) <= {LONGEST_BLANK} and lower({cell}) in ({_listed(BLANK)})"
    return f"case when regexp_matches({cell}, '{ODD_SPACES}') or {is_blank} then null else {cell} end"


def _day(cell: str, *, day_first: bool) -> str:
    return (
        f"case when regexp_full_match({cell}, '{ISO_DAY}') then try_cast({cell} as date) "
        f"when regexp_full_match({cell}, '{SLASHED_DAY}') "
        f"then cast(try_strptime({cell}, '{_slashed(day_first)}') as date) "
        f"when regexp_full_match({cell}, '{ISO_DAY}[ T]{CLOCK}') "
        f"then cast(try_cast({cell} as timestamp) as date) end"
    )


def _moment(cell: str, *, day_first: bool) -> str:
    slashed = _slashed(day_first)
    return (
        f"case when regexp_full_match({cell}, '{ISO_DAY}([ T]{CLOCK})?') "
        f"then date_trunc('second', try_cast({cell} as timestamp)) "
        f"when regexp_full_match({cell}, '{SLASHED_DAY} \\d\\d:\\d\\d(:\\d\\d)?') "
        f"then coalesce(try_strptime({cell}, '{slashed} %H:%M'), try_strptime({cell}, '{slashed} %H:%M:%S')) end"
    )


def _slashed(day_first: bool) -> str:
    return "%d/%m/%Y" if day_first else "%m/%d/%Y"


def _listed(words: frozenset[str]) -> str:
    return ", ".join(_literal(word) for word in sorted(words))


def _literal(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"
