"""The whole path in an engine elsewhere: what comes out is what an embedded store gives."""

import json
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from api.app import create_app
from kg import query as questions
from kg.commands.demo import SAMPLES
from kg.config import Settings, settings
from kg.export import FORMATS, export
from kg.extract import open_extractor
from kg.iri import DEFAULT_BASE, graph_iri
from kg.judgements.asked import Asked
from kg.judgements.resolve import resolve
from kg.keeping import judge, take_down
from kg.opening import open_named
from kg.pipeline import ingest
from kg.projection import PRESETS
from kg.sources import Defaults, read
from kg.store import Store
from kg.verify import verify
from kg.view import judgements, refresh
from tests.api.serving import fetch
from tests.cli import run, start
from tests.engines import service, virtuoso
from tests.sheet import instances

pytestmark = pytest.mark.slow
LISTS = ("/statements", "/events", "/actors", "/places", "/articles", "/timeline", "/map", "/graph")
HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module", params=["virtuoso", "service"])
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """The settings of an engine with nothing in it."""
    if request.param == "service":
        with service(DEFAULT_BASE) as found:
            yield found
    else:
        with virtuoso(tmp_path_factory.mktemp("virtuoso")) as found:
            yield found


@pytest.fixture(scope="module")
def remote(engine: dict[str, str]) -> Iterator[Store]:
    """The sample articles in the engine."""
    opened = open_named(settings(engine))
    fill(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def embedded() -> Iterator[Store]:
    """The sample articles in memory."""
    opened = open_named(settings({"KG_STORE": "memory:"}))
    fill(opened)
    yield opened
    opened.close()


def fill(store: Store) -> None:
    ingest(store, read(str(SAMPLES), Defaults(), 2**20), open_extractor("default"))


def held(store: Store) -> dict[str, list[tuple[str, str, str]]]:
    return {graph: store.read(graph) for graph in store.graphs()}


def test_the_graphs_are_the_same_bytes(remote: Store, embedded: Store) -> None:
    assert held(remote) == held(embedded)
    assert remote.size() == embedded.size()
    assert list(verify(remote)) == []


def test_every_question_has_the_same_answer(remote: Store, embedded: Store) -> None:
    for name in questions.names():
        for form in ("application/sparql-results+json", "text/csv"):
            here, there = (questions.run(one, name, table=form) for one in (embedded, remote))
            assert there.body == here.body, name


def test_every_export_is_the_same_file(remote: Store, embedded: Store) -> None:
    asked = [(form, "actor-actor") for form in FORMATS] + [("gexf", preset) for preset in PRESETS]
    for form, preset in asked:
        here, there = (b"".join(export(one, form, projection=preset)) for one in (embedded, remote))
        assert there == here, (form, preset)


def client(store: Store, found: Settings) -> FlaskClient:
    return create_app(store, found).test_client()


def test_every_page_and_record_is_the_same(remote: Store, embedded: Store) -> None:
    here, there = (client(one, Settings(store="memory:")) for one in (embedded, remote))
    for path in LISTS:
        one = here.get(path, query_string={"limit": "200"})
        assert there.get(path, query_string={"limit": "200"}).data == one.data, path
        assert there.get(path, headers=HTML).data == here.get(path, headers=HTML).data, path
        for item in (one.get_json() or {}).get("items", [])[:4]:
            record = item["id"].removeprefix(DEFAULT_BASE.removesuffix("/"))
            assert there.get(record).data == here.get(record).data, record
            assert there.get(record, headers=HTML).data == here.get(record, headers=HTML).data


def test_ingesting_again_changes_nothing_and_a_takedown_is_whole(
    remote: Store, embedded: Store
) -> None:
    before = held(remote)
    fill(remote)
    assert held(remote) == before
    for store in (remote, embedded):
        take_down(store, next(one for one in store.graphs() if "/article/" in one))
    assert held(remote) == held(embedded)
    for store in (remote, embedded):
        fill(store)
    assert held(remote) == before


def test_the_command_line_reaches_it(
    engine: dict[str, str], remote: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in engine.items():
        monkeypatch.setenv(name, value)
    asked = run("query", "--name", "who-called-for", "--format", "csv")
    assert asked.stdout.encode().splitlines() == (
        questions.run(remote, "who-called-for", table="text/csv").body.splitlines()
    )
    run("verify")
    out = tmp_path / "all.nq"
    run("export", "--format", "nquads", "--output", str(out))
    assert len(out.read_text().splitlines()) == remote.size()


def test_it_is_served_by_the_engine_itself(
    engine: dict[str, str], remote: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in engine.items():
        monkeypatch.setenv(name, value)
    process = start("serve", "--port", "0")
    try:
        pages = process.stdout.readline().split()[1] if process.stdout else ""
        listed = json.loads(fetch(f"{pages}statements?limit=200").body)
        assert listed["total"] == len(listed["items"]) > 0
        assert b"<html" in fetch(f"{pages}statements", headers=HTML).body
        asked = fetch(f"{pages}queries/who-called-for?format=csv")
        assert asked.status == 200
        assert fetch(f"{pages}healthz").status in (200, 404)
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


def test_a_review_makes_the_same_view_and_is_undone(remote: Store, embedded: Store) -> None:
    here = open_named(settings({"KG_STORE": "memory:"}))
    here.replace(held(embedded).items())
    view = f"{DEFAULT_BASE}graph/view"
    before = remote.read(view)
    at = datetime(2021, 5, 6, 8, 0, 0, 120000, UTC)
    asked = [
        {"verdict": "accept", "subject": instances(before, "ck:Statement")[0][1:-1]},
        {"verdict": "reject", "subject": instances(before, "ck:EventReport")[0][1:-1]},
    ]
    who = {"by": "Ana “A.” Élan", "why": "read\nagain"}
    made = [resolve(remote, Asked.parse({**who, **one}), at) for one in asked]
    try:
        for store in (remote, here):
            judge(store, *made)
        assert judgements(remote) == judgements(here) == sorted(made, key=lambda one: one.order)
        assert remote.read(view) == here.read(view) != before
        assert list(verify(remote)) == []
        undo = [{"verdict": "undo", "subject": one.id, **who} for one in made]
        judge(remote, *(resolve(remote, Asked.parse(one), at) for one in undo))
        assert remote.read(view) == before
    finally:
        here.close()
        remote.remove(graph_iri(DEFAULT_BASE, "judgements"))
        refresh(remote)  # for the tests after this one, whatever became of it
