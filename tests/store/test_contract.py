"""What every store promises, tried on each kind."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import terms
from kg.errors import BadQuery, NoFormat, StoreError
from kg.store import Answer, Dataset, Store, open_store
from kg.terms import Triple
from tests.store.conftest import BASE, G1, G2, VIEW, P, graph


def column(answer: Answer, name: str = "o") -> list[str]:
    rows = json.loads(answer.body)["results"]["bindings"]
    return sorted(row[name]["value"] for row in rows)


def test_reads_back_what_was_written(store: Store) -> None:
    store.replace([(G1, [*reversed(graph("a", "x", "y")), *graph("a", "x")])])
    assert store.read(G1) == graph("a", "x", "y")
    assert store.graphs() == [G1]
    assert store.size() == 2


def test_replacing_leaves_nothing_of_the_old_graph(three: Store) -> None:
    three.replace([(G1, graph("a", "one", "more")), (G2, graph("c", "other"))])
    assert three.read(G1) == graph("a", "more", "one")
    assert three.read(G2) == graph("c", "other")
    three.replace([(G1, graph("a", "last"))])
    assert three.read(G1) == graph("a", "last")
    assert three.read(VIEW) == graph("v", "view")


def test_replacing_with_nothing_drops_the_graph(three: Store) -> None:
    three.replace([(G1, []), (f"{BASE}article/3", [])])
    assert three.graphs() == sorted([G2, VIEW])


def test_a_graph_given_twice_ends_as_given_last(store: Store) -> None:
    store.replace([(G1, graph("a", "first")), (G1, graph("a", "second"))])
    assert store.read(G1) == graph("a", "second")


def test_many_graphs_at_once(store: Store) -> None:
    many = [(f"{BASE}article/{n}", graph(str(n), *map(str, range(300)))) for n in range(60)]
    store.replace(iter(many[:1]))
    store.replace(iter(many))
    assert store.size() == 18_000
    assert all(store.read(iri) == triples for iri, triples in many)


def test_remove_says_whether_it_was_there(three: Store) -> None:
    assert three.remove(G1) is True
    assert three.remove(G1) is False
    assert three.read(G1) == []
    assert three.graphs() == sorted([G2, VIEW])


@pytest.mark.parametrize(
    ("triple", "message"),
    [
        (("_:b", P, '"x"'), "blank node"),
        (("<http://x.example/s>", P, "_:b"), "blank node"),
        (("<http://x.example/s>", P, "no quotes"), "not"),
        (("<http://x.example/s>", P, '"\ud800"'), "lone surrogate"),
    ],
)
def test_refuses_what_is_not_a_triple_and_keeps_the_rest(
    three: Store, triple: Triple, message: str
) -> None:
    for iri in (G1, f"{BASE}article/new"):
        before = three.read(iri)
        with pytest.raises(StoreError, match=message):
            three.replace([(iri, [*graph("a", "good"), triple])])
        assert three.read(iri) == before


def test_refuses_a_graph_name_that_is_not_an_iri(store: Store) -> None:
    with pytest.raises(StoreError, match="not a graph IRI"):
        store.replace([("no iri", graph("a", "x"))])


def test_plain_patterns_ask_the_view_and_graph_patterns_every_graph(three: Store) -> None:
    assert column(three.query("SELECT ?o { ?s ?p ?o }")) == ["view"]
    assert column(three.query("SELECT ?o { GRAPH ?g { ?s ?p ?o } }")) == ["one", "two", "view"]


def test_the_querys_own_dataset_wins_over_the_view(three: Store) -> None:
    assert column(three.query(f"SELECT ?o FROM <{G1}> {{ ?s ?p ?o }}")) == ["one"]
    both = f"SELECT ?o FROM <{G1}> FROM <{G2}> {{ ?s ?p ?o }}"
    assert column(three.query(both)) == ["one", "two"]
    named = f"SELECT ?o FROM NAMED <{G2}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    assert column(three.query(named)) == ["two"]
    assert column(three.query(f"SELECT ?o FROM NAMED <{G2}> {{ ?s ?p ?o }}")) == []


def test_the_word_from_elsewhere_is_no_dataset(three: Store) -> None:
    text = 'SELECT ?o # FROM <a:b>\n{ ?s ?p ?o FILTER(?o != " FROM <a:b>") ?from ?p ?o }'
    assert column(three.query(text)) == ["view"]


def test_the_requests_dataset_wins_over_all(three: Store) -> None:
    plain, every = "SELECT ?o { ?s ?p ?o }", "SELECT ?o { GRAPH ?g { ?s ?p ?o } }"
    assert column(three.query(plain, dataset=Dataset((G1, G2)))) == ["one", "two"]
    assert column(three.query(every, dataset=Dataset((G1,)))) == ["one", "two", "view"]
    assert column(three.query(every, dataset=Dataset((G1,), (G2,)))) == ["two"]
    assert column(three.query(every, dataset=Dataset((G1,), ()))) == []
    own = f"SELECT ?o FROM <{G1}> {{ ?s ?p ?o }}"
    assert column(three.query(own, dataset=Dataset((G2,)))) == ["two"]


def test_bindings_stand_wherever_the_variable_stands(three: Store) -> None:
    text = "SELECT ?s ?w { ?s ?p ?o FILTER EXISTS { ?s ?p ?w } { SELECT ?s { ?s ?p $w } } }"
    answer = three.query(text, bindings={"w": '"view"'})
    assert column(answer, "w") == ["view"]
    assert column(three.query(text, bindings={"w": '"else"'}), "w") == []


@pytest.mark.parametrize("value", ['" } DROP ALL #', 'a"b', "?s", "\\", "line\nend", "tab\t'''"])
def test_a_binding_is_a_value_and_never_syntax(store: Store, value: str) -> None:
    store.replace([(VIEW, graph("v", value, "other"))])
    answer = store.query("SELECT ?s ?w { ?s ?p ?w }", bindings={"w": terms.literal(value)})
    assert column(answer, "w") == [value]


@pytest.mark.parametrize(
    ("name", "term"), [("w", "view"), ("w", '"a" . ?x ?y "b"'), ("w", "?s"), ("z", '"a"')]
)
def test_a_binding_that_cannot_be_is_refused(three: Store, name: str, term: str) -> None:
    with pytest.raises(BadQuery, match=rf"\?{name}"):
        three.query("SELECT ?s { ?s ?p ?w }", bindings={name: term})


@pytest.mark.parametrize(
    ("text", "form", "table", "media_type", "body"),
    [
        ("SELECT ?o { ?s ?p ?o }", "select", "text/csv", "text/csv", b"o\r\nview\r\n"),
        ("ASK { ?s ?p 'view' }", "ask", None, None, b'{"head":{},"boolean":true}'),
        ("CONSTRUCT { ?s a ?o } { ?o ?p ?s }", "construct", None, "application/n-triples", b""),
        (
            "DESCRIBE <http://x.example/v>",
            "construct",
            None,
            "application/n-triples",
            b'<http://x.example/v> <http://x.example/p> "view" .\n',
        ),
    ],
)
def test_answers_come_serialised(
    three: Store, text: str, form: str, table: str | None, media_type: str | None, body: bytes
) -> None:
    answer = three.query(text, table=table or "application/sparql-results+json")
    wanted = media_type or "application/sparql-results+json"
    assert answer == Answer(form, wanted, body)  # type: ignore[arg-type]


def test_an_unknown_format_says_what_there_is(three: Store) -> None:
    with pytest.raises(BadQuery, match="text/csv"):
        three.query("ASK {}", table="text/html")
    with pytest.raises(NoFormat, match="text/turtle") as told:
        three.query("DESCRIBE <a:b>", graph="text/html")
    assert told.value.form == "construct"
    assert three.query("ASK {}", graph="text/html").form == "ask"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("SELECT ?o { ?s ?p ?o", 1, 21),
        ("SELECT ?o {\n ?s ?p 'x' ;\n  . oops }", 3, 5),
        ("SELECT ?o {\n ?s ?p 'x }", 2, 8),
        ("SELCT ?o { ?s ?p ?o }", 1, 1),
        ("", 1, 1),
        ("ASK { ?s <a:p> _:b ;\n  ex:p ?o }", 2, 3),
        ("SELECT ?o { ?s ?p 'service' ", 1, 29),
    ],
)
def test_a_query_that_does_not_parse_says_where(
    store: Store, text: str, line: int, column: int
) -> None:
    with pytest.raises(BadQuery, match=f"line {line}, column {column}") as caught:
        store.query(text)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_errors_are_placed_in_the_text_as_written_not_as_bound(store: Store) -> None:
    text = "SELECT ?w\n{ ?s ?p ?w . ?w ?p ?o . oops }"
    with pytest.raises(BadQuery) as plain:
        store.query(text)
    with pytest.raises(BadQuery) as bound:
        store.query(text, bindings={"w": "<http://x.example/a/long/one>"})
    assert (bound.value.line, bound.value.column) == (plain.value.line, plain.value.column)


def test_no_query_calls_another_server(three: Store) -> None:
    with pytest.raises(BadQuery, match="SERVICE at line 2, column 3") as caught:
        three.query("SELECT * {\n  service SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }")
    assert (caught.value.line, caught.value.column) == (2, 3)


def test_a_service_that_hides_behind_a_comment_is_found(three: Store) -> None:
    hidden = 'SELECT * { ?a ?p ?b FILTER(?a<?b#>"""\n) SERVICE <http://127.0.0.1:1/> {} #"""\n }'
    with pytest.raises(BadQuery):
        three.query(hidden)


