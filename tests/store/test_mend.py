"""What the engine reads otherwise than the specification, as a store answers it."""

import contextlib
from collections.abc import Iterator

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import BadQuery, Unsupported
from kg.store import Dataset, Store, open_store
from kg.store.text import patterns
from kg.store.text.named import with_named_graphs
from kg.store.text.zero import with_zero_paths

BASE = "http://x.example/"
VIEW = f"{BASE}graph/view"
P = f"PREFIX : <{BASE}>\n"


def iri(name: str) -> str:
    return f"<{BASE}{name}>"


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    made = open_store("memory:", base=BASE)
    view = [(iri("a"), iri("p"), iri("b")), (iri("b"), iri("p"), iri("c"))]
    two = [(iri("s"), iri("p"), iri("o")), (iri("t"), iri("p"), iri("o"))]
    made.replace(
        [
            (VIEW, view),
            (f"{BASE}g1", [(iri("s"), iri("p"), iri("o"))]),
            (f"{BASE}g2", two),
            (f"{BASE}g3", [(iri("s"), iri("q"), iri("z"))]),
        ]
    )
    yield made
    made.close()


def rows(store: Store, text: str, dataset: Dataset | None = None) -> list[str]:
    """The rows of an answer in CSV, IRIs by their last part, sorted."""
    found = store.query(P + text, table="text/csv", dataset=dataset).body.decode()
    return sorted(line.replace(BASE, "") for line in found.split("\r\n")[1:-1])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("SELECT ?x { :a :p* ?x }", ["a", "b", "c"]),
        ("SELECT ?x { :nowhere :p* ?x }", ["nowhere"]),
        ("SELECT ?x { ?x :p* :nowhere }", ["nowhere"]),
        ("SELECT ?x { ?x :p? :c }", ["b", "c"]),
        ("SELECT ?x { ?x (:p|:q)? :nowhere }", ["nowhere"]),
        ("SELECT ?x { ?x (:p*/:q*) :nowhere }", ["nowhere"]),
        ("SELECT ?x { ?x ^:p* :nowhere }", ["nowhere"]),
        ("SELECT ?x { ?x :p*/:q :nowhere }", []),
        ("SELECT ?x { ?x :p+ :nowhere }", []),
        ("SELECT ?x { ?x :p* 12.5 }", ["12.5"]),
        ('SELECT ?x { ?x :p* "a"@en }', ["a"]),
        ("SELECT ?x ?y { :nowhere :p* ?x . :a :p ?y }", ["nowhere,b"]),
        ("SELECT ?x ?y { :a :p ?y ; :p* ?x }", ["a,b", "b,b", "c,b"]),
        ("SELECT (1 AS ?x) { :nowhere :p* :nowhere }", ["1"]),
        ("SELECT (1 AS ?x) { :nowhere :p* :elsewhere }", []),
        ("SELECT ?x { OPTIONAL { :nowhere :p? ?x } }", ["nowhere"]),
        ("SELECT ?x { { SELECT ?x { :nowhere :p? ?x } } }", ["nowhere"]),
        (
            "SELECT ?g ?x { GRAPH ?g { :t :p* ?x } }",
            ["g1,t", "g2,o", "g2,t", "g3,t", "graph/view,t"],
        ),
        ("SELECT ?x { GRAPH :g1 { :t :p* ?x } }", ["t"]),
    ],
)
def test_a_path_of_no_steps_finds_a_term_that_is_nowhere(
    store: Store, text: str, wanted: list[str]
) -> None:
    assert rows(store, text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("SELECT ?g ?x { GRAPH ?g { { SELECT ?x { ?x :p :o } } } }", ["g1,s", "g2,s", "g2,t"]),
        ("SELECT ?g ?x { GRAPH ?g { { SELECT * { ?x :p :o } } } }", ["g1,s", "g2,s", "g2,t"]),
        (
            "SELECT ?g ?x { GRAPH ?g { SELECT DISTINCT ?x { ?x :p ?y } ORDER BY ?x } }",
            ["g1,s", "g2,s", "g2,t", "graph/view,a", "graph/view,b"],
        ),
        (
            "SELECT ?g ?n { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?x :p :o } } }",
            ["g1,1", "g2,2", "g3,0", "graph/view,0"],
        ),
        (
            "SELECT ?g ?n { GRAPH ?g { ?z :q ?w { SELECT (COUNT(*) AS ?n) { ?x :p :o } } } }",
            ["g3,0"],
        ),
        (
            "SELECT ?g ?o ?n { GRAPH ?g { SELECT ?o (COUNT(?x) AS ?n) { ?x :p ?o } GROUP BY ?o } }",
            ["g1,o,1", "g2,o,2", "graph/view,b,1", "graph/view,c,1"],
        ),
        (
            "SELECT ?g ?s { GRAPH ?g { ?s :p :o MINUS { ?other :q :z } } }",
            ["g1,s", "g2,s", "g2,t"],
        ),
        ("SELECT ?g ?s { GRAPH ?g { ?s :p :o MINUS { ?s :p :o } } }", []),
        (
            "SELECT ?g ?v { GRAPH ?g { VALUES ?v { 1 } } }",
            ["g1,1", "g2,1", "g3,1", "graph/view,1"],
        ),
        ("SELECT ?g ?v { GRAPH ?g { VALUES ?v { :s } ?v :p :o } }", ["g1,s", "g2,s"]),
        (
            "SELECT ?g ?n { GRAPH ?g { { SELECT ?g (COUNT(*) AS ?n) { ?x :p :o } GROUP BY ?g } } }",
            ["g1,1", "g2,2"],
        ),
        ("SELECT ?s { GRAPH :g2 { { SELECT ?s { ?s :p :o } LIMIT 5 } } }", ["s", "t"]),
    ],
)
def test_what_is_in_graph_is_asked_graph_by_graph(
    store: Store, text: str, wanted: list[str]
) -> None:
    assert rows(store, text) == wanted


