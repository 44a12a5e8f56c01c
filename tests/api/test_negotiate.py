"""Content negotiation, from a table of Accept headers."""

import pytest

from api.errors import NotAcceptable
from api.negotiate import GRAPHS, TABLES, by_name, choose, wants_html
from kg.errors import BadInput

CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (None, "json"),
        ("", "json"),
        ("*/*", "json"),
        ("application/*", "json"),
        ("application/json", "json"),
        ("application/sparql-results+xml", "xml"),
        ("application/xml", "xml"),
        ("text/csv", "csv"),
        ("TEXT/CSV", "csv"),
        ("text/*", "csv"),
        ("text/csv; charset=utf-8", "csv"),
        ("text/csv;q=0.5, text/tab-separated-values", "tsv"),
        ("text/csv;q=0.5, text/tab-separated-values;q=0.4", "csv"),
        ("text/csv;q=0.500,application/sparql-results+json;q=0.4", "csv"),
        ("text/csv;q=0, */*", "json"),
        ("application/sparql-results+json;q=0, application/json;q=0, */*;q=0.1", "xml"),
        ("text/csv, */*", "csv"),
        ("*/*;q=0.9, text/csv;q=0.1", "json"),
        ("text/*;q=0.3, text/csv;q=0.9, application/*;q=0.5", "csv"),
        ("text/turtle, text/csv;q=0.1", "csv"),
        ("nonsense, ;;, text/csv", "csv"),
        ("text/csv;q=high, text/tab-separated-values;q=0.1", "tsv"),
        ("text/csv;q=2", None),
        ("text/turtle", None),
        ("image/*", None),
        ("*/*;q=0", None),
    ],
)
def test_the_best_table_for_an_accept_header(accept: str | None, name: str | None) -> None:
    if name is not None:
        assert choose(accept, TABLES).name == name
        return
    with pytest.raises(NotAcceptable) as caught:
        choose(accept, TABLES)
    assert caught.value.offered == tuple(offer.media_type for offer in TABLES)
    assert "text/csv" in str(caught.value)


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (None, "turtle"),
        ("text/turtle", "turtle"),
        ("application/trig", "trig"),
        ("application/n-triples", "ntriples"),
        ("application/n-quads", "nquads"),
        ("application/ld+json", "jsonld"),
        ("application/ld+json;profile=http://www.w3.org/ns/json-ld#compacted", "jsonld"),
        ("application/json", "jsonld"),
        ("application/rdf+xml", "rdfxml"),
        ("application/rdf+xml;q=0.9, text/turtle;q=0.8", "rdfxml"),
    ],
)
def test_the_best_graph_for_an_accept_header(accept: str | None, name: str) -> None:
    assert choose(accept, GRAPHS).name == name


@pytest.mark.parametrize(
    ("accept", "html"),
    [
        (CHROME, True),
        ("text/html", True),
        ("text/html, */*", True),
        ("*/*", False),
        (None, False),
        ("application/json, text/html;q=0.9", False),
        ("text/html;q=0.1, application/sparql-results+json", False),
        ("image/png", False),
    ],
)
def test_who_would_rather_read_a_page(accept: str | None, html: bool) -> None:
    assert wants_html(accept, TABLES) is html


def test_only_so_many_ranges_are_read() -> None:
    many = ", ".join(["a/b"] * 99)
    assert choose(f"{many}, text/csv", TABLES).name == "csv"
    with pytest.raises(NotAcceptable):
        choose(f"{many}, a/b, text/csv", TABLES)
    with pytest.raises(NotAcceptable) as caught:
        choose("a/b," * 60_000, TABLES)
    assert len(str(caught.value)) < 500


def test_short_names() -> None:
    assert by_name("tsv", TABLES).media_type == "text/tab-separated-values"
    with pytest.raises(BadInput, match="json, xml, csv, tsv"):
        by_name("turtle", TABLES)
