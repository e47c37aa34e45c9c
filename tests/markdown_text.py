"""The documentation's Markdown taken apart: sections, tables, code blocks, links."""

from __future__ import annotations

import re
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
TOP = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "GLOSSARY.md")
DOCUMENTS = (*TOP, *sorted(str(file.relative_to(REPOSITORY)) for file in (REPOSITORY / "docs").rglob("*.md")))
FENCED = re.compile(r"^```(?P<language>\w*)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (?P<title>.+)$", re.MULTILINE)
LINK = re.compile(r"(?P<picture>!?)\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]+)\)")
CODE = re.compile(r"`([^`]+)`")
Row = dict[str, str]


def read(document: str) -> str:
    """The text of a document of the repository."""
    return (REPOSITORY / document).read_text(encoding="utf-8")


def prose(text: str) -> str:
    """The text without its code blocks."""
    return FENCED.sub("", text)


def blocks(text: str, language: str) -> list[str]:
    """The code blocks of a language."""
    return [found["code"] for found in FENCED.finditer(text) if found["language"] == language]


def section(document: str, title: str) -> str:
    """What stands under a heading, up to the next heading of any level."""
    text = re.sub(r"^#(?=[^#\n]*$)", "#", read(document), flags=re.MULTILINE)
    bare = FENCED.sub(lambda found: re.sub(r"^#", " #", found[0], flags=re.MULTILINE), text)
    headings = list(HEADING.finditer(bare))
    place = next(place for place, heading in enumerate(headings) if heading["title"] == title)
    end = headings[place + 1].start() if place + 1 < len(headings) else len(bare)
    return bare[headings[place].end() : end]


def tables(text: str) -> list[list[Row]]:
    """Every table of a text: a row is a dictionary by the table's header."""
    found: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.startswith("|"):
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [_rows(lines) for lines in found if lines]


def _rows(lines: list[str]) -> list[Row]:
    header, _, *body = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(header, cells, strict=True)) for cells in body]


def codes(text: str) -> list[str]:
    """What stands in backticks."""
    return CODE.findall(text)


def first_codes(rows: list[Row], column: str) -> list[str]:
    """What stands in backticks in a column, row by row."""
    return [code for row in rows for code in codes(row[column])]


def anchors(document: str) -> set[str]:
    """The addresses of a document's headings."""
    titles = (found["title"] for found in HEADING.finditer(prose(read(document))))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
