"""What was created, updated and withdrawn since a moment, as somebody with a copy asks for it."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from api.app import create_app
from kg.config import Settings
from kg.index.reading import readable
from kg.iri import DEFAULT_BASE, article_iri
from kg.keeping import take_down
from kg.pipeline import ingest
from kg.store import open_store
from kg.store.pool.workers import WorkerPool
from tests.api.serving import Reply, fetch, serving
from tests.api.test_openapi import check
from tests.scenes import HARBOUR, WIRE
from tests.test_pipeline import Scripted

HARBOUR_IRI = article_iri(DEFAULT_BASE, HARBOUR.url, HARBOUR.text)
WIRE_IRI = article_iri(DEFAULT_BASE, WIRE.url, WIRE.text)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two articles, one after the other; then one is taken down."""
    home = tmp_path_factory.mktemp("changes") / "store"
    store = open_store(f"oxigraph:{home}", base=DEFAULT_BASE)
    ingest(store, [HARBOUR], Scripted())
    ingest(store, [WIRE], Scripted())
    take_down(store, WIRE_IRI)
    with WorkerPool(store, workers=1) as pool:
        app = create_app(
            pool, Settings(store=f"oxigraph:{home}"), index=readable(home, DEFAULT_BASE)
        )
        with serving(app) as found:
            yield found
    store.close()


def ask(site: str, since: str = "", **parameters: str) -> Reply:
    pairs = {**({"since": since} if since else {}), **parameters}
    query = "&".join(f"{name}={quote(value)}" for name, value in pairs.items())
    return fetch(f"{site}/changes?{query}")


def test_all_that_happened_stands_in_its_order(site: str) -> None:
    found = ask(site, limit="1000").json()
    check(found, "ChangeList")
    items = found["items"]
    assert [one["seq"] for one in items] == list(range(1, len(items) + 1))
    assert found["next"] is None
    assert int(found["until"]) == len(items)
    assert [one["change"] for one in items if one["id"] == HARBOUR_IRI] == ["created"]
    assert [one["change"] for one in items if one["id"] == WIRE_IRI] == ["created", "withdrawn"]
    assert {one["kind"] for one in items} == {"statement", "event", "actor", "place", "article"}


def test_a_copy_that_follows_holds_what_the_service_holds(site: str) -> None:
    """Page by page, from nothing: the last change of each record counts."""
    held: set[str] = set()
    since = "0"
    while True:
        found = ask(site, since, limit="7").json()
        for one in found["items"]:
            held.discard(one["id"]) if one["change"] == "withdrawn" else held.add(one["id"])
        if found["next"] is None:
            break
        since = found["next"]
    listed = {
        one["id"]
        for kind in ("statements", "events", "actors", "places", "articles")
        for one in fetch(f"{site}/{kind}?limit=500").json()["items"]
    }
    assert held == listed
    assert ask(site, found["until"]).json()["items"] == []


def test_pages_lead_on(site: str) -> None:
    reply = ask(site, limit="3")
    assert reply.json()["next"] == "3"
    assert reply.headers.getlist("Link")[-1] == '</changes?limit=3&since=3>; rel="next"'


def test_a_time_is_a_place_in_it(site: str) -> None:
    items = ask(site, limit="1000").json()["items"]
    moment = datetime.fromisoformat(items[-1]["time"])
    late = ask(site, moment.isoformat(), limit="1000").json()["items"]
    assert late == [one for one in items if one["time"] >= items[-1]["time"]]
    assert {one["change"] for one in late} >= {"withdrawn"}
    zulu = (moment + timedelta(seconds=1)).isoformat().replace("+00:00", "Z")
    assert ask(site, zulu).json()["items"] == []
    early = (moment - timedelta(days=1)).isoformat()
    assert ask(site, early, limit="1000").json()["items"] == items


def test_it_comes_as_lines_and_as_a_feed(site: str) -> None:
    items = ask(site, limit="1000").json()["items"]
    lines = fetch(f"{site}/changes", headers={"Accept": "application/x-ndjson"})
    assert lines.type == "application/x-ndjson"
    assert [json.loads(line) for line in lines.body.splitlines()] == items
    assert len(ask(site, limit="2", format="ndjson").body.splitlines()) == 2
    feed = ElementTree.fromstring(ask(site, limit="5", format="atom").body)
    titles = [one.findtext(f"{ATOM}title") for one in feed.iter(f"{ATOM}entry")]
    assert titles == [f"{one['change']}: {one['kind']}" for one in reversed(items[-5:])]
    assert feed.findtext(f"{ATOM}updated") == items[-1]["time"]


@pytest.mark.parametrize(
    ("since", "status"),
    [("yesterday", 400), ("2026-11-29T20:00:00", 400), ("-1", 400), ("999999", 410)],
)
def test_a_moment_that_is_none_is_told(site: str, since: str, status: int) -> None:
    assert ask(site, since).status == status


def test_what_is_no_parameter_is_told(site: str) -> None:
    assert ask(site, limit="0").status == 400
    assert ask(site, kind="statement").status == 400


def test_a_store_without_a_log_says_so(tmp_path: Path) -> None:
    store = open_store("memory:", base=DEFAULT_BASE)
    client = create_app(store, Settings(store="memory:")).test_client()
    reply = client.get("/changes")
    assert reply.status_code == 404
    assert "no log" in reply.get_json()["detail"]
    store.close()
