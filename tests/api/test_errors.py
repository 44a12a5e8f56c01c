"""Every class of error has its status, and every error the same shape."""

import inspect
import json
import logging

import pytest
from flask import Flask, Response, request
from werkzeug.exceptions import NotFound as NoRoute

from api.app import create_app
from api.errors import (
    MEDIA_TYPE,
    STATUS,
    NotAcceptable,
    Problem,
    Unauthorized,
    UnsupportedMedia,
    close_routes,
    problem_of,
    register,
)
from kg import errors
from kg.config import Settings
from tests.scenes import scene_store

RAISED = [
    (errors.KgError("x"), 500, "Error"),
    (errors.SkipItem("x"), 422, "Unreadable item"),
    (errors.UnreadableSource("x"), 422, "Unreadable source"),
    (errors.NotEnglish("x"), 422, "Not in English"),
    (errors.BadInput("x"), 400, "Bad request"),
    (errors.BadFilter("x"), 400, "Bad filter"),
    (errors.BadQuery("x", line=2, column=3), 400, "Bad query"),
    (errors.NotFound("x"), 404, "Not found"),
    (errors.LimitHit("x", limit="query_seconds", value=2.5), 503, "Limit reached"),
    (errors.StoreError("x"), 500, "Store error"),
    (errors.StoreBusy("x"), 503, "Store busy"),
    (NotAcceptable("x", ["text/csv"]), 406, "Not acceptable"),
    (UnsupportedMedia("x", ["text/csv"]), 415, "Unsupported media type"),
    (errors.NoAnswer("x"), 502, "No answer from the reader"),
    (errors.Forbidden("x"), 403, "Forbidden"),
    (Unauthorized("x"), 401, "Unauthorized"),
    (errors.TooLong("x", limit="query_characters", value=10), 413, "Content too large"),
    (errors.Unsupported("x", line=2, column=3), 422, "Not supported"),
    (errors.NoFormat("x", form="select"), 406, "Not acceptable"),
    (errors.Crowded("x", limit="heavy", value=4), 503, "Too busy"),
    (errors.Gone("x"), 410, "Gone"),
    (errors.Cancelled("x"), 499, "Client closed request"),
    (errors.EngineError("x"), 502, "Engine error"),
    (errors.Swept("x"), 503, "Store busy"),
]


@pytest.fixture
def app() -> Flask:
    made = Flask("errors")
    register(made)

    @made.get("/raise/<int:which>")
    def fail(which: int) -> str:
        raise RAISED[which][0]

    @made.get("/unforeseen")
    def unforeseen() -> str:
        raise ZeroDivisionError("a secret")

    @made.post("/articles/<path:key>")
    @made.get("/statements")
    def nothing(key: str = "") -> str:
        return request.get_data(as_text=True)

    return made


def test_every_class_stands_in_the_table() -> None:
    declared = {
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if kind.__module__ == "kg.errors"
    }
    assert declared <= STATUS.keys()
    assert {type(error) for error, _, _ in RAISED} == STATUS.keys()


@pytest.mark.parametrize("which", range(len(RAISED)))
def test_every_class_has_its_status(app: Flask, which: int) -> None:
    error, status, title = RAISED[which]
    reply = app.test_client().get(f"/raise/{which}?a=b")
    assert (reply.status_code, reply.mimetype) == (status, MEDIA_TYPE)
    body = reply.get_json()
    assert (body["status"], body["title"], body["detail"]) == (status, title, str(error))
    assert body["type"] == f"https://w3id.org/conflict-kg/problem/{title.lower().replace(' ', '-')}"
    assert body["instance"] == f"/raise/{which}?a=b"
    assert list(body)[:5] == ["type", "title", "status", "detail", "instance"]


