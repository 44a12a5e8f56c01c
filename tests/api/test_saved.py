"""Saved queries: put, listed, asked with typed parameters, and removed."""

import os
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.app import create_app
from api.sparql import DIRECT
from kg.config import Settings
from kg.query.saved import Saved, shelf
from kg.store import Store, open_store
from kg.store.pool.workers import WorkerPool
from tests.api.conftest import BROWSER
from tests.scenes import scene_store

TOKEN = {"Authorization": "Bearer s3cret"}
QUERY = """\
# title: Acts
# question: Who did <it>?
# param: act code:act request — how it was said
# param: word string - — a word of it
# param: most integer 5 — how many
#
# Statements by their act.

PREFIX ck: <https://w3id.org/conflict-kg#>
SELECT ?statement ?what {
  VALUES ?act { <https://w3id.org/conflict-kg/act/request> }
  VALUES ?word { "" }
  VALUES ?most { 5 }
  ?statement ck:act ?act ; ck:content ?what FILTER(CONTAINS(?what, ?word) && ?most > 0)
}
"""


@pytest.fixture
def app(store: Store) -> Flask:
    return create_app(store, Settings(store="memory:", token="s3cret"))


def put(client: FlaskClient, name: str, text: str | bytes = QUERY, **headers: str) -> TestResponse:
    given = {**TOKEN, **headers}
    return client.put(f"/queries/{name}", data=text, content_type=DIRECT, headers=given)


def rows(answer: TestResponse) -> list[dict[str, dict[str, str]]]:
    assert answer.status_code == 200, answer.get_data()
    found: list[dict[str, dict[str, str]]] = answer.get_json()["results"]["bindings"]
    return found


def test_a_saved_query_is_listed_asked_read_and_removed(client: FlaskClient) -> None:
    assert put(client, "acts").status_code == 201
    assert put(client, "acts").status_code == 204
    listed = client.get("/queries").get_json()["items"]
    assert [one["name"] for one in listed if one["saved"]] == ["acts"]
    assert listed[-1]["description"] == "Statements by their act."
    assert [one["type"] for one in listed[-1]["params"]] == ["code:act", "string", "integer"]
    assert rows(client.get("/queries/acts"))
    assert client.get("/queries/acts?format=csv").mimetype == "text/csv"
    assert client.get("/queries/acts?format=rq").get_data(as_text=True) == QUERY
    assert client.delete("/queries/acts", headers=TOKEN).status_code == 204
    assert client.get("/queries/acts").status_code == 404
    assert client.delete("/queries/acts", headers=TOKEN).status_code == 404


def test_pages_show_it_beside_the_named_questions(client: FlaskClient) -> None:
    put(client, "acts")
    for path in ("/queries", "/sparql"):
        page = client.get(path, headers=BROWSER).get_data(as_text=True)
        assert "Who did &lt;it&gt;?" in page
        assert "Who called for investigations" in page
    page = client.get("/queries/acts", headers=BROWSER).get_data(as_text=True)
    assert "Who did &lt;it&gt;?" in page
    assert 'name="word"' in page


def test_parameters_are_terms_and_never_text(client: FlaskClient) -> None:
    put(client, "acts")
    every = rows(client.get("/queries/acts"))
    assert rows(client.get("/queries/acts?act=say")) != every
    evil = '" } VALUES ?act { <https://w3id.org/conflict-kg/act/say> } #'
    for word in (evil, "\\", '\\" }', "?act", "a\nb"):
        assert rows(client.get("/queries/acts", query_string={"word": word})) == []
    for given in ({"act": "sing"}, {"most": "1 } #"}, {"other": "1"}):
        assert client.get("/queries/acts", query_string=given).status_code == 400


