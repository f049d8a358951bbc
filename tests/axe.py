"""What axe finds wrong with a page. What it finds right it does not describe, which takes it longest."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def violations(page: Page, options: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Return the rules that a page breaks, each with the nodes that do; `options` are those of axe.run()."""
    found = Axe().run(page, options={**(options or {}), "resultTypes": ["violations"]})
    return list(found.response["violations"])
