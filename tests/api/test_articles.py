"""Articles over HTTP: what is sent is read, kept, seen and taken down. Real processes."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.iri import DEFAULT_BASE, article_iri, graph_iri
from kg.model import Article
from kg.pipeline import ingest
from kg.reading import Desk, ready_extractor
from kg.sources import stated
from kg.store import open_store
from kg.view import build
from tests.api.serving import fetch
from tests.api.test_openapi import check
from tests.keeping import Kept, files_holding, keeping

TEXT = (
    "GENEVA, 4 October 2022. The Sarnian ministry called on Monday for an investigation into the "
    "shelling of a school in Tavria. Officials of Norland denied the accusation."
)
PAGE = (
    "<html><head><title>Truce holds</title><meta name='date' content='2022-10-05'></head><body>"
    "<article><h1>Truce holds</h1><p>The Sarnian army said on Tuesday that its soldiers had left "
    "the town of Tavria after the truce was signed by both governments.</p>"
    "<p>Norland accused Sarnia of shelling a hospital.</p></article></body></html>"
)
FRENCH = (
    "Le ministre des affaires étrangères a déclaré lundi que la guerre continuait et que les "
    "soldats resteraient dans la région pendant plusieurs mois encore."
)


class Pages(BaseHTTPRequestHandler):
    """A newsroom's server."""

    def do_GET(self) -> None:
        kind = "image/png" if "png" in self.path else "text/html; charset=utf-8"
        body = b"x" * (2 << 20) if "large" in self.path else PAGE.encode()
        self.send_response(404 if "missing" in self.path else 200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def newsroom() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with Desk(DEFAULT_BASE) as made:
        yield made


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, desk: Desk) -> Iterator[Kept]:
    home = tmp_path_factory.mktemp("kept") / "store"
    with keeping(home, desk, trusts=lambda _: True) as made:
        assert made.post(f"{TEXT} As ever.".encode()).status == 201  # makes the first view
        yield made


def test_an_article_is_kept_and_seen_and_known_again(kept: Kept) -> None:
    reply = kept.post(TEXT.encode(), parameters="?date=2022-10-04&publisher=The+Post")
    assert reply.status == 201
    check(reply.json(), "Taken")
    (article,) = reply.json()["items"]
    iri = article_iri(DEFAULT_BASE, None, TEXT)
    assert article["id"] == iri
    assert (article["publisher"], article["published"]) == ("The Post", "2022-10-04")
    assert reply.json()["statements"] == article["statement_count"] >= 2
    assert kept.at(iri) == f"{kept.site}{reply.headers['Location']}"
    seen = fetch(kept.at(iri)).json()
    assert seen["text"] == TEXT
    assert {one["act"] for one in seen["statements"]} >= {"request", "deny"}
    again = kept.post(TEXT.encode(), parameters="?date=2022-10-04&publisher=The+Post")
    assert (again.status, again.json()["unchanged"]) == (200, 1)
    assert again.headers["KG-Snapshot"] == seen_snapshot(kept)


def seen_snapshot(kept: Kept) -> str:
    return fetch(f"{kept.site}/articles").headers["KG-Snapshot"]


def test_what_is_sent_is_what_kg_ingest_reads(kept: Kept, tmp_path: Path) -> None:
    text = f"{TEXT} A second time."
    kept.post(text.encode(), "text/markdown", "?url=https://n.example/1&date=2022-10-04")
    with_pipeline = open_store("memory:", base=DEFAULT_BASE)
    article = Article(text, url="https://n.example/1", published=stated("2022-10-04"))
    (iri,) = ingest(with_pipeline, [article], ready_extractor("default")).articles
    rdf = fetch(f"{kept.site}/graphs?graph={iri}", headers={"Accept": "application/n-triples"})
    lines = sorted(rdf.body.decode().splitlines())
    assert lines == [f"{s} {p} {o} ." for s, p, o in with_pipeline.read(iri)]


