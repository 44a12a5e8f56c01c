"""The map and the SPARQL editor as islands: what the server drew stays, and can be moved in."""

from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from api.islands import bundled
from scripts.browser import Seen

pytestmark = pytest.mark.skipif(not bundled("map"), reason="built without islands")

PIN = "document.querySelector('.pin').getBoundingClientRect().x"


def until(page: Page, condition: str) -> None:
    """Wait for an expression to hold; the policy of a page forbids playwright's own way."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    raise AssertionError(condition)


def test_a_map_is_moved_by_keys_and_its_places_lead_on(tab: Seen, site: str) -> None:
    page = tab.open(f"{site}/map").page
    before = page.evaluate(PIN)
    page.locator("svg.stage").focus()
    page.keyboard.press("ArrowLeft")
    until(page, f"{PIN} > {before + 30}")
    page.keyboard.press("+")
    assert page.locator("path.land").get_attribute("d")
    page.locator("svg.stage a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/place/*")


def test_a_query_is_completed_from_our_vocabulary_and_asked(tab: Seen, site: str) -> None:
    page = tab.open(f"{site}/sparql?query={quote('SELECT * { ?s a ?o } LIMIT 1')}").page
    editor = page.locator(".cm-content")
    editor.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("SELECT ?s { ?s a ck:Statem")
    option = page.locator(".cm-tooltip-autocomplete li", has_text="ck:Statement").first
    option.click()
    page.keyboard.type(" }")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/sparql?query=PREFIX+ck**")
    assert "6 rows" in page.locator("caption").inner_text()


def test_a_mistake_is_shown_in_its_line(tab: Seen, site: str) -> None:
    page = tab.open(f"{site}/sparql?query={quote('SELECT *' + chr(10) + 'WHERE { ?s }')}").page
    assert page.locator(".cm-line.wrong").inner_text() == "WHERE { ?s }"
    assert "line 2" in page.locator("[role=alert]").inner_text()
    # The console notes the status of the page itself.
    tab.complaints.clear()


def test_no_page_without_an_island_loads_a_script(tab: Seen, site: str) -> None:
    for path in ("/", "/statements", "/queries", "/timeline"):
        assert tab.open(site + path).page.locator("script").count() == 0
