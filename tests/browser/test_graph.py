"""The graph island: the server's positions to move in, by mouse and by keys."""

import pytest
from playwright.sync_api import Route

from api.islands import bundled
from scripts.browser import Seen
from tests.browser.looks import follow

pytestmark = pytest.mark.skipif(not bundled("graph"), reason="built without islands")


def test_a_graph_is_walked_with_the_keys_and_leads_to_a_record(tab: Seen, site: str) -> None:
    page = tab.open(f"{site}/graph?projection=actor-event").page
    stage = page.locator(".stage")
    stage.focus()
    page.keyboard.press("ArrowRight")
    status = page.locator(".status")
    assert "edges" in status.inner_text()
    first = page.locator(".panel h3").inner_text()
    names = {first}
    for key in ("ArrowLeft", "ArrowUp", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
        names.add(page.locator(".panel h3").inner_text())
        assert page.locator(".panel h3").inner_text() in status.inner_text()
    assert len(names) > 1
    leads = page.locator(".panel h3 a").get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{leads}")
    assert page.locator("h1").inner_text()


def test_a_name_is_found_and_its_ties_lead_on(tab: Seen, site: str) -> None:
    page = tab.open(f"{site}/graph").page
    choose(tab, "Mira Tolen")
    follow(page.locator(".panel li a").first)
    page.wait_for_url("**/statement/*")


def choose(tab: Seen, name: str) -> None:
    """Find a name and wait until it is chosen."""
    found = tab.page.locator("#graph-find")
    found.fill(name)
    found.dispatch_event("change")
    tab.page.locator(".panel h3", has_text=name).wait_for()


def test_neighbours_are_added_and_a_path_is_shown(tab: Seen, site: str) -> None:
    page = tab.open(f"{site}/graph?projection=actor-statement-event&limit=8").page
    first = page.locator("#graph-names option").first.get_attribute("value") or ""
    choose(tab, first)
    page.locator(".panel button").first.click()
    page.locator(".status", has_text="more nodes").wait_for()
    page = tab.open(f"{site}/graph?projection=actor-statement-event").page
    choose(tab, "Mira Tolen")
    page.get_by_role("button", name="A path from here").click()
    choose(tab, "Keshi Defence Ministry")
    page.get_by_role("button", name="The path from Mira Tolen").click()
    page.locator(".status", has_text="drawn bold").wait_for()
    page.locator("#graph-communities").check()


def test_neighbours_of_a_part_say_that_the_whole_is_being_drawn(tab: Seen, site: str) -> None:
    def part(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"whole": False})

    page = tab.open(f"{site}/graph?projection=actor-statement-event&limit=8").page
    page.route("**/graph?*around=*", part)
    choose(tab, page.locator("#graph-names option").first.get_attribute("value") or "")
    page.get_by_role("button", name="Show its neighbours").click()
    page.locator(".status", has_text="the whole graph is being drawn").wait_for()
    page.locator(".panel li a").first.wait_for()
