"""What a stranger may write into an address: it is said to be unknown, and does nothing else."""

from __future__ import annotations

import pytest
from visiting import Visitor

pytestmark = pytest.mark.browser

HOSTILE = {
    "HTML": {
        "team": "<script>document.title = 'taken'</script>",
        "kpi": "<img src=x onerror=\"document.title = 'taken'\">",
        "worker": "</p><iframe src=javascript:alert(1)>",
        "category": "\"'`; drop table extracts; --",
    },
    "Markdown": {
        "team": "![x](https://example.invalid/x.png)",
        "kpi": "[look](https://example.invalid/) https://example.invalid/ www.example.invalid",
        "worker": ":material/home: :red[alarm] $x^2$ # head",
        "category": "![x](https://example.invalid/y.png)",
    },
    "long": {"team": "x" * 5000, "kpi": "word " * 1000, "worker": "%00" * 1000, "category": "<" * 5000},
}


@pytest.mark.parametrize("values", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_address_is_noticed_and_does_nothing(visitor: Visitor, values: dict[str, str]) -> None:
    """That no other host is asked for anything, and no error met, is what every visitor is held to."""
    page = visitor.open("/indicator", **values)
    said = page.locator(".ib-notice").all_inner_texts()
    assert len(said) == len(values)
    for value in values.values():
        start = " ".join(value.split())[:40]
        assert any(start in text for text in said)
    assert all(len(text) < 250 for text in said)
    assert page.locator(".ib-notice :not(p)").count() == 0
    assert page.locator("h1").inner_text() == "Average caseload"
    assert page.title().startswith("Average caseload")
    assert page.locator('[data-testid="stException"], iframe').count() == 0
