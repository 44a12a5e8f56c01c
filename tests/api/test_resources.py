"""JSON and what HTTP says around it: formats, redirects, caching, paging."""

import re
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from kg.filters import KINDS, Kind
from kg.iri import DEFAULT_BASE, key_of
from kg.sparql import select
from kg.store import Store
from tests.api.conftest import BROWSER, paths

FORMATS = [
    ({}, "application/json"),
    ({"Accept": "*/*"}, "application/json"),
    ({"Accept": "application/json"}, "application/json"),
    ({"Accept": "text/html"}, "text/html"),
    ({"Accept": "text/html;q=0.2, application/json"}, "application/json"),
    (BROWSER, "text/html"),
]


@pytest.mark.parametrize(("headers", "media_type"), FORMATS)
def test_accept_chooses_json_or_a_page(
    client: FlaskClient, store: Store, headers: dict[str, str], media_type: str
) -> None:
    for path in ("/", "/statements", paths(store, "events")[0], "/queries"):
        assert client.get(path, headers=headers).mimetype == media_type


def test_the_format_parameter_wins(client: FlaskClient) -> None:
    assert client.get("/statements?format=json", headers=BROWSER).mimetype == "application/json"
    assert client.get("/statements?format=html").mimetype == "text/html"
    wrong = client.get("/statements?format=pdf")
    assert wrong.status_code == 400
    assert "json, html" in wrong.get_json()["detail"]


def test_what_is_not_offered_is_not_acceptable(client: FlaskClient) -> None:
    answer = client.get("/statements", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert answer.get_json()["allowed"][:2] == ["application/json", "text/html"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_iri_leads_to_its_record(client: FlaskClient, store: Store, kind: Kind) -> None:
    for item in client.get(f"/{kind}").get_json()["items"]:
        answer = client.get(urlsplit(item["id"]).path)
        assert answer.status_code == 200
        assert answer.get_json()["id"] == item["id"]


def members(store: Store) -> list[tuple[str, str]]:
    found = select(store, "SELECT ?a ?b { ?a ck:canonical ?b } ORDER BY ?a")
    return [(row["a"], row["b"]) for row in found]


def test_a_members_key_leads_to_the_cluster_of_today(client: FlaskClient, store: Store) -> None:
    for member, canonical in members(store):
        answer = client.get(urlsplit(member).path, headers=BROWSER)
        assert answer.status_code == 303
        assert answer.location == urlsplit(canonical).path


def test_the_slug_plays_no_part(client: FlaskClient, store: Store) -> None:
    path = paths(store, "actors")[0]
    answer = client.get(f"/actor/some-old-name-{key_of(path)}?format=json")
    assert answer.status_code == 303
    assert answer.location == f"{path}?format=json"


def test_roles_lead_to_their_holder(client: FlaskClient, store: Store) -> None:
    (row, *_) = select(store, "SELECT ?post ?who { ?post org:member ?who } ORDER BY ?post")
    answer = client.get(urlsplit(row["post"]).path)
    assert (answer.status_code, answer.location) == (303, urlsplit(row["who"]).path)
    assert client.get("/membership/none").status_code == 404
    assert client.get("/membership/a b").status_code == 404


def test_a_plural_path_leads_to_the_singular(client: FlaskClient, store: Store) -> None:
    path = paths(store, "statements")[0]
    answer = client.get(path.replace("/statement/", "/statements/"))
    assert (answer.status_code, answer.location) == (308, path)


def test_pages_follow_each_other_by_link_and_cursor(client: FlaskClient) -> None:
    seen: list[str] = []
    path: str | None = "/statements?limit=4&act=say&act=deny&act=request"
    while path:
        answer = client.get(path)
        found = answer.get_json()
        seen += [one["id"] for one in found["items"]]
        link = re.search(r'<([^<>]+)>; rel="next"', ", ".join(answer.headers.getlist("Link")))
        path = link[1] if link else None
        assert (found["next"] is not None) == (path is not None)
    assert len(seen) == len(set(seen)) == found["total"] == 6


def test_an_unchanged_answer_is_304(client: FlaskClient) -> None:
    first = client.get("/events")
    again = client.get("/events", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    page = client.get("/events", headers=BROWSER)
    assert page.headers["ETag"] != first.headers["ETag"]


def test_reading_is_open_to_any_origin(client: FlaskClient) -> None:
    assert client.get("/events").headers["Access-Control-Allow-Origin"] == "*"


def test_evidence_is_the_words_of_the_article(client: FlaskClient) -> None:
    for one in client.get("/statements").get_json()["items"]:
        text = client.get(urlsplit(one["article"]["id"]).path).get_json()["text"]
        assert all(text[e["start"] : e["end"]] == e["exact"] for e in one["evidence"])
        assert one["evidence"]
        assert one["id"].startswith(DEFAULT_BASE)


def test_the_store_is_healthy(client: FlaskClient) -> None:
    for path in ("/healthz", "/readyz"):
        assert client.get(path).get_json() == {"status": "ok"}
