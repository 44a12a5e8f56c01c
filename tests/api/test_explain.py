"""Why it was read so: a page and JSON, out of the stored text, by a process that can be ended."""

import json
import time
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.app import create_app
from api.explain import SHOWN
from kg import records
from kg.config import Settings
from kg.edtf import parse_date
from kg.errors import BadInput, LimitHit
from kg.filters import Filters, Kind, select_ids
from kg.iri import DEFAULT_BASE
from kg.model import Article
from kg.pipeline import ingest
from kg.reading import Asked, Explainer, asked, explained, ready_extractor
from kg.records import Json
from kg.store import Store, open_store
from tests.api.conftest import BROWSER, paths
from tests.api.serving import fetch, serving
from tests.api.test_openapi import check
from tests.api.test_pages import LARGEST, Page, page

TEXT = (
    "Rebels shelled a bridge & two <b>buses</b> near Aleppo on Monday, killing dozens, a "
    'spokesman for "Kesh <script>alert(1)</script> News" said.\n\n'
    "The mayor, Ada Lane, accused Russia of shelling the bridge on Monday. She called for an "
    "inquiry.\n"
)
OTHER = "Rebels shelled a bridge near Aleppo on 8 April, killing 14 people, witnesses said.\n"
KINDS: tuple[Kind, ...] = ("statements", "events")
SECONDS = 30.0


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    made = open_store("memory:", base=DEFAULT_BASE)
    day = parse_date("2024-04-12")
    articles = [
        Article(TEXT, headline="A <i>bridge</i>", published=day, publisher="Kesh & Co"),
        Article(OTHER, published=day, publisher="Lake News"),
    ]
    ingest(made, articles, ready_extractor("default"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def explainer() -> Iterator[Explainer]:
    with Explainer(DEFAULT_BASE, seconds=SECONDS) as made:
        assert not made.running
        yield made


@pytest.fixture(scope="module")
def app(store: Store, explainer: Explainer) -> Flask:
    return create_app(store, Settings(store="memory:"), explainer=explainer.explain)


def statement(store: Store, act: str) -> str:
    (iri,) = select_ids(store, Filters.parse("statements", {"act": [act]})).ids
    return f"/{iri.removeprefix(DEFAULT_BASE)}"


def record(store: Store, kind: str, path: str) -> Json:
    found = records.one(store, kind, f"{DEFAULT_BASE}{path[1:]}")
    assert isinstance(found, dict)
    return found


def steps(why: Json) -> dict[str, str]:
    return {step["what"]: step["value"] for step in why["steps"]}


def test_a_server_tells_why_over_http(app: Flask, store: Store, explainer: Explainer) -> None:
    path = statement(store, "accuse")
    with serving(app) as site:
        reply = fetch(f"{site}{path}/explain")
        assert (reply.status, reply.type) == (200, "application/json")
        found = reply.json()
        check(found, "Explanation")
        assert explainer.running
        (why,) = found["findings"]
        assert found["id"] == why["id"] == f"{DEFAULT_BASE}{path[1:]}"
        assert steps(why)["speaker"] == "Ada Lane (Person)"
        assert steps(why)["target"] == "Russia (State)"
        (about,) = (step for step in why["steps"] if step["what"] == "about")
        (other,) = about["refers"]
        led = fetch(f"{site}/{other['id'].removeprefix(DEFAULT_BASE)}")
        assert (led.status, other["words"]) == (200, "shelling the bridge on Monday")


def test_it_says_what_the_command_says(
    client: FlaskClient, store: Store, explainer: Explainer
) -> None:
    reader = ready_extractor("default")
    for kind in KINDS:
        for path in paths(store, kind):
            questions = asked(store, record(store, kind, path))
            here = explained(reader, store.base, questions)
            there = client.get(f"{path}/explain").get_json()
            assert there == {"id": f"{DEFAULT_BASE}{path[1:]}", **json.loads(json.dumps(here))}
            assert here["findings"]
            assert not here["missing"]


def test_every_report_of_an_event_is_explained(client: FlaskClient, store: Store) -> None:
    for path in paths(store, "events"):
        event = record(store, "events", path)
        found = client.get(f"{path}/explain").get_json()
        check(found, "Explanation")
        told = {one["id"]: one for one in found["findings"]}
        assert told.keys() == {one["id"] for one in event["reports"]}
        for one in event["reports"]:
            words = next(e for e in one["evidence"] if e["slot"] == "whole")
            why = told[one["id"]]
            assert (why["start"], why["end"], why["words"]) == (
                words["start"],
                words["end"],
                words["exact"],
            )


def test_the_page_stands_on_its_own_and_escapes_what_it_shows(
    client: FlaskClient, store: Store
) -> None:
    for kind in KINDS:
        for path in paths(store, kind):
            found = page(client, f"{path}/explain")
            assert (found.open, found.inline) == ([], [])
            assert len(found.ids) == len(set(found.ids))
            for link in found.links:
                assert client.get(link, headers=BROWSER).status_code in (200, 303), link
    event = next(p for p in paths(store, "events") if "bridge-two" in p)
    words = " ".join(page(client, f"{event}/explain").words.split())
    assert "a bridge & two <b>buses</b> near Aleppo" in words
    assert "counted from the publication date 2024-04-12" in words
    assert "no point: not the place named, but near it or a part of it" in words
    assert "What the name of the place can mean" in words
    assert "minimum 24" in words


def test_pages_of_findings_lead_to_why(client: FlaskClient, store: Store) -> None:
    path = statement(store, "accuse")
    assert f"{path}/explain" in page(client, path).links
    for path in paths(store, "events"):
        links = [link for link in page(client, path).links if "/explain" in link]
        assert links
        for link in links:
            address, _, fragment = link.partition("#")
            assert fragment in page(client, address).ids


def test_other_addresses_lead_to_it(client: FlaskClient, store: Store) -> None:
    path = statement(store, "accuse")
    moved = client.get(f"{path.replace('/statement/', '/statements/')}/explain?format=html")
    assert (moved.status_code, moved.location) == (308, f"{path}/explain?format=html")
    event = paths(store, "events")[0]
    key = event.rpartition("-")[2]
    moved = client.get(f"/event/{key}/explain")
    assert (moved.status_code, moved.location) == (303, f"{event}/explain")
    for nobody in ("/statement/nobody/explain", "/event/nobody/explain"):
        assert client.get(nobody).status_code == 404


def test_without_an_explainer_there_is_no_link(store: Store) -> None:
    client = create_app(store, Settings(store="memory:")).test_client()
    path = statement(store, "accuse")
    assert not [link for link in page(client, path).links if "explain" in link]
    answer = client.get(f"{path}/explain")
    assert answer.status_code == 404
    assert "kg explain" in answer.get_json()["detail"]


def test_what_is_read_otherwise_now_is_not_made_up(store: Store, explainer: Explainer) -> None:
    strange = Asked(Article(TEXT), (f"{DEFAULT_BASE}statement/{'0' * 32}",))
    found = explainer.explain([strange])
    assert found["findings"] == []
    assert found["missing"] == list(strange.wanted)
    client = create_app(
        store, Settings(store="memory:"), explainer=lambda _: explainer.explain([strange])
    ).test_client()
    answer = client.get(f"{statement(store, 'accuse')}/explain")
    assert answer.status_code == 404
    assert "not found any more by rules" in answer.get_json()["detail"]


def test_a_long_article_is_given_up_at_the_deadline_and_the_next_is_explained(
    store: Store,
) -> None:
    long = Asked(Article(TEXT * 1000))
    with Explainer(DEFAULT_BASE, seconds=2.0) as explainer:
        explainer.explain([Asked(Article(TEXT))])
        begun = time.monotonic()
        app = create_app(
            store, Settings(store="memory:"), explainer=lambda _: explainer.explain([long])
        )
        answer = app.test_client().get(f"{statement(store, 'accuse')}/explain")
        assert time.monotonic() - begun < 10
        assert answer.status_code == 503
        assert answer.get_json()["limit"] == "query_seconds"
        assert int(answer.headers["Retry-After"]) >= 1
        assert not explainer.running
        assert explainer.explain([Asked(Article(OTHER))])["findings"]
        explainer.close()
        assert not explainer.running


def test_a_reader_that_is_not_there_is_told() -> None:
    with Explainer(DEFAULT_BASE, "nonesuch") as explainer, pytest.raises(BadInput, match="none"):
        explainer.explain([Asked(Article(OTHER))])


def test_too_little_memory_is_a_limit() -> None:
    with (
        Explainer(DEFAULT_BASE, seconds=120, memory_mb=420) as explainer,
        pytest.raises(LimitHit, match="420 MB"),
    ):
        explainer.explain([Asked(Article(OTHER * 1_500))])


def test_a_page_shows_no_more_findings_than_it_says(store: Store) -> None:
    path = paths(store, "events")[0]
    one_finding = explained(
        ready_extractor("default"), store.base, asked(store, record(store, "events", path))
    )
    many = {**one_finding, "findings": one_finding["findings"][:1] * (SHOWN + 5)}
    client = create_app(store, Settings(store="memory:"), explainer=lambda _: many).test_client()
    html = client.get(f"{path}/explain", headers=BROWSER).get_data(as_text=True)
    assert html.count("<section") == SHOWN
    assert len(html) < LARGEST
    assert f"The first {SHOWN} of {SHOWN + 5} are shown" in Page(html).words
