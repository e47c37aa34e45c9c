"""The head of printed pages: a rule of style that no name can leave."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from small_council import Council

from improvement_board.access.viewer import EVERYONE
from improvement_board.document.frame import css_string, paper_style
from improvement_board.page_models import Run

HOSTILE = (
    'a"; } body { display: none',
    "</style><script>alert(1)</script>",
    "\\",
    '\\" \\27 \\',
    "line\nline",
    "url(https://elsewhere.example/)",
    "Sïr Gâr & Dún na nGall – 名 \U0001f600",
    "/* */ <!-- -->",
)
ESCAPED = re.compile(r"\\([0-9a-f]{6})")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_string_of_css_is_the_text_and_nothing_else(text: str) -> None:
    written = css_string(text)
    assert re.fullmatch(r'"(?:[A-Za-z0-9]|\\[0-9a-f]{6})*"', written)
    assert ESCAPED.sub(lambda match: chr(int(match[1], 16)), written[1:-1]) == text


@pytest.mark.parametrize("name", HOSTILE)
def test_a_council_name_cannot_end_the_style_nor_the_rule(desk_council: Council, name: str) -> None:
    look = Run(desk_council.board).look(EVERYONE)
    frame = look.desk.frame(look.address)
    style = paper_style(replace(frame, council=name))
    assert style.count("<") == style.count(">") == 2
    usual = paper_style(frame)
    for mark in "{};":
        assert style.count(mark) == usual.count(mark)
    assert css_string(f"{name} Improvement Board") in style
    assert css_string(frame.label)[1:-1] in style
