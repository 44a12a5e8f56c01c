"""CSV that a CSV reader reads: IRIs of evidence hold a comma."""

import csv
import io

from kg.iri import DEFAULT_BASE
from kg.store import open_store
from kg.terms import literal


def test_a_comma_in_an_iri_does_not_split_its_cell() -> None:
    store = open_store("memory:", base=DEFAULT_BASE)
    words = 'He said: "see http://a/x#char=1,2",\r\nand http://a/x#char=1,2 again'
    graph = f"{DEFAULT_BASE}article/x"
    store.replace([(graph, [("<http://a/x#char=3,9>", "<http://p>", literal(words))])])
    text = f"SELECT ?s ?p ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    body = store.query(text, table="text/csv").body.decode()
    (row,) = csv.DictReader(io.StringIO(body, newline=""))
    assert row == {"s": "http://a/x#char=3,9", "p": "http://p", "o": words}