def test_lines_are_read_each_and_what_was_skipped_is_named(kept: Kept) -> None:
    lines = [
        json.dumps({"text": f"{TEXT} In a line.", "url": "https://n.example/2"}),
        json.dumps({"text": FRENCH}),
        "{broken",
        json.dumps({"title": "No text"}),
    ]
    reply = kept.post("\n".join(lines).encode(), "application/x-ndjson")
    found = reply.json()
    assert (reply.status, found["new"], len(found["items"])) == (201, 1, 1)
    assert [one["where"] for one in found["skipped"]] == [f"the request:{n}" for n in (2, 3, 4)]
    assert "not in English" in found["skipped"][0]["reason"]


def test_json_may_hold_a_text_a_page_or_an_address(kept: Kept, newsroom: str) -> None:
    text = {"text": f"{TEXT} In JSON.", "published": "2022-10-04", "headline": "In JSON"}
    (article,) = kept.post(json.dumps(text).encode(), "application/json").json()["items"]
    assert (article["headline"], article["published"]) == ("In JSON", "2022-10-04")
    page = {"html": PAGE, "publisher": "The Post", "author": "Ada Lane"}
    (article,) = kept.post(json.dumps(page).encode(), "application/json").json()["items"]
    assert (article["headline"], article["published"]) == ("Truce holds", "2022-10-05")
    assert (article["publisher"], article["author"]) == ("The Post", "Ada Lane")
    said = PAGE.replace("<head>", "<head><meta charset='iso-8859-1'>").replace("Truce", "Trêve")
    (article,) = kept.post(json.dumps({"html": said}).encode(), "application/json").json()["items"]
    assert article["headline"] == "Trêve holds"
    address = {"url": f"{newsroom}/truce"}
    (article,) = kept.post(json.dumps(address).encode(), "application/json").json()["items"]
    assert (article["url"], article["headline"]) == (f"{newsroom}/truce", "Truce holds")


@pytest.mark.parametrize(
    ("body", "kind", "parameters", "status", "says"),
    [
        (b"", "text/plain", "", 422, "empty"),
        (FRENCH.encode(), "text/plain", "", 422, "not in English"),
        (b"caf\xe9 in Tavria", "text/plain", "", 422, "does not decode"),
        (b"caf\xe9 text", "text/plain; charset=nonesuch", "", 422, "no known encoding"),
        (b"%PDF-1.4 ...", "text/plain", "", 422, "a PDF"),
        (b"<p>cut <article><p>The army said it did n", "text/html", "", 422, "cut off"),
        (TEXT.encode(), "application/pdf", "", 415, "text/plain"),
        (TEXT.encode(), "text/plain", "?date=soon", 400, "soon"),
        (TEXT.encode(), "text/plain", "?publishr=x", 400, "publisher"),
        (b"{}", "application/json", "", 400, "text, html or url"),
        (b"[1]", "application/json", "", 400, "object"),
        (b"{", "application/json", "", 400, "not JSON"),
        (b'{"body": "x"}', "application/json", "", 400, "'body'"),
        (b'{"text": 7}', "application/json", "", 400, "must be a text"),
        (b'{"url": "file:///etc/passwd"}', "application/json", "", 403, "http"),
        (b'{"url": "http://[::1"}', "application/json", "", 422, "no address"),
        (b"x" * ((20 << 20) + 1), "text/plain", "", 413, "KG_MAX_SOURCE_MB"),
    ],
)
def test_what_cannot_be_read_is_told(
    kept: Kept, body: bytes, kind: str, parameters: str, status: int, says: str
) -> None:
    before = seen_snapshot(kept)
    reply = kept.post(body, kind, parameters)
    assert (reply.status, reply.type) == (status, "application/problem+json")
    assert says in json.dumps(reply.json(), ensure_ascii=False)
    assert seen_snapshot(kept) == before


@pytest.mark.parametrize(
    ("path", "says"), [("missing", "404"), ("png", "image/png"), ("large", "larger")]
)
def test_pages_that_give_no_article_are_told(
    kept: Kept, newsroom: str, path: str, says: str
) -> None:
    body = json.dumps({"url": f"{newsroom}/{path}"}).encode()
    reply = kept.post(body, "application/json")
    assert reply.status == 422
    assert says in reply.json()["detail"]


def test_a_private_address_is_not_asked(desk: Desk, newsroom: str, tmp_path: Path) -> None:
    with keeping(tmp_path / "store", desk) as strict:
        reply = strict.post(json.dumps({"url": newsroom}).encode(), "application/json")
    assert reply.status == 403
    assert "private network" in reply.json()["detail"]


