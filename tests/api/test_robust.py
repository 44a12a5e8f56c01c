"""Whatever is asked, the answer is a page, a record or a problem, never a failure of ours."""

from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.export import FORMATS
from kg.filters import ALLOWED, KINDS
from kg.projection import PRESETS
from kg.query import names
from tests.api.conftest import BROWSER
from tests.api.serving import Reply, fetch, serving

WORDS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["", "http://localhost:8000/actor/x y", "a://b", "2021-05", "deny", "0" * 32]),
)
NAMES = st.sampled_from(
    [
        *(ALLOWED["statements"] + ALLOWED["events"]),
        *("limit", "cursor", "sort", "facets", "histogram"),
        *("projection", "of", "format", "no_text", "query"),
    ]
)
LISTS = [f"/{kind}" for kind in KINDS]
PATHS = st.sampled_from(
    [
        *(*LISTS, "/", "/graph", "/timeline", "/map", "/sparql", "/queries"),
        *("/queries/who-called-for", *(f"/export/{name}" for name in FORMATS)),
    ]
)
RECORDS = st.sampled_from(
    [
        *("statement", "event", "actor", "place", "article", "report", "membership"),
        *("statements", "queries", "export", "static"),
    ]
)
GENTLE = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def told(client: FlaskClient, path: str) -> None:
    for headers in ({}, BROWSER):
        answer = client.get(path, headers=headers)
        assert answer.status_code < 500, answer.get_data(as_text=True)[:500]


@GENTLE
@given(PATHS, st.lists(st.tuples(NAMES, WORDS), max_size=3))
def test_no_parameter_breaks_a_route(
    client: FlaskClient, path: str, given_: list[tuple[str, str]]
) -> None:
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in given_)
    told(client, f"{path}?{query}")


@GENTLE
@given(RECORDS, st.text(max_size=30).filter(lambda text: text not in (".", "..")))
def test_no_name_of_a_record_breaks_a_route(client: FlaskClient, kind: str, ident: str) -> None:
    told(client, f"/{kind}/{quote(ident, safe='')}")


@pytest.mark.parametrize("path", ["/statements?q=%FF%FE", "/actor/%00", "/statements?limit=%20"])
def test_bytes_that_are_no_text(client: FlaskClient, path: str) -> None:
    told(client, path)


def tag(reply: Reply) -> str | None:
    return {name.lower(): value for name, value in reply.headers.items()}.get("etag")


def test_a_real_server_sends_whole_files_and_heads(app: Flask) -> None:
    with serving(app) as site:
        for name in FORMATS:
            whole = fetch(f"{site}/export/{name}?no_text=1")
            assert (whole.status, whole.type) == (
                200,
                FORMATS[name].media_type.partition(";")[0],
            )
            assert whole.body
        for path in ("/", "/statements", "/queries", "/openapi.json"):
            head = fetch(site + path, method="HEAD")
            assert (head.status, head.body) == (200, b"")
            assert tag(head) == tag(fetch(site + path)) is not None
        for preset in PRESETS:
            assert fetch(f"{site}/graph?projection={preset}").status == 200
        for name in names():
            assert fetch(f"{site}/queries/{name}").status == 200
        assert fetch(f"{site}/statements", method="POST", data=b"").status == 405
