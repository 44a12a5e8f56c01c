"""Lists: pages of one moment, whole lists line by line, tables, and what is gone."""

import csv
import io
import json
from collections.abc import Iterator
from http.client import HTTPConnection, IncompleteRead
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.http import parse_options_header

from api.app import create_app
from kg import records
from kg.config import Settings
from kg.errors import StoreError
from kg.filters import KINDS, Filters, Kind
from kg.iri import graph_iri
from kg.store.base import Answer, Store
from kg.store.pool.workers import WorkerPool
from tests.api.conftest import BROWSER
from tests.api.serving import fetch, serving
from tests.api.test_openapi import check
from tests.scenes import scene_store

LINES = {"Accept": "application/x-ndjson"}


@pytest.fixture
def kept() -> Iterator[tuple[Store, WorkerPool]]:
    """A store that changes, and a pool that keeps two older snapshots of it."""
    store = scene_store()
    with WorkerPool(store, workers=1, keep=2) as pool:
        yield store, pool
    store.close()


@pytest.fixture
def moving(kept: tuple[Store, WorkerPool]) -> FlaskClient:
    return create_app(kept[1], Settings(store="memory:", token="t", writable="all")).test_client()


def links(answer: Any) -> dict[str, str]:
    """The Link headers of an answer by what they lead to."""
    found = {}
    for link in answer.headers.getlist("Link"):
        target, options = parse_options_header(link)
        found[options["rel"]] = target.strip("<>")
    return found


def change(client: FlaskClient, number: int) -> None:
    """Take a statement out of the view, and put nothing in its place."""
    found = client.get("/statements?limit=1").get_json()["items"][0]["id"]
    view = graph_iri("http://localhost:8000/", "view")
    text = f"WITH <{view}> DELETE {{ <{found}> ?p ?o }} WHERE {{ <{found}> ?p ?o }}"
    reply = client.post(
        "/sparql/update", data={"update": text}, headers={"Authorization": "Bearer t"}
    )
    assert reply.status_code == 204, number


def test_all_pages_of_a_list_are_of_one_moment(moving: FlaskClient) -> None:
    whole = [one["id"] for one in moving.get("/statements").get_json()["items"]]
    first = moving.get("/statements?limit=3")
    change(moving, 0)
    seen, following, cursor = [], links(first)["next"], first.get_json()["next"]
    seen += [one["id"] for one in first.get_json()["items"]]
    for _ in range(10):
        by_link, by_cursor = (
            moving.get(following),
            moving.get(f"/statements?limit=3&cursor={cursor}"),
        )
        assert by_link.get_json() == by_cursor.get_json()
        assert by_link.headers["KG-Snapshot"] == first.headers["KG-Snapshot"]
        seen += [one["id"] for one in by_link.get_json()["items"]]
        cursor = by_link.get_json()["next"]
        if cursor is None:
            break
        following = links(by_link)["next"]
    assert seen == whole
    assert "next" not in links(by_link)
    again = moving.get(links(by_link)["first"])
    assert again.get_json()["items"] == first.get_json()["items"]
    assert moving.get("/statements").get_json()["total"] == len(whole) - 1


def test_the_links_name_the_moment(moving: FlaskClient) -> None:
    answer = moving.get("/statements?limit=2&act=say")
    for leads in ("first", "next"):
        asked = parse_qs(urlsplit(links(answer)[leads]).query)
        assert asked["snapshot"] == [answer.headers["KG-Snapshot"]]
        assert (asked["act"], asked["limit"]) == (["say"], ["2"])


def test_a_list_that_is_gone_says_to_start_again(moving: FlaskClient) -> None:
    cursor = moving.get("/statements?limit=2").get_json()["next"]
    for number in range(3):
        change(moving, number)
    answer = moving.get(f"/statements?limit=2&cursor={cursor}")
    assert answer.status_code == 410
    assert answer.mimetype == "application/problem+json"
    assert "start again" in answer.get_json()["detail"]
    page = moving.get(f"/statements?limit=2&cursor={cursor}", headers=BROWSER)
    assert (page.status_code, page.mimetype) == (410, "text/html")


