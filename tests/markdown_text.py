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
    return [code_block["code"] for code_block in FENCED.finditer(text) if code_block["language"] == language]


def section(document: str, title: str) -> str:
    """What stands under a heading, up to the next heading of any level."""
    text = re.sub(r"^#(?=[^#\n]*$)", "#", read(document), flags=re.MULTILINE)
    bare = FENCED.sub(lambda heading_match: re.sub(r"^#", " #", heading_match[0], flags=re.MULTILINE), text)
    headings = list(HEADING.finditer(bare))
    heading_number = next(
        heading_number for heading_number, heading in enumerate(headings) if heading["title"] == title
    )
    end = headings[heading_number + 1].start() if heading_number + 1 < len(headings) else len(bare)
    return bare[headings[heading_number].end() : end]


def tables(text: str) -> list[list[Row]]:
    """Every table of a text: a row is a dictionary by the table's header."""
    table_lines: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.startswith("|"):
            table_lines[-1].append(line)
        elif table_lines[-1]:
            table_lines.append([])
    return [_rows(lines) for lines in table_lines if lines]


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
    titles = (heading["title"] for heading in HEADING.finditer(prose(read(document))))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
