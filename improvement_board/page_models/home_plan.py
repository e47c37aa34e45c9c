"""The data home's own plan, which the next edition will be made from; each edition shows the copy it was made with."""

from __future__ import annotations

from collections.abc import Mapping

from improvement_board.declared.home import Home
from improvement_board.declared.kpis import Definition, load_library
from improvement_board.declared.plan_file import read_plan
from improvement_board.errors import InputError, Problem


def plan_problems(home: Home, definitions: Mapping[str, Definition]) -> tuple[Problem, ...]:
    """What is wrong with the home's plan against the library and an edition's definitions.

    Nothing where the home has no plan: a server that only shows editions needs none.
    """
    if not home.plan.exists():
        return ()
    try:
        read_plan(home.plan, {**load_library(), **definitions})
    except InputError as error:
        return error.problems
    except OSError as error:
        return (Problem(home.plan, f"cannot be read: {error.strerror}"),)
    return ()
