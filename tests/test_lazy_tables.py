"""Tables are made when a query first names them: once, after what they need, and not before."""

from __future__ import annotations

from functools import partial

import pytest

from improvement_board.lazy_tables import LazyTables, Waiting, words_of


def test_a_table_is_made_once_and_after_what_it_needs() -> None:
    made: list[str] = []
    tables = LazyTables()
    needs = {"months": set(), "workers": {"months"}, "caseloads": {"workers", "months"}, "visits": {"months"}}
    tables.add({name: Waiting(partial(made.append, name), others) for name, others in needs.items()})
    tables.make(["caseloads", "unknown"])
    tables.make(["caseloads", "workers"])
    assert made == ["months", "workers", "caseloads"]
    assert tables.waiting.keys() == {"visits"}


def test_a_table_that_cannot_be_made_says_so_each_time() -> None:
    def fail() -> None:
        raise ValueError("damaged")

    tables = LazyTables()
    tables.add({"visits": Waiting(fail)})
    for _ in range(2):
        with pytest.raises(ValueError, match="damaged"):
            tables.make(["visits"])


@pytest.mark.parametrize("sql", ["from ssd_person", 'from "SSD_Person" as p', "join main.ssd_person\nusing (id)"])
def test_the_words_of_a_query_hold_every_table_it_can_name(sql: str) -> None:
    assert "ssd_person" in words_of(sql)