def test_what_cannot_be_said_graph_by_graph_is_refused_with_what_to_do(store: Store) -> None:
    for inner in ("SELECT ?s { ?s :p :o } LIMIT 1", "SELECT DISTINCT * { ?s :p :o }"):
        with pytest.raises(Unsupported, match="select its variable there"):
            rows(store, f"SELECT * {{ GRAPH ?g {{ {inner} }} }}")
    with pytest.raises(BadQuery, match="oops: is not declared"):
        rows(store, "SELECT * { GRAPH ?g { SELECT ?s { ?s :p :o } LIMIT 1 } } oops:")


def test_concatenations_are_simple_and_keywords_have_no_case(store: Store) -> None:
    text = 'SELECT (LANG(GROUP_CONCAT(?v; SEPARATOR=")(")) AS ?l) { VALUES ?v { "a"@en "b"@en } }'
    assert rows(store, text) == ['""']
    assert rows(store, "SELECT (TRUE AS ?t) (False AS ?f) {}") == ["true,false"]


def test_a_mistake_is_placed_in_the_text_as_it_was_written(store: Store) -> None:
    text = "SELECT (GROUP_CONCAT(?v) AS ?a) { ?v ?p ?o . ?v ?p }"
    with pytest.raises(BadQuery) as caught:
        store.query(text)
    with pytest.raises(SyntaxError, match=f"error at 1:{caught.value.column}:"):
        pyoxigraph.Store().query(text)


def test_labels_that_a_change_would_part_keep_the_query_as_it_was(store: Store) -> None:
    assert rows(store, "SELECT ?x { _:b :p ?y . ?x :p* :b . _:b :p :c }") == ["a", "b"]


@given(st.text(alphabet='{}()[]*?.;,/|^!:ax "<>1 GRAPHSELECT', max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    inside = f"ASK {{ GRAPH ?g {{ VALUES ?x {{}} {text} }} }}"
    for wrapped in (text, f"SELECT * {{ {text} }}", inside):
        with_zero_paths(wrapped, lambda prologue, term: False)
        with contextlib.suppress(Unsupported):
            with_named_graphs(wrapped)


def test_deep_texts_are_left_to_the_engine() -> None:
    deep = "ASK " + "{" * 5000 + "}" * 5000
    with pytest.raises(patterns.Unread):
        patterns.read(deep)
    assert with_zero_paths(deep, lambda prologue, term: False) == deep
