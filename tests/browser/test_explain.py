"""From a statement to why it was read so, and on to the event it speaks of."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from api.app import create_app
from kg.config import Settings
from kg.edtf import parse_date
from kg.iri import DEFAULT_BASE
from kg.model import Article
from kg.pipeline import ingest
from kg.reading import Explainer, ready_extractor
from kg.store import Store, open_store
from scripts.browser import Seen
from tests.api.conftest import paths
from tests.api.serving import serving
from tests.browser.looks import CUT, SIDEWAYS, follow

TEXT = (
    "REBELS HIT BRIDGE\n\nThe mayor of Azaz, Ada Lane, said on Tuesday that rebels had shelled a "
    "bridge near Aleppo, killing at least 12 people. Two people were killed in Afrin on Monday.\n"
)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    made = open_store("memory:", base=DEFAULT_BASE)
    article = Article(TEXT, published=parse_date("2024-04-12"), publisher="Lake News")
    ingest(made, [article], ready_extractor("default"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def site(store: Store) -> Iterator[str]:
    with Explainer(DEFAULT_BASE) as explainer:
        app = create_app(store, Settings(store="memory:"), explainer=explainer.explain)
        with serving(app) as address:
            yield address


def test_a_statement_leads_to_why_and_why_to_the_event(
    browser: Browser, site: str, store: Store
) -> None:
    with Seen.tab(browser, width=360, height=740) as seen:
        page = seen.open(site + paths(store, "statements")[0]).page
        follow(page.locator("dl.facts a[href$='/explain']").first)
        table = page.locator("main table").first.inner_text()
        assert "cues.tsv line" in table
        assert "counted from the publication date 2024-04-12" in table
        assert not page.locator("details table").first.is_visible()
        page.locator("summary").first.click()
        assert "nsubj" in page.locator("details").first.inner_text()
        assert page.evaluate(SIDEWAYS) <= 360
        assert seen.serious() == []
        follow(page.locator("td .more a[href^='/report/']").first)
        assert "What it hits" in page.locator("dl.facts").first.inner_text()
        follow(page.locator("a[href*='/explain#']").first)
        assert page.locator(":target h2").inner_text().startswith("Report")
        assert page.evaluate(CUT) == []
        assert page.evaluate(SIDEWAYS) <= 360
        assert seen.elsewhere == seen.complaints == []


def test_a_phone_has_no_label_for_what_is_not_known(phone: Seen, site: str) -> None:
    phone.open(f"{site}/events")
    alone = """[...document.querySelectorAll('td:has(> .more:first-child)')].map(
      e => [e.innerText, getComputedStyle(e, '::before').content])"""
    assert phone.page.evaluate(alone) == [["to Two people", "none"]]
