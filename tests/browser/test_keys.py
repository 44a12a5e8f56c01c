"""The walk to the words and on to a file by the keyboard alone, and what the focus looks like."""

from pathlib import Path
from urllib.parse import urlsplit

import networkx as nx
import pytest
from playwright.sync_api import Page

from scripts.browser import Seen
from tests.browser.looks import FOCUS, TARGET

FURTHEST = 150
"""Presses of Tab until something is given up."""


def reach(page: Page, selector: str) -> None:
    """Tab to the first element that a selector finds; whatever has the focus shows it."""
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            assert page.evaluate(FOCUS) == "shown", selector
            return
    raise AssertionError(f"no Tab leads to {selector}")


@pytest.mark.slow
def test_the_walk_by_keys_alone(plain: Seen, site: str, tmp_path: Path) -> None:
    page = plain.open(f"{site}/").page
    reach(page, "main table a[href^='/statement/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/statement/*")
    reach(page, "blockquote a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/*")
    assert page.evaluate(TARGET)["shown"]
    reach(page, "aside.findings li.event a[href^='/event/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/event/*")
    reach(page, "dl.facts dd a[href^='/event/']")
    page.keyboard.press("Enter")
    page.get_by_text("Told by 2 reports, side by side").wait_for()
    here = urlsplit(page.url).path
    reach(page, "details.downloads summary")
    page.keyboard.press("Enter")
    reach(page, "a[download][href*='/export/gexf']")
    with page.expect_download() as loading:
        page.keyboard.press("Enter")
    loading.value.save_as(tmp_path / "event.gexf")
    nodes = nx.read_gexf(tmp_path / "event.gexf").nodes(data="url")
    assert here in {urlsplit(url).path for _, url in nodes}


def test_every_way_into_a_list_has_a_visible_focus(plain: Seen, site: str) -> None:
    page = plain.open(f"{site}/statements").page
    for selector in (
        "input#f-q",
        "select#f-act",
        "summary",
        "button.main",
        ".facets a",
        "a.button",
    ):
        page.locator(selector).first.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS) == "shown", selector
