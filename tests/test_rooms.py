"""Which room of the house may hold what."""

from __future__ import annotations

import ast
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


def imports(file: Path) -> set[str]:
    """The names of the packages that a file imports, anywhere in it."""
    imported = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            imported.add(node.module.split(".")[0])
    return imported


def test_streamlit_is_imported_in_the_app_its_pages_and_the_dashboard_alone() -> None:
    package = REPOSITORY / "improvement_board"
    with_streamlit = {
        file.relative_to(package).parts[0] for file in package.rglob("*.py") if "streamlit" in imports(file)
    }
    assert with_streamlit == {"dashboard"}
    assert "streamlit" in imports(REPOSITORY / "app.py")


def test_a_page_is_short_and_asks_the_package_alone() -> None:
    pages = list((REPOSITORY / "pages").glob("*.py"))
    assert pages
    for page in pages:
        assert imports(page) <= {"__future__", "improvement_board"}
        assert len(page.read_text(encoding="utf-8").splitlines()) < 40


def test_the_root_holds_its_face_and_errors_alone() -> None:
    assert {file.name for file in (REPOSITORY / "improvement_board").glob("*.py")} == {"__init__.py", "errors.py"}


def test_every_room_stands_in_the_table_of_rooms() -> None:
    rooms = {
        folder.name for folder in (REPOSITORY / "improvement_board").iterdir() if (folder / "__init__.py").is_file()
    }
    written = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert {room for room in rooms if f"\n| `{room}/` |" not in written} == set()