def test_extras() -> None:
    def extras(which: int) -> object:
        return problem_of(RAISED[which][0]).extras

    assert extras(6) == {"line": 2, "column": 3}
    assert extras(8) == {"limit": "query_seconds", "value": 2.5}
    assert extras(11) == extras(12) == {"allowed": ["text/csv"]}
    assert problem_of(errors.BadQuery("x")).extras == {}


def test_when_to_come_back(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/raise/8").headers["Retry-After"] == "3"
    assert client.get("/raise/10").headers["Retry-After"] == "5"
    assert "Retry-After" not in client.get("/raise/9").headers
    assert "Retry-After" not in client.get("/raise/16").headers


def test_a_subclass_has_its_parents_status() -> None:
    class Odd(errors.BadFilter):
        pass

    assert problem_of(Odd("x")).status == 400


def test_an_error_nobody_foresaw_tells_nothing_and_is_logged(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        reply = app.test_client().get("/unforeseen")
    assert reply.status_code == 500
    assert "secret" not in reply.get_data(as_text=True)
    assert "ZeroDivisionError" in caplog.text


def test_an_unknown_route_names_close_ones(app: Flask) -> None:
    reply = app.test_client().get("/statement")
    assert reply.status_code == 404
    assert reply.get_json()["routes"] == ["/statements"]
    assert "/statements" in reply.get_json()["detail"]


def test_only_what_is_near_is_named(app: Flask) -> None:
    with app.test_request_context("/%F0%9F%90%99"):
        assert close_routes("/🐙") == []
        assert "did you mean" not in problem_of(NoRoute()).detail
        assert close_routes("/article/x") == ["/articles/{key}"]


def test_a_wrong_method_names_the_right_ones(app: Flask) -> None:
    reply = app.test_client().delete("/statements")
    assert reply.status_code == 405
    assert reply.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert reply.get_json()["allowed"] == ["GET", "HEAD", "OPTIONS"]


def test_a_body_too_large(app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 10
    reply = app.test_client().post("/articles/1", data=b"x" * 11)
    assert (reply.status_code, reply.mimetype) == (413, MEDIA_TYPE)


def test_only_what_is_sent_to_be_asked_is_measured_as_a_query() -> None:
    held = scene_store()
    client = create_app(
        held, Settings(store="memory:", token="t", query_characters=50, max_source_mb=1)
    ).test_client()
    long = {"query": f"ASK {{}} # {'x' * 50}"}
    assert client.get("/sparql", query_string=long).get_json()["limit"] == "query_characters"
    assert client.post("/sparql", data=long).get_json()["limit"] == "query_characters"
    page = client.get("/sparql", query_string=long, headers={"Accept": "text/html"})
    saved = client.put(
        "/queries/mine",
        data=f"# title: A\n{long['query']}",
        content_type="application/sparql-query",
        headers={"Authorization": "Bearer t"},
    )
    assert (page.status_code, saved.status_code) == (413, 413)
    for path in ("/statements?facets=act", "/events", "/queries/who-called-for", "/graph?limit=5"):
        assert client.get(path).status_code == 200, path
    names = {f"q{n}": {"query": "Tolen"} for n in range(20)}
    assert client.post("/reconcile", data={"queries": json.dumps(names)}).status_code == 200
    reply = client.post("/reconcile", data={"queries": "x" * (2 << 20)})
    assert (reply.status_code, reply.get_json()["limit"]) == (413, "max_source_mb")
    held.close()


def test_a_page_may_answer_instead() -> None:
    app = Flask("paged")
    shown: list[Problem] = []

    def page(problem: Problem) -> Response | None:
        shown.append(problem)
        if "text/html" in request.headers.get("Accept", ""):
            return Response(problem.title, status=problem.status, mimetype="text/html")
        return None

    register(app, page=page)
    client = app.test_client()
    assert client.get("/none", headers={"Accept": "text/html"}).get_data() == b"Not found"
    assert client.get("/none").mimetype == MEDIA_TYPE
    assert [problem.status for problem in shown] == [404, 404]