def test_the_letters_of_service_are_allowed_in_names_and_strings(three: Store) -> None:
    text = "PREFIX service: <a:> SELECT ?o { ?service ?p ?o FILTER(?o != 'Service') } # service"
    assert column(three.query(text)) == ["view"]


@pytest.mark.parametrize(("opening", "closing"), ["{}", "()", "[]"])
def test_ten_thousand_brackets_are_told_and_crash_nothing(
    store: Store, opening: str, closing: str
) -> None:
    deep = f"ASK {{ FILTER{opening * 10_000}1{closing * 10_000} }}"
    with pytest.raises(BadQuery, match=r"line 1, column 51.: more than 500 brackets"):
        store.query(deep)
    inside = f"ASK {{ FILTER('{opening * 10_000}' != '') }}"
    assert b"true" in store.query(inside).body


def test_updates_and_loads_are_no_queries(three: Store) -> None:
    for text in ("LOAD <http://127.0.0.1:1/>", "DROP ALL", "INSERT DATA { <a:s> <a:p> 1 }"):
        with pytest.raises(BadQuery, match="only reads") as told:
            three.query(text)
        assert (told.value.line, told.value.column) == (1, 1)
    assert three.size() == 3


def test_the_same_graphs_give_the_same_bytes_in_any_order(store: Store, other: Store) -> None:
    graphs = [(f"{BASE}article/{n}", graph(str(n), "x", "y", str(n))) for n in range(9)]
    store.replace(graphs)
    for one in [*reversed(graphs), graphs[3]]:
        other.replace([one])
    assert [(g, store.read(g)) for g in store.graphs()] == graphs
    assert [(g, other.read(g)) for g in other.graphs()] == graphs


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """A second store, on disk whatever the first is."""
    opened = open_store(f"oxigraph:{tmp_path / 'other'}", base=BASE)
    yield opened
    opened.close()


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.text(), min_size=1, max_size=4))
def test_any_text_survives_each_way_in(store: Store, texts: list[str]) -> None:
    """Written new (a load), written over (an update), and asked for as a binding."""
    wanted = graph("v", *dict.fromkeys(texts))
    store.remove(VIEW)
    store.replace([(VIEW, wanted)])
    assert store.read(VIEW) == wanted
    store.replace([(VIEW, graph("v", "between"))])
    store.replace([(VIEW, wanted)])
    assert store.read(VIEW) == wanted
    assert sorted(terms.value(o) for _, _, o in store.read(VIEW)) == sorted(set(texts))
    term = terms.literal(texts[0])
    assert b"true" in store.query("ASK { ?s ?p ?w }", bindings={"w": term}).body


