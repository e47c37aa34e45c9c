"""A problem says where it is, what stood there and what is allowed; errors report all of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from improvement_board.declared.toml import problems_of
from improvement_board.errors import SHOWN_PROBLEMS, InputError, Problem


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem(None, "nothing to do"), "nothing to do"),
        (Problem(Path("plan.toml"), "is missing"), "plan.toml: is missing"),
        (Problem("a.csv", "is wrong", row=0), "a.csv, line 0: is wrong"),
        (Problem("a.csv", "is wrong", column="fte"), "a.csv, fte: is wrong"),
        (Problem("a.csv", "is wrong", column="fte", value=0), "a.csv, fte = 0: is wrong"),
        (Problem("a.csv", "is empty", column="team", value=""), "a.csv, team = '': is empty"),
        (
            Problem("a.xlsx", "too many", sheet="1", row=214, column="attended", value=31, allowed="up to 28"),
            "a.xlsx, sheet 1, line 214, attended = 31: too many (allowed: up to 28)",
        ),
    ],
)
def test_a_problem_names_its_place_value_and_what_is_allowed(problem: Problem, text: str) -> None:
    assert str(problem) == text


def test_no_name_in_a_file_commands_the_terminal_or_begins_a_line() -> None:
    problem = Problem("a\x1b[2Jb.csv", "has\nthe heading \x9b31m", sheet="one\rtwo", column="\u202ecol")
    assert str(problem) == "a [2Jb.csv, sheet one two,  col: has the heading  31m"


def test_one_problem_or_many_make_an_error() -> None:
    problem = Problem("a.csv", "first")
    assert InputError(problem).problems == (problem,)
    assert str(InputError([problem, Problem("b.csv", "second")])) == "a.csv: first\nb.csv: second"


@pytest.mark.parametrize(
    ("count", "last"),
    [(SHOWN_PROBLEMS, "a.csv: wrong 9"), (SHOWN_PROBLEMS + 1, "… and 1 more"), (250, "… and 240 more")],
)
def test_a_report_shows_the_first_problems_and_counts_the_rest(count: int, last: str) -> None:
    report = InputError([Problem("a.csv", f"wrong {number}") for number in range(count)]).report()
    lines = report.splitlines()
    assert lines[:10] == [f"a.csv: wrong {number}" for number in range(10)]
    assert lines[-1] == last


class _Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    value: int = Field(gt=0)


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid")
    part: tuple[_Inner, ...]
    name: str


def test_settings_are_named_by_key_and_counted_from_one() -> None:
    with pytest.raises(ValidationError) as error:
        _Settings.model_validate({"part": [{"value": 1}, {"value": -3, "colour": "red"}]})
    problem_by_column = {problem.column: problem for problem in problems_of(error.value, "settings.toml")}
    assert set(problem_by_column) == {"part.2.value", "part.2.colour", "name"}
    assert str(problem_by_column["part.2.value"]) == "settings.toml, part.2.value = -3: Input should be greater than 0"
    assert str(problem_by_column["part.2.colour"]) == "settings.toml, part.2.colour: is not a known key"
    assert str(problem_by_column["name"]) == "settings.toml, name: Field required"
