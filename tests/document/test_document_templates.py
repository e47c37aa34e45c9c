"""Templates alone make tags; what they show is escaped and on one line, and a name that they are not given an error."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError, meta, nodes
from jinja2.runtime import Macro
from markupsafe import Markup

from improvement_board.document.environment import FOLDER, environment, render

PACKAGE = FOLDER.parent
TEMPLATES = sorted(str(file.relative_to(FOLDER)) for file in FOLDER.rglob("*.html"))
TAG = re.compile(r"(?<![(?]P)</?[a-z]", re.IGNORECASE)
MAY_HOLD_TAGS = {
    "charts": "drawings in SVG, and line breaks as Plotly takes them",
    "dashboard/server.py": "the pattern that reads the scripts of Streamlit's page",
    "sources": "the XML that returns and workbooks are read from",
}
SAFE = {
    "parts/parts.html": ["source"],  # data of an image, percent-encoded
    "assets/assets.html": ["rules", "code"],  # files of the program
    "check_report/check_report.html": ["style"],  # likewise
}


def strings_of(tree: ast.AST) -> Iterator[ast.Constant]:
    """The texts of a module but for its docstrings; those of f-strings too."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, documented) and node.body
                  and isinstance(node.body[0], ast.Expr)}  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node


def test_no_module_builds_a_tag_in_a_text() -> None:
    built, excused = [], set()
    for file in sorted(PACKAGE.rglob("*.py")):
        place = file.relative_to(PACKAGE).as_posix()
        for text in strings_of(ast.parse(file.read_text(encoding="utf-8"))):
            if TAG.search(text.value):
                why = next((name for name in MAY_HOLD_TAGS if place == name or place.startswith(f"{name}/")), None)
                excused.add(why)
                built += [] if why else [f"{place}:{text.lineno}"]
    assert built == []
    assert excused == set(MAY_HOLD_TAGS)


class Hostile:
    """What would run in a browser, were it not escaped; all of its parts and answers are such things too, and it has as
    many parts as a template takes it apart into."""

    def __init__(self, parts: int) -> None:
        self._parts = parts

    def __str__(self) -> str:
        return "\"><script>alert('1')</script>\r\nand & so on"

    def __getattr__(self, name: str) -> Hostile:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *_: object, **__: object) -> Hostile:
        return self

    def __format__(self, _: str) -> str:
        return str(self)

    __getitem__ = __add__ = __radd__ = __call__

    def __gt__(self, _: object) -> bool:
        return True

    __lt__ = __gt__

    def __len__(self) -> int:
        return self._parts

    def __iter__(self) -> Iterator[Hostile]:
        return iter([self] * self._parts)


def macros_of(template: str) -> dict[str, Macro]:
    """The macros of a template by name, in an environment that trusts nothing to be safe."""
    trusting_nothing = environment.__wrapped__()
    trusting_nothing.filters["safe"] = lambda value: value
    module = trusting_nothing.get_template(template).module
    defined = trusting_nothing.parse((FOLDER / template).read_text(encoding="utf-8")).find_all(nodes.Macro)
    return {macro.name: getattr(module, macro.name) for macro in defined}


def fill(macro: Macro) -> str:
    """A macro filled with hostile things."""
    for parts in (2, 3, 4):
        try:
            return str(macro(*(Hostile(parts) for _ in macro.arguments)))
        except ValueError:  # it takes a thing apart into more parts
            continue
    raise AssertionError(f"{macro.name} cannot be filled")


def test_there_is_a_template_in_the_folder_of_its_name() -> None:
    assert len(TEMPLATES) > 15
    assert [name for name in TEMPLATES if Path(name).parent.name != Path(name).stem] == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_escapes_all_that_it_is_given(template: str) -> None:
    filled = [fill(macro) for macro in macros_of(template).values() if macro.arguments]
    assert any("&#34;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; and &amp; so on" in page for page in filled)
    assert [page for page in filled if "<script>a" in page or '"">' in page] == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_trusts_named_values_alone_and_quotes_attributes(template: str) -> None:
    source = (FOLDER / template).read_text(encoding="utf-8")
    tree = environment().parse(source)
    trusted = [getattr(each.node, "name", "") for each in tree.find_all(nodes.Filter) if each.name == "safe"]
    assert trusted == SAFE.get(template, [])
    assert not list(tree.find_all((nodes.ScopedEvalContextModifier, nodes.MarkSafe)))
    assert not re.search(r"=\s*{[{%]", re.sub(r"{%.*?%}", "", source))


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_name_that_a_template_is_not_given_is_an_error(template: str) -> None:
    names = meta.find_undeclared_variables(environment().parse((FOLDER / template).read_text(encoding="utf-8")))
    assert names == set()
    for macro in macros_of(template).values():
        if macro.arguments:
            with pytest.raises(UndefinedError):
                macro()


def test_an_undefined_part_and_nothing_are_errors() -> None:
    with pytest.raises(UndefinedError):
        render("changes", "back")
    with pytest.raises(TypeError, match="None"):
        render("changes", "back", link=None)
    with pytest.raises(TypeError):
        render("changes", "back", link="", lnk="")
    with pytest.raises(UndefinedError):
        environment().from_string("{{ thing.missing }}").render(thing=object())


def test_a_text_is_escaped_and_on_one_line_and_markup_stays() -> None:
    shown: Any = environment().from_string("{{ shown }}")
    assert shown.render(shown="a\r\n\tb\x00 <i>&'\"") == "a b &lt;i&gt;&amp;&#39;&#34;"
    assert shown.render(shown=Markup("<i>a\nb</i>")) == "<i>a\nb</i>"
    assert shown.render(shown=3) == "3"


def test_line_breaks_between_tags_are_not_on_the_page_and_lines_keep_their_numbers() -> None:
    joined = environment().from_string("<p>\n  <b>a</b>\n  b\n  {{ shown }}\n</p>\n\n{{ 1 / 0 }}")
    with pytest.raises(ZeroDivisionError) as raised:
        joined.render(shown="c")
    assert raised.traceback[-1].lineno + 1 == 7
    page = environment().from_string("<p>\n  <b>a</b>\n  b\n  {{ shown }}\n</p>").render(shown="c")
    assert page == "<p><b>a</b>\n  b\n  c</p>"
