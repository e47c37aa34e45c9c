"""The one way from a template to HTML: all that it puts on a page is on one line and escaped, but for what is Markup.

A component's template is the file of its name in its folder, `agenda/agenda.html`, a macro for each part. A line break
between two tags of a template is for its reader alone and does not reach the page.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.environment import TemplateModule
from jinja2.ext import Extension
from markupsafe import Markup

from improvement_board import words

FOLDER = Path(__file__).resolve().parent
BETWEEN_TAGS = re.compile(r"(?<=[>}])(\s*\n\s*)(?=[<{])")


class Joined(Extension):
    """Makes line breaks between tags comments, which keep the template's lines numbered."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template's text as it is compiled."""
        return BETWEEN_TAGS.sub(r"{#\1#}", source)


@cache
def environment() -> Environment:
    """The environment of all templates, made when the first page is drawn."""
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_on_one_line,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[Joined],
        auto_reload=False,
        cache_size=-1,
    )


def render(component: str, part: str, **values: object) -> Markup:
    """One part of a component's template, filled. Raises UndefinedError for a name that it is not given, TypeError for
    None put on the page."""
    made: Markup = getattr(_macros(component), part)(**values)
    return made


@cache
def _macros(component: str) -> TemplateModule:
    return environment().get_template(f"{component}/{component}.html").module


def _on_one_line(value: object) -> object:
    if isinstance(value, Markup):
        return value
    if value is None:
        raise TypeError("None has no words on a page")
    return words.on_one_line(str(value))
