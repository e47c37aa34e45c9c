"""What axe-core finds wrong with a page by the Web Content Accessibility Guidelines 2.2, levels A and AA."""

from __future__ import annotations

from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}


COLOURS = ("color-contrast", "link-in-text-block")  # all that another theme of a page changes


def violations(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """A line for each rule that the page breaks, of some or of all: the rule, and the first elements."""
    options = {**OPTIONS, "runOnly": {"type": "rule", "values": list(rules)}} if rules else OPTIONS
    broken = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {[node['html'][:160] for node in rule['nodes'][:3]]}" for rule in broken]
