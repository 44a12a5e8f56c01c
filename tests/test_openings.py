"""An article without a headline goes by its first sentence, wherever it is named."""

from collections.abc import Iterator

import pytest

from api.app import create_app
from kg import records
from kg.commands.lines import record_lines
from kg.config import Settings
from kg.filters import Filters
from kg.header import opening
from kg.iri import DEFAULT_BASE, graph_iri
from kg.store import Store, open_store
from kg.view import build
from tests.sheet import Sheet

FIRST = "Kern denied that his guns shelled the town."


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    sheet = Sheet(f"Desk: World\nDate: 2021-05-04\n\n{FIRST} Nobody else spoke.")
    kern = sheet.actor("Kern")
    sheet.statement(FIRST, "denied", "his guns shelled the town", "deny", speaker=kern)
    held = open_store("memory:", base=DEFAULT_BASE)
    graph = sheet.graph()
    held.replace([graph, (graph_iri(DEFAULT_BASE, "view"), build(DEFAULT_BASE, [graph]))])
    yield held
    held.close()


@pytest.mark.parametrize("kind", ["articles", "statements", "actors"])
def test_records_hold_it_beside_the_absent_headline(store: Store, kind: str) -> None:
    (record,) = records.page(store, Filters.parse(kind, {}))["items"]
    named = record if kind == "articles" else record.get("article") or record["articles"][0]
    assert (named["headline"], named["opening"]) == (None, FIRST)


@pytest.mark.parametrize("path", ["/articles", "/statements", "/actors"])
def test_pages_show_it(store: Store, path: str) -> None:
    client = create_app(store, Settings(store="memory:")).test_client()
    page = client.get(path, headers={"Accept": "text/html"}).get_data(as_text=True)
    assert "without a headline" not in page
    assert FIRST in page


def test_the_command_line_shows_it(store: Store) -> None:
    (actor,) = records.page(store, Filters.parse("actors", {}))["items"]
    assert any(FIRST in line for line in record_lines(actor))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("LORIK — Shells hit the town. Twelve died.", "LORIK — Shells hit the town."),
        ("**Shells hit U.S. troops.** They died.", "Shells hit U.S. troops."),
        ("word " * 40, "word " * 17 + "word…"),
        ("\n\n", ""),
    ],
)
def test_the_first_sentence(text: str, words: str) -> None:
    assert opening(text) == words