def test_a_patch_takes_out_and_puts_in(store: Store) -> None:
    store.replace([(G1, graph("a", "old", "kept"))])
    store.patch(G1, graph("a", "old", "never there"), graph("a", "new", "kept"))
    assert store.read(G1) == graph("a", "kept", "new")
    store.patch(G2, [], graph("b", *map(str, range(13_000))))
    assert len(store.read(G2)) == 13_000
    store.patch(G2, graph("b", "1"), graph("b", *map(str, range(13_000, 26_000))))
    assert len(store.read(G2)) == 25_999


def test_a_graph_of_many_steps_holds_what_was_given_and_nothing_else(store: Store) -> None:
    store.replace([(G1, graph("a", "old")), (G2, graph("b", "kept"))])
    wanted = graph("a", *(f"{number:06}" for number in range(100_000)))
    store.fill(G1, iter([*wanted, wanted[0]]))
    assert store.read(G1) == wanted
    store.fill(G1, wanted[:3])
    assert store.read(G1) == wanted[:3]
    assert store.read(G2) == graph("b", "kept")
    with pytest.raises(StoreError):
        store.fill(G1, [("<http://x/s>", "<http://x/p>", "no term")])


def test_relative_iris_are_those_of_the_store(store: Store) -> None:
    found = store.query("SELECT (<actor/x> AS ?who) {}", table="text/csv")
    assert found.body.decode() == f"who\r\n{store.base}actor/x\r\n"
