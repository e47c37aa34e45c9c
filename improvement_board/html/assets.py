"""The few rules of style and the small scripts that every page carries."""

from __future__ import annotations

from functools import cache
from pathlib import Path

STATIC = Path(__file__).resolve().parent / "static"


@cache
def style_block() -> str:
    """The dashboard's style rules as one block."""
    return f"<style>{(STATIC / 'style.css').read_text(encoding='utf-8')}</style>"


@cache
def link_script() -> str:
    """Links that change the page without loading it anew."""
    return f"<script>{(STATIC / 'links.js').read_text(encoding='utf-8')}</script>"


@cache
def preload_script(chart_bundle: str) -> str:
    """Fetches the chart bundle (a path relative to the app's root) once the page is idle."""
    script = (STATIC / "preload.js").read_text(encoding="utf-8")
    return f"<script>{script.replace('CHART_BUNDLE', chart_bundle)}</script>"
