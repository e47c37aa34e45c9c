"""What a person sets for sign-in is documented, and what is documented works."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, get_args

from markdown_text import REPOSITORY, blocks, codes, read, section, tables
from pydantic import BaseModel

from improvement_board.access.providers import auth_problems
from improvement_board.access.roles import ROLES
from improvement_board.access.settings import Access, read_access
from improvement_board.declared.home import Home

EXAMPLE = ".streamlit/secrets.toml.example"
TITLE = "Sign-in and roles"


def parts_of(annotation: Any) -> list[Any]:
    """A type and all that it is made of."""
    return [annotation, *(part for annotation_part in get_args(annotation) for part in parts_of(annotation_part))]


def keys_of(model: type[BaseModel], above: str = "") -> dict[str, bool]:
    """Every key of the file with the parts above it, and whether it is needed."""
    required_by_key: dict[str, bool] = {}
    for name, field in model.model_fields.items():
        models = [
            annotation_part
            for annotation_part in parts_of(field.annotation)
            if isinstance(annotation_part, type) and issubclass(annotation_part, BaseModel)
        ]
        required_by_key |= keys_of(models[0], f"{above}{name}.") if models else {f"{above}{name}": field.is_required()}
    return required_by_key


def test_every_key_of_access_toml_is_documented_and_no_other() -> None:
    rows = tables(section("docs/how-to/sign_in.md", TITLE))[1]
    documented = {key: row["needed"] == "yes" for row in rows for key in codes(row["key"])}
    assert documented == keys_of(Access)


def test_every_role_is_documented_and_no_other() -> None:
    assert [codes(row["role"])[0] for row in tables(section("docs/how-to/sign_in.md", TITLE))[0]] == list(ROLES)


def test_the_example_of_access_toml_is_read(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.access.write_text(blocks(section("docs/how-to/sign_in.md", TITLE), "toml")[0], encoding="utf-8")
    access = read_access(home)
    assert access is not None
    assert [grant.role for grant in access.grant] == ["member", "manager", "analyst", "auditor"]


def test_the_example_of_secrets_has_every_key_and_none_filled_in() -> None:
    auth = tomllib.loads(read(EXAMPLE))["auth"]
    assert [problem.column for problem in auth_problems(auth)] == [f"auth.{key}" for key in auth]
    filled = {
        "redirect_uri": "https://board.council.gov.uk/oauth2callback",
        "cookie_secret": "0123456789abcdef0123456789abcdef",
        "client_id": "an id",
        "client_secret": "a secret",
        "server_metadata_url": "https://login.example/.well-known/openid-configuration",
    }
    assert filled.keys() == auth.keys()
    assert auth_problems(filled) == ()
    assert ".streamlit/secrets.toml" in (REPOSITORY / ".gitignore").read_text(encoding="utf-8").splitlines()
