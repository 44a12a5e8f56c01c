"""Downloads: the selection of the page, a name for the file, errors before the first byte."""

import csv
import io

import networkx as nx
import pytest
from flask.testing import FlaskClient

from kg.export import FORMATS, export
from kg.filters import Filters
from kg.store import Store
from tests.api.conftest import BROWSER


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_sent_as_the_library_writes_it(
    client: FlaskClient, store: Store, name: str
) -> None:
    answer = client.get(f"/export/{name}", headers=BROWSER)
    assert answer.status_code == 200
    assert answer.content_type == FORMATS[name].media_type
    assert answer.data == b"".join(export(store, name))
    assert f'.{FORMATS[name].ending}"' in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_download_holds_what_the_page_shows(client: FlaskClient, store: Store) -> None:
    chosen = "act=deny&act=request&from=2021-05"
    listed = {one["id"] for one in client.get(f"/statements?{chosen}").get_json()["items"]}
    table = client.get(f"/export/statements-csv?{chosen}").get_data(as_text=True)
    rows = list(csv.reader(io.StringIO(table.lstrip("\ufeff"))))
    found = {cell for row in rows for cell in row if "/statement/" in cell}
    assert found == listed
    graph = nx.read_gexf(io.BytesIO(client.get("/export/gexf?act=deny").data))
    drawn = client.get("/graph?act=deny").get_json()
    assert {data["label"] for _, data in graph.nodes(data=True)} == {
        one["label"] for one in drawn["nodes"]
    }
    assert graph.number_of_edges() == len(drawn["edges"])


def test_a_projection_and_events_can_be_chosen(client: FlaskClient, store: Store) -> None:
    answer = client.get("/export/gexf?projection=actor-event&of=events&status=disputed")
    filters = Filters.parse("events", {"status": ["disputed"]})
    wanted = export(store, "gexf", projection="actor-event", filters=filters)
    assert answer.data == b"".join(wanted)
    assert 'filename="conflict-kg-actor-event.gexf"' in answer.headers["Content-Disposition"]


def test_what_is_around_an_event_is_a_file(client: FlaskClient) -> None:
    event = client.get("/events?status=disputed").get_json()["items"][0]["id"]
    asked = {"projection": "actor-statement-event", "around": event}
    read = nx.read_gexf(io.BytesIO(client.get("/export/gexf", query_string=asked).data))
    shown = client.get("/graph", query_string=asked).get_json()
    assert event in read
    assert set(read) == {one["id"] for one in shown["nodes"]}
    assert read.number_of_edges() == len(shown["edges"])
    assert event in str(client.get("/export/graphml", query_string=asked).data)


def test_bodies_of_articles_can_stay_behind(client: FlaskClient) -> None:
    whole = client.get("/export/nquads").get_data(as_text=True)
    without = client.get("/export/nquads?no_text=1").get_data(as_text=True)
    assert "articleBody" in whole
    assert "articleBody" not in without


@pytest.mark.parametrize(
    ("path", "status", "allowed"),
    [
        ("/export/pdf", 404, "gexf"),
        ("/export/gexf?projection=star", 404, "actor-actor"),
        ("/export/gexf?act=mumble", 400, "request"),
        ("/export/gexf?around=http://a.example/b", 404, "full IRI"),
        ("/export/kml?around=http://a.example/b", 400, "gexf"),
        ("/export/gexf?no_text=maybe", 400, "true"),
        ("/export/statements-csv?of=places", 400, "events"),
    ],
)
def test_what_cannot_be_sent_is_told_what_can(
    client: FlaskClient, path: str, status: int, allowed: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert allowed in answer.get_json()["detail"]