def test_writing_needs_the_token_and_a_keeper(kept: Kept) -> None:
    for headers in ({}, {"Authorization": "Bearer guessed"}):
        reply = fetch(
            f"{kept.site}/articles",
            data=TEXT.encode(),
            headers={**headers, "Content-Type": "text/plain"},
        )
        assert reply.status == 401
        iri = article_iri(DEFAULT_BASE, None, TEXT)
        assert fetch(kept.at(iri), method="DELETE", headers=headers).status == 401


@pytest.mark.slow
def test_what_takes_too_long_is_given_up_and_nothing_is_kept(desk: Desk, tmp_path: Path) -> None:
    with keeping(tmp_path / "store", desk, reading_seconds=2.0) as kept:
        reply = kept.post((TEXT * 2000).encode())
        assert (reply.status, reply.json()["limit"]) == (503, "reading_seconds")
        assert int(reply.headers["Retry-After"]) >= 1
        assert kept.json("/articles")["total"] == 0
    with keeping(tmp_path / "store", desk) as kept:
        assert kept.post(TEXT.encode()).status == 201


def test_many_at_the_same_time_are_each_kept_once(kept: Kept) -> None:
    texts = [f"{TEXT} At the same time, {n}." for n in range(4)]
    with ThreadPoolExecutor(4) as threads:
        replies = list(threads.map(lambda text: kept.post(text.encode()), texts))
    assert [reply.status for reply in replies] == [201] * 4
    for text in texts:
        assert fetch(kept.at(article_iri(DEFAULT_BASE, None, text))).status == 200


def test_what_is_taken_down_is_nowhere(desk: Desk, tmp_path: Path) -> None:
    secret = "the envoy of Vardania whispered of the zinc-blue bridge"
    text = f"{TEXT} On Tuesday {secret}, the ministry said."
    with keeping(tmp_path / "store", desk) as kept:
        (other,) = kept.post(TEXT.encode()).json()["items"]
        (article,) = kept.post(text.encode()).json()["items"]
        old = seen_snapshot(kept)
        assert kept.delete(article["id"]).status == 204
        assert kept.delete(article["id"]).status == 404
        assert fetch(kept.at(article["id"])).status == 404
        assert fetch(f"{kept.site}/articles?snapshot={old}").status == 410
        assert [one["id"] for one in kept.json("/articles")["items"]] == [other["id"]]
        assert kept.json("/statements?q=Vardania")["total"] == 0
        assert not files_holding(kept.home, "Vardania")
        assert kept.post(text.encode()).status == 201
        assert files_holding(kept.home, "Vardania")


def test_the_view_is_that_of_the_articles_that_are_there(desk: Desk, tmp_path: Path) -> None:
    """Whatever came and went, in whatever order."""
    home = tmp_path / "store"
    with keeping(home, desk) as kept:
        for number in range(5):
            assert kept.post(f"{TEXT} As told {number}.".encode()).status == 201
        for article in kept.json("/articles?limit=3")["items"]:
            assert kept.delete(article["id"]).status == 204
    store = open_store(f"oxigraph:{home}", base=DEFAULT_BASE)
    graphs = {name: store.read(name) for name in store.graphs()}
    view = graphs.pop(graph_iri(DEFAULT_BASE, "view"))
    store.close()
    assert view == build(DEFAULT_BASE, graphs.items())


def test_lists_hold_together_when_an_article_has_gone(kept: Kept) -> None:
    """What was in memory of the index is read anew: rows of the article are no longer there."""
    texts = (TEXT, TEXT.replace("4 October", "5 October").replace("Tavria", "Morvia"))
    ids = [kept.post(text.encode()).json()["items"][0]["id"] for text in texts]
    for before, taken in enumerate(ids):
        for kind in ("statements", "events", "actors", "places", "articles"):
            seen, cursor = [], ""
            while cursor is not None:
                page = kept.json(f"/{kind}?limit=1&cursor={cursor}")
                seen += [one["id"] for one in page["items"]]
                cursor = page["next"]
            assert len(seen) == page["total"], (before, kind)
            assert kind != "articles" or not set(ids[:before]) & set(seen)
        assert kept.delete(taken).status == 204
