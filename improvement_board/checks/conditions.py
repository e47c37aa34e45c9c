"""Checks that ask one thing of each row of a table, so that many of them can be answered in one scan of it.

Such a query has the form `select _id, … from <table> [as <name>] [cross join edition] where <condition>`. Any other is
as good, and takes a scan of its own.
"""

from __future__ import annotations

from typing import Any

from improvement_board.sql.parsing import Tree, nodes, parse_tree, write_tree

ROWS = "checked"  # what the rows of the table are called in the condition
EDITION = "edition"
EMPTY = {"type": "EMPTY", "alias": "", "sample": None}
NOT_ASKED = ("modifiers", "group_expressions", "group_sets", "having", "sample", "qualify")
NOT_OF_A_ROW = frozenset({"SUBQUERY", "WINDOW", "LAMBDA", "STAR"})


def condition_of(sql: str) -> tuple[str, str] | None:
    """The table that a query reads and the condition that it sets its rows, their columns as `checked.<column>`. None
    where it asks for anything else."""
    tree = parse_tree(sql)
    node = tree["statements"][0]["node"] if tree else {}
    if not tree or node["type"] != "SELECT_NODE" or any(node[key] for key in NOT_ASKED) or node["cte_map"]["map"]:
        return None
    rows, condition = _find_rows(node["from_table"]), node["where_clause"]
    if rows is None or not condition or not any(_is_row_number(selected) for selected in node["select_list"]):
        return None
    table, alias, is_alone = rows
    for part in nodes(condition):
        if part.get("class") in NOT_OF_A_ROW:
            return None
        if part.get("class") == "COLUMN_REF":
            name, *others = part["column_names"]
            if not others and is_alone:
                part["column_names"] = [ROWS, name]
            elif others and name.lower() == alias:
                part["column_names"] = [ROWS, *others]
            elif is_alone or name.lower() != EDITION:
                return None
    node.update(select_list=[condition], from_table=EMPTY, where_clause=None)
    return table, write_tree(tree).removeprefix("SELECT ")


def _is_row_number(selected: Tree) -> bool:
    return bool(selected["class"] == "COLUMN_REF" and selected["column_names"][-1] == "_id")


def _find_rows(source: Any) -> tuple[str, str, bool] | None:
    """The table of a query's rows, the name that it goes by, and whether it is alone: not beside the edition."""
    if source["type"] == "JOIN" and source["ref_type"] == "CROSS" and _is_table(source["right"], EDITION):
        left_rows = _find_rows(source["left"])
        return (*left_rows[:2], False) if left_rows and left_rows[2] else None
    if _is_table(source):
        return source["table_name"], (source["alias"] or source["table_name"]).lower(), True
    return None


def _is_table(source: Any, name: str | None = None) -> bool:
    """Whether this is a table, whole and of no other schema. With `name`, this one and called so."""
    return bool(
        source["type"] == "BASE_TABLE"
        and not (source["sample"] or source["column_name_alias"] or source["schema_name"] or source["catalog_name"])
        and (name is None or (source["table_name"], source["alias"]) == (name, ""))
    )
