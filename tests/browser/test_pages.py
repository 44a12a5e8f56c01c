"""Every page, with scripts and without, wide and narrow, light and dark, on paper."""

import pytest
from playwright.sync_api import Browser

from kg.filters import KINDS, Filters, select_ids
from kg.iri import DEFAULT_BASE
from kg.store import Store
from scripts.browser import AXE, Seen
from tests.api.conftest import paths
from tests.browser.looks import CLIPPED, CUT, LINKS, LOWEST, OPENED, SIDEWAYS, follow

LISTS = (
    *("/", *(f"/{kind}" for kind in KINDS), "/timeline", "/map", "/graph", "/queries", "/sparql"),
    *("/docs", "/search?q=shelling", "/search", "/statements?q=shelling", "/statements?q=nothing"),
    *("/docs/shapes", "/judgements", "/ontology", "/.well-known/void"),
    *(f"/queries/who-called-for?view={view}" for view in ("table", "timeline")),
)
NARROW = 360
WHITE = "rgb(255, 255, 255)"


def every(store: Store) -> list[str]:
    return [*LISTS, *(paths(store, kind)[0] for kind in KINDS), disputed(store)]


def disputed(store: Store) -> str:
    """The event with most on its page: two reports, tolls, claim and denial."""
    (found,) = select_ids(store, Filters.parse("events", {"status": ["disputed"]})).ids
    return f"/{found.removeprefix(DEFAULT_BASE)}"


@pytest.mark.slow
@pytest.mark.skipif(not AXE.is_file(), reason="built without the packages of web/")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_complains_asks_another_host_or_shuts_anybody_out(
    browser: Browser, site: str, store: Store, scheme: str
) -> None:
    with Seen.tab(browser, scheme="dark" if scheme == "dark" else "light") as seen:
        for path in every(store):
            seen.open(site + path)
            assert seen.page.title().endswith("conflict-kg")
            assert seen.page.locator("h1").count() == 1
            seen.page.evaluate(OPENED)
            assert seen.serious() == [], path
            assert seen.elsewhere == seen.complaints == [], path


@pytest.mark.slow
@pytest.mark.parametrize("scripts", [True, False])
def test_no_page_scrolls_sideways_on_a_phone(
    browser: Browser, site: str, store: Store, scripts: bool
) -> None:
    with Seen.tab(browser, scripts=scripts, width=NARROW, height=740) as seen:
        for path in every(store):
            seen.open(site + path)
            seen.page.evaluate(OPENED)
            assert seen.page.evaluate(SIDEWAYS) <= NARROW, path
            assert path == "/docs" or seen.page.evaluate(CUT) == [], path
            assert seen.elsewhere == seen.complaints == [], path


def test_what_is_added_to_a_row_or_an_item_stands_on_a_line_of_its_own(
    plain: Seen, site: str
) -> None:
    page = plain.open(f"{site}/").page
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend',"
        "'<ul><li id=item>accepted it<span class=more>I have read it.</span></li></ul>')"
    )
    assert page.locator("#item").inner_text().split("\n") == ["accepted it", "I have read it."]


def test_names_in_a_drawing_can_be_read_on_a_phone(browser: Browser, site: str) -> None:
    with Seen.tab(browser, scripts=False, width=NARROW, height=740) as seen:
        for path in ("/graph", "/map"):
            page = seen.open(site + path).page
            assert page.evaluate(LOWEST) >= 9, path
            told = "getComputedStyle(document.querySelector('figure'), '::before').content"
            assert "sideways" in page.evaluate(told), path


def test_a_phone_leads_past_the_filters_to_the_list(phone: Seen, site: str) -> None:
    page = phone.open(f"{site}/events").page
    follow(page.locator(".past a"))
    assert page.url.endswith("#list")
    assert page.evaluate("document.querySelector('table').getBoundingClientRect().top") < 740
    page.set_viewport_size({"width": 1060, "height": 740})
    assert not page.locator(".past").is_visible()


def test_the_keyboard_skips_to_the_content(tab: Seen, site: str) -> None:
    page = tab.open(f"{site}/statements").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_paper_holds_the_words_and_not_the_controls(plain: Seen, site: str, store: Store) -> None:
    for path in (paths(store, "articles")[0], disputed(store), "/statements"):
        page = plain.open(site + path).page
        page.emulate_media(media="print")
        for control in page.locator("header.site, form, button, .button, .skip, footer a").all():
            assert not control.is_visible(), path
        assert page.evaluate(CLIPPED) == [], path
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == WHITE
        footer = page.locator("footer").inner_text()
        assert "check them before you rely on it" in footer
        assert site + path in footer


def test_marked_words_are_told_apart_on_paper(plain: Seen, site: str, store: Store) -> None:
    page = plain.open(site + paths(store, "articles")[0]).page
    page.emulate_media(media="print")
    kinds = [page.locator(f"mark.{kind}").first for kind in ("statement", "event")]
    colours = {one.evaluate("one => getComputedStyle(one).backgroundColor") for one in kinds}
    assert len(colours) == 2
    assert WHITE not in colours
    kept = {one.evaluate("one => getComputedStyle(one).printColorAdjust") for one in kinds}
    assert kept == {"exact"}
    number = page.locator("mark a.note").first
    assert number.evaluate("one => getComputedStyle(one, '::after').content") != "none"
    original = page.locator(".legend a[rel~=external]")
    written = original.evaluate("one => getComputedStyle(one, '::after').content")
    assert "https://" in written


@pytest.mark.parametrize("path", ["/map", "/sparql", "/graph"])
def test_an_island_takes_nothing_away(tab: Seen, plain: Seen, site: str, path: str) -> None:
    before = plain.open(site + path).page.evaluate(LINKS)
    after = tab.open(site + path).page.evaluate(LINKS)
    assert len(before) > 10
    assert set(before) <= set(after)


def test_an_error_is_a_page_that_leads_on(browser: Browser, site: str) -> None:
    for scheme in ("light", "dark"):
        with Seen.tab(browser, scheme="dark" if scheme == "dark" else "light") as seen:
            page = seen.open(f"{site}/event/nothing").page
            assert seen.serious() == []
            assert seen.elsewhere == []
            follow(page.locator("main a", has_text="all statements"))
            assert "statements" in page.locator("h1").inner_text()


def test_dark_and_light_differ(browser: Browser, site: str) -> None:
    found = set()
    for dark in (False, True):
        with Seen.tab(browser, scheme="dark" if dark else "light") as seen:
            page = seen.open(f"{site}/").page
            found.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(found) == 2
