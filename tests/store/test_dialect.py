"""Queries as they are sent to an engine elsewhere, and terms as they come back from one."""

import pytest

from kg.errors import StoreError
from kg.store.remote.dialect import NOWHERE, Put, put
from kg.store.remote.probe import SHAPES, keeps_shapes
from kg.terms import Triple

VIEW, HIDDEN = "a:view", ["a:notes"]


@pytest.mark.parametrize(
    ("text", "default", "named", "sent"),
    [
        ("ASK { ?s ?p ?o }", [VIEW], None, Put("ASK { ?s ?p ?o }", (VIEW,))),
        ("ASK { ?s ?p 'GRAPH ?g {}' }", [VIEW], None, Put("ASK { ?s ?p 'GRAPH ?g {}' }", (VIEW,))),
        ("ASK { ?s ?p ?o }", [], ["a:g"], Put("ASK { ?s ?p ?o }", (NOWHERE,))),
        ("ASK { ?s ?p ?o }", None, None, Put("ASK { ?s ?p ?o }")),
        (
            "SELECT * FROM <a:x> FROM NAMED <a:y> { ?s ?p ?o }",
            ["a:g"],
            [],
            Put("SELECT *   { ?s ?p ?o }", ("a:g",)),
        ),
        (
            "ASK { GRAPH <a:g> { ?s ?p '}' } } # }",
            [VIEW],
            None,
            Put("ASK { GRAPH <a:view> { GRAPH <a:g> { ?s ?p '}' } }} # }"),
        ),
        (
            "ASK { GRAPH <a:g> { ?s ?p ?o } }",
            [VIEW],
            [],
            Put("ASK { GRAPH <a:g> { ?s ?p ?o } }", (VIEW,), (NOWHERE,)),
        ),
        (
            "ASK { GRAPH ?g { ?s ?p ?o } }",
            None,
            None,
            Put("ASK { GRAPH ?g { ?s ?p ?o } FILTER(?g NOT IN (<a:notes>)) }"),
        ),
        (
            "DESCRIBE ?s { GRAPH <a:g> { ?s ?p ?o } }",
            [VIEW],
            None,
            Put("DESCRIBE ?s { GRAPH <a:g> { ?s ?p ?o } }", (VIEW,), ("a:1", "a:2")),
        ),
    ],
)
def test_what_is_sent(
    text: str, default: list[str] | None, named: list[str] | None, sent: Put
) -> None:
    assert put(text, default, named, hidden=HIDDEN, graphs=lambda: ["a:1", "a:2"]) == sent


def test_an_engine_that_changes_what_articles_are_made_of_is_refused() -> None:
    def dated(triples: list[Triple]) -> list[str]:
        return [o.replace("2022-10-03", "2022-10-03Z") for _, _, o in triples] * 2

    with pytest.raises(StoreError, match=r"xsd:date.*docs/scale\.md"):
        keeps_shapes(dated, "a:probe")  # type: ignore[arg-type]


def test_an_engine_that_rounds_shapes_is_known() -> None:
    assert keeps_shapes(lambda triples: [o for _, _, o in triples] * 2, "a:probe")
    assert not keeps_shapes(
        lambda triples: [o.replace(SHAPES[0], '"POINT(175 -38)"') for _, _, o in triples] * 2,
        "a:probe",
    )