@pytest.mark.parametrize(
    ("name", "text", "status", "said"),
    [
        ("Acts", QUERY, 400, "small letters"),
        ("-a", QUERY, 400, "small letters"),
        ("a" * 65, QUERY, 400, "small letters"),
        ("..", QUERY, 400, "small letters"),
        ("who-called-for", QUERY, 403, "program's own"),
        ("a", "DROP ALL", 400, "only reads"),
        ("a", "SELECT ?a {", 400, "does not parse"),
        ("a", "CONSTRUCT WHERE { ?s ?p ?o }", 400, "SELECT or ASK"),
        ("a", "ASK { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", 422, "SERVICE"),
        ("a", "# param: x\n\nASK {}", 400, "NAME TYPE DEFAULT"),
        ("a", "# param: x any - — x\n\nASK { VALUES ?x { 1 } }", 400, "type"),
        ("a", "# param: x code:nothing - — x\n\nASK { VALUES ?x { 1 } }", 400, "type"),
        ("a", "# param: x actor - — x\n\nASK { VALUES ?x { 1 } }", 400, "actor:VARIABLE"),
        ("a", "# param: x integer one — x\n\nASK { VALUES ?x { 1 } }", 400, "whole number"),
        ("a", "# param: x integer 1 — x\n\nASK { ?s ?p ?x }", 400, "VALUES ?x"),
        ("a", '# param: x string - — x\n\nASK { ?s ?p "VALUES ?x { 1 }" }', 400, "VALUES ?x"),
        ("a", b"ASK { ?s ?p '\xff' }", 400, "UTF-8"),
        ("a", f"ASK {{ }} # {'x' * 100_000}", 400, "100000"),
    ],
)
def test_what_cannot_be_asked_is_not_saved(
    client: FlaskClient, name: str, text: str, status: int, said: str
) -> None:
    answer = put(client, name, text)
    assert answer.status_code == status, answer.get_data()
    assert said in answer.get_json()["detail"]
    assert client.get("/queries").get_json()["total"] == 22


def test_a_query_needs_no_header(client: FlaskClient) -> None:
    assert put(client, "plain", "ASK { ?s ?p ?o }").status_code == 201
    assert client.get("/queries/plain").get_json()["boolean"] is True
    assert client.get("/queries").get_json()["items"][-1]["question"] == "plain"


def test_saving_needs_the_token_and_asking_does_not(client: FlaskClient, store: Store) -> None:
    assert put(client, "acts", Authorization="Bearer wrong").status_code == 401
    put(client, "acts")
    assert client.delete("/queries/acts").status_code == 401
    assert client.delete("/queries/who-called-for", headers=TOKEN).status_code == 403
    assert rows(client.get("/queries/acts"))
    off = create_app(store, Settings(store="memory:")).test_client()
    assert put(off, "acts").status_code == 403


def test_another_body_is_refused(client: FlaskClient) -> None:
    answer = client.put("/queries/a", data="ASK {}", content_type="text/plain", headers=TOKEN)
    assert (answer.status_code, answer.get_json()["allowed"]) == (415, [DIRECT])


def test_they_stand_beside_the_store_and_outlive_the_server(tmp_path: Path) -> None:
    spec = f"oxigraph:{tmp_path / 'store'}"
    settings = Settings(store=spec, token="s3cret")
    for turn in range(2):
        held = open_store(spec, base=settings.base)
        client = create_app(held, settings).test_client()
        if not turn:
            assert put(client, "acts").status_code == 201
            assert put(client, "other", "ASK {}").status_code == 201
        assert client.get("/queries?format=json").get_json()["total"] == 24
        assert client.get("/queries/other").get_json()["boolean"] is True
        held.close()
    kept = tmp_path / "store" / "queries"
    assert sorted(os.listdir(kept)) == ["acts.rq", "other.rq"]
    assert (kept / "acts.rq").read_text() == QUERY


def test_what_is_not_ours_in_the_folder_is_passed_over(tmp_path: Path) -> None:
    saved = Saved(shelf(f"oxigraph:{tmp_path}"))
    assert saved.all() == []
    (tmp_path / "queries").mkdir()
    for name in ("Not ours.rq", ".draft.new", "notes.txt", "..rq"):
        (tmp_path / "queries" / name).write_text("ASK {}")
    assert saved.all() == []


def test_an_answer_changes_with_what_is_saved() -> None:
    """Also for a client that has the answer from before, of the same snapshot."""
    store = scene_store()
    with WorkerPool(store, workers=1) as pool:
        client = create_app(pool, Settings(store="memory:", token="s3cret")).test_client()
        for path, headers in (("/queries", {}), ("/sparql", BROWSER)):
            known = {**headers, "If-None-Match": '"none"'}
            known["If-None-Match"] = client.get(path, headers=known).headers["ETag"]
            assert client.get(path, headers=known).status_code == 304
            put(client, f"a{len(path)}", "ASK {}")
            assert client.get(path, headers=known).status_code == 200
        put(client, "one", "ASK {}")
        before = client.get("/queries/one")
        put(client, "one", "ASK { FILTER(false) }")
        known = {"If-None-Match": before.headers["ETag"]}
        assert client.get("/queries/one", headers=known).get_json()["boolean"] is False
    store.close()
