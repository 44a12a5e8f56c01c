"""OpenRefine's Reconciliation API 0.2: names of a list matched with actors and places."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from kg.iri import DEFAULT_BASE
from tests.api.test_openapi import check


def ask(client: FlaskClient, **queries: Any) -> Any:
    answer = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert answer.status_code == 200, answer.get_json()
    for found in answer.get_json().values():
        check(found, "Candidates")
    return {name: found["result"] for name, found in answer.get_json().items()}


def test_the_service_says_what_it_is(client: FlaskClient) -> None:
    found = client.get("/reconcile").get_json()
    check(found, "Manifest")
    assert found["versions"] == ["0.2"]
    assert found["identifierSpace"] == DEFAULT_BASE
    assert {"id": "Person", "name": "Person"} in found["defaultTypes"]


def test_a_name_is_matched_in_any_case(client: FlaskClient) -> None:
    (found,) = ask(client, q0={"query": "MIRA  tolen"})["q0"]
    assert (found["name"], found["score"], found["match"]) == ("Mira Tolen", 100.0, True)
    assert [one["id"] for one in found["type"]] == ["Person", "Actor"]
    assert client.get(found["id"].removeprefix("http://localhost:8000")).status_code == 200


def test_a_name_that_is_written_otherwise_is_offered_and_no_match(client: FlaskClient) -> None:
    found = ask(client, q0={"query": "Tollen"})["q0"]
    assert found[0]["name"] == "Mira Tolen"
    assert 0 < found[0]["score"] < 100
    assert not found[0]["match"]


def test_types_and_limits_hold(client: FlaskClient) -> None:
    found = ask(
        client,
        a={"query": "Lorik", "type": "Place"},
        b={"query": "Lorik", "type": ["Person"]},
        c={"query": "Kesh", "limit": 1},
        d={"query": "…"},
    )
    assert [one["type"][0]["id"] for one in found["a"]] == ["Place"]
    assert not found["b"]
    assert len(found["c"]) <= 1
    assert not found["d"]


def test_by_get_it_is_the_same(client: FlaskClient) -> None:
    queries = {"q0": {"query": "Mira Tolen"}}
    asked = client.get("/reconcile", query_string={"queries": json.dumps(queries)}).get_json()
    assert asked["q0"]["result"] == ask(client, **queries)["q0"]


@pytest.mark.parametrize(
    "queries", ["nonsense", "[]", '{"q": 1}', '{"q": {"query": "x", "type": "Dog"}}']
)
def test_what_is_no_query_is_told(client: FlaskClient, queries: str) -> None:
    answer = client.post("/reconcile", data={"queries": queries})
    assert answer.status_code == 400
    assert answer.get_json()["title"] == "Bad request"


def test_too_many_at_once_are_told(client: FlaskClient) -> None:
    queries = {f"q{n}": {"query": "x"} for n in range(200)}
    answer = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert (answer.status_code, answer.get_json()["limit"]) == (413, "queries")


def test_a_preview_may_stand_in_a_frame(client: FlaskClient) -> None:
    (found,) = ask(client, q0={"query": "Mira Tolen"})["q0"]
    answer = client.get("/reconcile/preview", query_string={"id": found["id"]})
    assert "Mira Tolen" in answer.get_data(as_text=True)
    policies = answer.headers.getlist("Content-Security-Policy")
    assert len(policies) == 1
    assert "frame-ancestors *" in policies[0]
    assert "frame-ancestors 'none'" in client.get("/actors").headers["Content-Security-Policy"]
    assert client.get("/reconcile/preview?id=http://x/y").status_code == 404
