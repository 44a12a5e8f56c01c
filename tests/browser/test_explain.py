"""From a statement to why it was read so, and on to the event it speaks of."""

from collections.abc import Iterator

import pytest

from api.app import create_app
from kg.config import Settings
from kg.edtf import parse_date
from kg.iri import DEFAULT_BASE
from kg.model import Article
from kg.pipeline import ingest
from kg.reading import Explainer, ready_extractor
from kg.store import Store, open_store
from scripts.chromium import Page
from tests.api.conftest import paths
from tests.api.serving import serving
from tests.browser.test_walk import CONTRAST, CUT, NARROW, SIDEWAYS

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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_statement_leads_to_why_and_why_to_the_event(
    page: Page, site: str, store: Store, scheme: str
) -> None:
    page.scripts(False).media(prefers_color_scheme=scheme).wide(NARROW, 740)
    page.open(site + paths(store, "statements")[0])
    page.follow("dl.facts a[href$='/explain']")
    table = page.value("document.querySelector('main table').innerText")
    assert "cues.tsv line" in table
    assert "counted from the publication date 2024-04-12" in table
    assert not page.value("document.querySelector('details table').checkVisibility()")
    page.value("document.querySelector('summary').click()")
    assert "nsubj" in page.value("document.querySelector('details').innerText")
    assert page.value(SIDEWAYS) <= NARROW
    assert page.value(CONTRAST) == []
    page.follow("td .more a[href^='/report/']")
    assert "What it hits" in page.value("document.querySelector('dl.facts').innerText")
    page.follow("#reports + .side-by-side a[href*='/explain#']")
    assert page.value("document.querySelector(':target h2').innerText").startswith("Report")
    assert page.value(CUT) == []
    assert page.value(SIDEWAYS) <= NARROW
    assert page.value(CONTRAST) == []
    assert page.hosts() == {"127.0.0.1"}
    assert page.complaints == []


def test_a_phone_has_no_label_for_what_is_not_known(page: Page, site: str) -> None:
    page.wide(NARROW, 740).open(f"{site}/events")
    alone = """[...document.querySelectorAll('td:has(> .more:first-child)')].map(
      e => [e.innerText, getComputedStyle(e, '::before').content])"""
    assert page.value(alone) == [["to Two people", "none"]]
