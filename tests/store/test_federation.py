"""SERVICE means what SPARQL 1.1 Federated Query says, and what comes back is only ever data."""

import json
from collections.abc import Callable

import pytest

from kg.errors import BadInput, BadQuery, Forbidden, Unsupported
from kg.sparql import rows
from kg.store import JSON, Store, open_store
from kg.store.federation import Ask, Federating
from kg.store.text.updates import Rights, prepare

BASE = "http://x.example/"
VIEW = f"{BASE}graph/view"
FAR = "http://far.example/sparql"
HERE = [("<a:1>", "<a:p>", '"one"'), ("<a:2>", "<a:p>", '"two"')]
THERE = [
    ("<a:1>", "<a:q>", '"eins"@de'),
    ("<a:1>", "<a:q>", '"un"@fr'),
    ("<a:3>", "<a:q>", "<a:x>"),
]


def store_of(triples: list[tuple[str, str, str]]) -> Store:
    store = open_store("memory:", base=BASE)
    store.replace([(VIEW, triples)])
    return store


def asking(asked: list[tuple[str, str]]) -> Ask:
    """Another store, asked as an endpoint is, and what it was asked."""
    far = store_of(THERE)

    def ask(iri: str, query: str) -> bytes:
        asked.append((iri, query))
        if iri != FAR:
            raise BadInput(f"{iri} is not there")
        return far.query(query).body

    return ask


def found(text: str, ask: Ask | None = None) -> list[tuple[str, ...]]:
    answer = Federating(store_of(HERE), ask or asking([])).query(text, table=JSON)
    return sorted(tuple(row.values()) for row in rows(answer))


def test_rows_of_another_server_join_those_from_here() -> None:
    text = f"SELECT ?o ?q {{ ?s <a:p> ?o SERVICE <{FAR}> {{ ?s <a:q> ?q }} }}"
    assert found(text) == [("one", "eins"), ("one", "un")]


def test_in_optional_and_union_it_stands_for_itself() -> None:
    optional = f"SELECT ?o ?q {{ ?s <a:p> ?o OPTIONAL {{ SERVICE <{FAR}> {{ ?s <a:q> ?q }} }} }}"
    assert found(optional) == [("one", "eins"), ("one", "un"), ("two",)]
    union = f"SELECT ?v {{ {{ ?s <a:p> ?v }} UNION {{ SERVICE <{FAR}> {{ ?s <a:q> ?v }} }} }}"
    assert found(union) == [("a:x",), ("eins",), ("one",), ("two",), ("un",)]


def test_what_is_sent_has_its_names_made_absolute() -> None:
    asked: list[tuple[str, str]] = []
    text = f"PREFIX a: <a:> BASE <{BASE}> SELECT * {{ SERVICE <{FAR}> {{ ?s a:q <rel> # c\n }} }}"
    assert found(text, asking(asked)) == []
    assert asked == [(FAR, f"SELECT * WHERE\n{{\n?s\n<a:q>\n<{BASE}rel>\n}}")]


def test_unbound_variables_stay_unbound() -> None:
    inner = "{ ?s <a:q> ?q } UNION { ?s <a:none> ?none } UNION { BIND(1 AS ?n) }"
    text = f"SELECT ?s ?none ?n {{ SERVICE <{FAR}> {{ {inner} }} }}"
    assert found(text) == [("1",), ("a:1",), ("a:1",), ("a:3",)]


def test_a_silent_service_that_fails_is_one_empty_solution() -> None:
    text = "SELECT ?o ?q { ?s <a:p> ?o SERVICE SILENT <http://gone.example/> { ?s <a:q> ?q } }"
    assert found(text) == [("one",), ("two",)]
    with pytest.raises(BadInput, match="gone"):
        found(text.replace("SILENT", ""))


def test_a_query_without_service_is_left_as_it_is() -> None:
    asked: list[tuple[str, str]] = []
    text = 'SELECT ?o { ?s ?p ?o FILTER(?o != "SERVICE <http://x/> {}") } # SERVICE'
    assert found(text, asking(asked)) == [("one",), ("two",)]
    assert asked == []


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("SELECT * { ?s ?p ?g SERVICE ?g { ?s ?p ?o } }", Unsupported, "named by an IRI"),
        (f"SELECT * {{ {f'SERVICE <{FAR}> {{ ?s ?p ?o }}' * 9} }}", Unsupported, "8 servers"),
        (f"SELECT * {{ SERVICE <{FAR}> {{ ?s ?p ?o }}", BadQuery, "does not parse"),
        (f"SELECT * {{ SERVICE <{FAR}> {{ ?s ?p ?o ", BadQuery, "does not end"),
        (f"SELECT * {{\nSERVICE <{FAR}> {{ ?s ?p ?o }}\n?s ?p }}", BadQuery, "line 3, column 7"),
    ],
)
def test_errors_are_told_with_their_place(text: str, error: type[BadQuery], said: str) -> None:
    with pytest.raises(error, match=said) as told:
        found(text)
    assert told.value.line is not None


def answer(variables: list[str], *found: dict[str, dict[str, str]]) -> Callable[..., bytes]:
    body = json.dumps({"head": {"vars": variables}, "results": {"bindings": list(found)}})
    return lambda iri, query: body.encode()


@pytest.mark.parametrize(
    "ask",
    [
        answer(["o } } ; DROP ALL"]),
        answer(["o"], {"o": {"type": "uri", "value": "a:b> } } #"}}),
        answer(["o"], {"o": {"type": "literal", "value": "x", "xml:lang": "en } #"}}),
        answer(["o"], {"o": {"type": "literal", "value": "x", "datatype": "a:b> } #"}}),
        answer(["o"], {"o": {"type": "bnode", "value": "b"}}),
        lambda iri, query: b'{"boolean": true}',
        lambda iri, query: b"[]",
        lambda iri, query: b"<html>",
    ],
)
def test_an_answer_that_is_no_table_of_terms_is_refused(ask: Ask) -> None:
    with pytest.raises(BadInput, match="no table"):
        found(f"SELECT * {{ SERVICE <{FAR}> {{ ?s ?p ?o }} }}", ask)


def test_a_literal_of_another_server_stays_a_literal() -> None:
    evil = '" } } ; DROP ALL ; #\n\\" \\u0022'
    ask = answer(["o"], {"o": {"type": "literal", "value": evil}})
    assert found(f"SELECT ?o {{ SERVICE <{FAR}> {{ ?s ?p ?o }} }}", ask) == [(evil,)]


def test_an_update_takes_what_another_server_says() -> None:
    store = store_of(HERE)
    insert = "INSERT { GRAPH <me:g> { ?s <a:q> ?q } }"
    text = f"{insert} WHERE {{ ?s <a:p> ?o SERVICE <{FAR}> {{ ?s <a:q> ?q }} }}"
    rights = Rights(BASE, ask=asking([]))
    store.update(prepare(text, rights, endpoint=BASE).text)
    assert store.read("me:g") == THERE[:2]


def test_nobody_is_asked_for_an_update_that_is_refused() -> None:
    asked: list[tuple[str, str]] = []
    text = f"DELETE {{ ?s ?p ?o }} WHERE {{ SERVICE <{FAR}> {{ ?s ?p ?o }} }}"
    with pytest.raises(Forbidden):
        prepare(text, Rights(BASE, ask=asking(asked)), endpoint=BASE)
    assert asked == []