def test_two_moments_at_once_are_refused(moving: FlaskClient) -> None:
    cursor = moving.get("/statements?limit=2").get_json()["next"]
    answer = moving.get(f"/statements?limit=2&cursor={cursor}&snapshot=7-7")
    assert answer.status_code == 400
    assert "7-7" in answer.get_json()["detail"]


def test_pages_for_people_lead_on_in_the_same_moment(moving: FlaskClient) -> None:
    text = moving.get("/statements?limit=2", headers=BROWSER).get_data(as_text=True)
    assert f".{moving.get('/statements').headers['KG-Snapshot']}" in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_list_comes_line_by_line(client: FlaskClient, store: Store, kind: Kind) -> None:
    answer = client.get(f"/{kind}", headers=LINES)
    assert answer.mimetype == "application/x-ndjson"
    assert answer.is_streamed
    found = [json.loads(line) for line in answer.data.splitlines()]
    assert found == records.page(store, Filters.parse(kind, {"limit": ["1000"]}))["items"]
    for one in found:
        check(one, kind.removesuffix("s").capitalize())
    assert links(answer)["http://www.w3.org/ns/json-ld#context"].endswith("/context/record.jsonld")


def test_filters_and_limit_hold_for_lines(client: FlaskClient) -> None:
    said = client.get("/statements?act=say&format=ndjson").data.splitlines()
    assert {json.loads(line)["act"] for line in said} == {"say"}
    assert len(client.get("/statements?limit=2&format=ndjson").data.splitlines()) == 2
    assert client.get("/statements?act=nonsense&format=ndjson").status_code == 400
    assert client.get("/statements?speaker=Nobody&format=ndjson").data == b""


def test_lines_are_of_one_snapshot(moving: FlaskClient) -> None:
    before = moving.get("/statements", headers=LINES)
    moment = before.headers["KG-Snapshot"]
    change(moving, 0)
    again = moving.get(f"/statements?snapshot={moment}", headers=LINES)
    assert again.data == before.data
    assert len(moving.get("/statements", headers=LINES).data) < len(before.data)


class Failing:
    """A store that answers so many queries and no more."""

    def __init__(self, store: Store, answers: int) -> None:
        self.base = store.base
        self._store = store
        self._left = answers

    def query(self, text: str, **more: Any) -> Answer:
        self._left -= 1
        if self._left < 0:
            raise StoreError("the disk is gone")
        return self._store.query(text, **more)

    def update(self, text: str, *, aside: bool = False) -> None:
        raise StoreError("the disk is gone")


def test_a_list_that_fails_midway_breaks_off(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The client sees a transfer that is not whole, not one that ends early."""
    monkeypatch.setattr("api.lists.BATCH", 2)
    app: Flask = create_app(Failing(store, 10), Settings(store="memory:"))
    with serving(app) as site:
        place = urlsplit(site)
        connection = HTTPConnection(place.hostname or "", place.port or 0, timeout=30)
        connection.request("GET", "/statements", headers=LINES)
        reply = connection.getresponse()
        assert reply.status == 200
        with pytest.raises(IncompleteRead):
            reply.read()
        connection.close()


def test_a_list_that_fails_at_once_is_a_problem(store: Store) -> None:
    app: Flask = create_app(Failing(store, 0), Settings(store="memory:"))
    with serving(app) as site:
        assert fetch(f"{site}/statements", headers=LINES).status == 500


def test_statements_come_as_a_table(client: FlaskClient) -> None:
    for answer in (
        client.get("/statements?act=say&format=csv"),
        client.get("/statements?act=say", headers={"Accept": "text/csv"}),
    ):
        assert answer.mimetype == "text/csv"
        assert answer.data == client.get("/export/statements-csv?act=say").data
        rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))
        assert {row["act"] for row in rows} == {"say"}


def test_what_a_list_does_not_come_as_is_told(client: FlaskClient) -> None:
    answer = client.get("/actors?format=nonsense")
    assert answer.status_code == 400
    assert "ndjson" in answer.get_json()["detail"]
    assert client.get("/actors", headers={"Accept": "image/png"}).status_code == 406
