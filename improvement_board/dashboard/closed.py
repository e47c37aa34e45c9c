"""A page that stands alone, at whatever address: for those who may not look, or not yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from improvement_board.access.providers import DEFAULT, providers
from improvement_board.dashboard.shell import dress, html
from improvement_board.document.sign_in import PRODUCT

PAGE_ADDRESS = re.compile(r"[\w-]{1,80}")


def alone(title: str, draw: Callable[[], None]) -> None:
    """Draw one page in place of every other, without navigation. The address that was asked for is one of its own, so
    that nothing is said of whether there is such a page."""
    st.set_page_config(page_title=f"{title} – {PRODUCT}", layout="wide")
    entries = [st.Page(draw, title=title, url_path="alone", default=True)]
    asked = asked_page()
    if PAGE_ADDRESS.fullmatch(asked):
        entries.append(st.Page(draw, title=title, url_path=asked))
    page = st.navigation(entries, position="hidden")
    dress()
    page.run()


def asked_page() -> str:
    """The page that the browser's address names; empty for the first one."""
    return urlsplit(st.context.url or "").path.rstrip("/").rpartition("/")[2]


def draw_sign_in_page(block: str, auth: Mapping[str, Any] | None) -> None:
    """A page with a button to sign in; with one for each provider where there are several."""
    html(block)
    named = providers(auth)
    for name in named:
        label = "Sign in" if len(named) == 1 else f"Sign in with {'the default' if name == DEFAULT else name}"
        asked = None if name == DEFAULT else name
        st.button(label, on_click=st.login, args=(asked,), key=f"sign-in-{name}", type="primary")
