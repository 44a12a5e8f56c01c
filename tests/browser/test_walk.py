"""What a person sees in a browser: the walk to the words and on to a file, by any means."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import networkx as nx
import pytest
from playwright.sync_api import Browser

from kg.store import Store
from scripts.browser import Seen
from tests.api.conftest import paths
from tests.browser.looks import TARGET, follow


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_first_question_to_the_words_and_on_to_a_file(
    browser: Browser, site: str, scripts: bool, tmp_path: Path
) -> None:
    with Seen.tab(browser, scripts=scripts) as seen:
        page = seen.open(f"{site}/").page
        follow(page.locator("#first-question ~ table a[href^='/statement/']").first)
        assert "Mira Tolen" in page.locator("h1").inner_text()
        follow(page.locator("blockquote a").first)
        words = page.evaluate(TARGET)
        assert words["text"].startswith("The Vardanian ombudswoman, Mira Tolen, called on Tuesday")
        assert words["shown"]
        follow(page.locator("aside.findings li.event a[href^='/event/']").first)
        follow(page.locator("dl.facts dd a[href^='/event/']").first)
        told = page.locator("main").inner_text()
        assert "Told by 2 reports, side by side" in told
        assert "Keshi Defence Ministry" in told
        event = page.locator("h1").inner_text()
        follow(page.locator("#reports + .side-by-side article:nth-child(2) blockquote a"))
        assert "killing 15 people" in page.evaluate(TARGET)["text"]
        page.go_back()
        assert page.locator("h1").inner_text() == event
        here = page.url
        page.locator("details.downloads summary").click()
        with page.expect_download() as loading:
            page.locator("a[download][href*='/export/gexf']").click()
        loading.value.save_as(tmp_path / "event.gexf")
        graph = nx.read_gexf(tmp_path / "event.gexf")
        nodes = [data for _, data in graph.nodes(data=True)]
        (found,) = (one for one in nodes if urlsplit(one["url"]).path == urlsplit(here).path)
        assert found["text"] in event
        assert seen.elsewhere == seen.complaints == []


def test_a_highlight_leads_to_its_record_and_back(plain: Seen, site: str, store: Store) -> None:
    page = plain.open(site + paths(store, "articles")[0]).page
    follow(page.locator("mark.statement a").first)
    assert re.search(r"/statement/\w+$", page.url)
    follow(page.locator("tbody tr:first-child td a").first)
    assert "#c" in page.url
    assert page.evaluate(TARGET)["colour"] not in ("rgba(0, 0, 0, 0)", "transparent")


def test_an_evidence_iri_opens_at_its_words(plain: Seen, site: str, store: Store) -> None:
    path = paths(store, "articles")[0]
    plain.open(f"{site}{path}#char=57,64")
    found = plain.page.evaluate("document.querySelector(':target').parentElement.textContent")
    assert found == "Tuesday"
