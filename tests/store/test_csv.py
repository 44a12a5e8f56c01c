"""CSV that a CSV reader reads: IRIs of evidence hold a comma."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from kg.iri import DEFAULT_BASE, graph_iri
from kg.store import open_store
from kg.terms import boolean, integer, literal


def test_a_comma_in_an_iri_does_not_split_its_cell() -> None:
    store = open_store("memory:", base=DEFAULT_BASE)
    words = 'He said: "see http://a/x#char=1,2",\r\nand http://a/x#char=1,2 again'
    graph = f"{DEFAULT_BASE}article/x"
    store.replace([(graph, [("<http://a/x#char=3,9>", "<http://p>", literal(words))])])
    text = f"SELECT ?s ?p ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    body = store.query(text, table="text/csv").body.decode()
    (row,) = csv.DictReader(io.StringIO(body, newline=""))
    assert row == {"s": "http://a/x#char=3,9", "p": "http://p", "o": words}


def test_a_comma_in_a_news_address_does_not_either() -> None:
    store = open_store("memory:", base=DEFAULT_BASE)
    address = "https://news.example/a,1518,b.html"
    view = graph_iri(DEFAULT_BASE, "view")
    store.replace([(view, [(f"<{address}>", "<http://p>", literal("plain"))])])
    body = store.query("SELECT ?s ?none ?o { ?s ?p ?o }", table="text/csv").body
    assert body == f'"{address}"'.encode().join([b"s,none,o\r\n", b",,plain\r\n"])


@given(st.lists(st.text(min_size=1), min_size=1, max_size=3), st.integers(), st.booleans())
def test_any_cell_comes_back_whole(words: list[str], number: int, flag: bool) -> None:
    store = open_store("memory:", base=DEFAULT_BASE)
    told = {literal(word): word for word in words}
    told |= {integer(number): str(number), boolean(flag): str(flag).lower()}
    view = graph_iri(DEFAULT_BASE, "view")
    store.replace([(view, [("<http://a/,>", "<http://p>", term) for term in told])])
    body = store.query("SELECT ?s ?o { ?s ?p ?o }", table="text/csv").body.decode()
    head, *rows = csv.reader(io.StringIO(body, newline=""))
    assert head == ["s", "o"]
    assert sorted(rows) == sorted(["http://a/,", word] for word in told.values())
