"""gzip over a real server: when, how told apart, and never at the price of a whole answer."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask, Response, request

from api import compress
from api.app import create_app
from kg.config import Settings
from kg.store import open_store
from kg.store.pool.workers import WorkerPool
from tests.api.serving import Reply, fetch, serving

DIGITS = "0 1 2 3 4 5 6 7 8 9"
LONG = quote(
    f"SELECT ?n {{ VALUES ?a {{ {DIGITS} }} VALUES ?b {{ {DIGITS} }} VALUES ?c {{ {DIGITS} }} "
    "BIND(100 * ?a + 10 * ?b + ?c AS ?n) }"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("compress")
    store = open_store(f"oxigraph:{folder / 'store'}", base="http://x.example/")
    with WorkerPool(store, workers=1) as pool:
        settings = Settings(store="memory:", base="http://x.example/")
        with serving(create_app(pool, settings)) as address:
            yield address
    store.close()


def get(address: str, accept: str | None, method: str = "GET", **headers: str) -> Reply:
    given = {"Accept-Encoding": accept} if accept is not None else {}
    return fetch(address, method=method, headers={**given, **headers})


@pytest.mark.parametrize(
    ("accept", "packed"),
    [
        (None, False),
        ("", False),
        ("identity", False),
        ("gzip", True),
        ("GZIP", True),
        ("*", True),
        ("gzip, deflate, br", True),
        ("br;q=1.0, gzip;q=0.5", True),
        ("gzip;q=0", False),
        ("gzip;q=0, *", False),
        ("*;q=0", False),
        ("gzip;q=0.5, identity;q=0.8", False),
        ("gzip;q=0.8, identity;q=0.5", True),
        ("br", False),
        ("gzip;q=nonsense", False),
    ],
)
def test_who_gets_it_packed(site: str, accept: str | None, packed: bool) -> None:
    plain = get(f"{site}/sparql.csv?query={LONG}", None)
    reply = get(f"{site}/sparql.csv?query={LONG}", accept)
    assert reply.status == 200
    assert (reply.headers.get("Content-Encoding") == "gzip") is packed
    assert "Accept-Encoding" in reply.headers["Vary"]
    assert (gzip.decompress(reply.body) if packed else reply.body) == plain.body
    assert int(reply.headers["Content-Length"]) == len(reply.body)


def test_what_is_short_or_an_error_stays_as_it_is(site: str) -> None:
    for address in ("/sparql?query=ASK{}", "/sparql?query=nonsense"):
        reply = get(site + address, "gzip")
        assert "Content-Encoding" not in reply.headers


def test_each_encoding_has_an_etag_of_its_own_and_knows_it_again(site: str) -> None:
    address = f"{site}/sparql.csv?query={LONG}"
    plain, packed = get(address, None), get(address, "gzip")
    tags = [reply.headers["ETag"] for reply in (plain, packed)]
    assert tags[0] != tags[1]
    assert not any(tag.startswith("W/") for tag in tags)
    for accept, tag in zip((None, "gzip"), tags, strict=True):
        again = get(address, accept, **{"If-None-Match": tag})
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)


def test_a_head_tells_the_encoding_and_has_no_body(site: str) -> None:
    reply = get(f"{site}/sparql.csv?query={LONG}", "gzip", "HEAD")
    assert (reply.status, reply.body) == (200, b"")
    assert reply.headers["Content-Encoding"] == "gzip"
    plain = get(f"{site}/sparql.csv?query={LONG}", None, "HEAD")
    assert int(plain.headers["Content-Length"]) > 0


def test_posts_and_pages_are_packed_too(site: str) -> None:
    posted = fetch(
        f"{site}/sparql",
        data=f"query={LONG}".encode(),
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept-Encoding": "gzip",
        },
    )
    assert b'"bindings"' in gzip.decompress(posted.body)
    page = get(f"{site}/sparql", "gzip", Accept="text/html")
    assert b"<html" in gzip.decompress(page.body)
    style = get(f"{site}/static/style.css", "gzip")
    assert gzip.decompress(style.body) == get(f"{site}/static/style.css", None).body


def test_an_answer_sent_from_a_file_is_packed_on_its_way(site: str) -> None:
    digits = " ".join(f"VALUES ?{name} {{ {DIGITS} }}" for name in "abcde")
    address = f"{site}/sparql.tsv?query={quote(f'SELECT * {{ {digits} }}')}"
    plain, packed = get(address, None), get(address, "gzip")
    assert len(plain.body.splitlines()) == 100_001
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 2


def test_an_answer_in_pieces_stays_in_pieces_and_breaks_where_it_broke() -> None:
    app, taken = Flask("pieces"), []

    def pieces() -> Iterator[bytes]:
        for number in range(64):
            taken.append(number)
            yield bytes(range(256)) * 1024
        raise OSError("the source broke")

    @app.get("/")
    def whole() -> Response:
        response = Response(pieces(), mimetype="text/plain")
        compress.pack(request, response)
        return response

    reply = app.test_client().get("/", buffered=False)
    sent = iter(reply.response)
    assert next(sent)
    assert len(taken) < 64
    with pytest.raises(OSError, match="broke"):
        list(sent)
