"""The server: clients that hang up, send or read slowly, and an end that loses no answer."""

import json
import select
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import quote

import pytest
from flask import Flask, request

from api.app import create_app
from api.errors import MEDIA_TYPE
from api.server import Server
from kg.config import Settings
from kg.iri import DEFAULT_BASE, graph_iri
from kg.store import open_store
from kg.store.pool.workers import WorkerPool
from tests.api.serving import fetch, serving

ROWS = 3000
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
MEGABYTES = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"
NUMBERS = " ".join(map(str, range(700)))
SECOND = (
    f"SELECT (COUNT(*) AS ?n) {{ VALUES ?a {{ {NUMBERS} }} VALUES ?b {{ {NUMBERS} }} "
    "FILTER(CONCAT(STR(?a), STR(?b)) > '') }"
)


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    store = open_store("memory:", base=DEFAULT_BASE)
    rows = [(f"<http://x.example/{n}>", "<http://x.example/p>", f'"{n}"') for n in range(ROWS)]
    store.replace([(graph_iri(DEFAULT_BASE, "view"), rows)])
    with WorkerPool(store, workers=2, heavy=1, seconds=30.0) as made:
        yield made
    store.close()


@pytest.fixture(scope="module")
def app(pool: WorkerPool) -> Flask:
    return create_app(pool, Settings(store="memory:"))


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    with serving(app, threads=10) as found:
        yield found


def asked(address: str, text: str) -> str:
    return f"{address}/sparql?query={quote(text)}&format=json"


def sent(address: str, head: str) -> socket.socket:
    """A connection on which so much of a request was sent."""
    host, port = address.removeprefix("http://").split(":")
    made = socket.create_connection((host, int(port)), timeout=30)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    made.sendall(head.encode())
    return made


def get(text: str) -> str:
    return f"GET /sparql?query={quote(text)} HTTP/1.0\r\nHost: x\r\n\r\n"


def until(true: object, what: str) -> None:
    end = time.monotonic() + 20
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end, what
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("head", "status", "told"),
    [
        (f"GET /?{'x' * (1 << 18)} HTTP/1.1\r\nHost: x\r\n\r\n", 431, "as the body of a POST"),
        (f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {2 << 30}\r\n\r\n", 413, "in parts"),
        ("GET / HTTP/1.1\r\nHost: {x}\r\nno header\r\n\r\n", 400, "Invalid header"),
    ],
)
def test_what_no_route_sees_is_a_problem_too(
    address: str, head: str, status: int, told: str
) -> None:
    with closing(sent(address, head)) as connection:
        reply = HTTPResponse(connection)
        reply.begin()
        problem = json.loads(reply.read())
    assert (reply.status, problem["status"]) == (status, status)
    assert reply.headers["Content-Type"] == MEDIA_TYPE
    assert told in problem["detail"]
    assert set(problem) == {"type", "title", "status", "detail", "instance"}


def test_a_client_that_hangs_up_ends_its_query(address: str, pool: WorkerPool) -> None:
    until(lambda: len(pool.pids) == 2, "workers are there")
    gone = sent(address, get(RUNAWAY))
    until(lambda: len(pool.pids) == 3, "the query takes long and another worker is there")
    gone.close()
    until(lambda: len(pool.pids) == 2, "the query has ended")


def test_slow_readers_hold_neither_threads_nor_workers(address: str, pool: WorkerPool) -> None:
    slow = [sent(address, get(MEGABYTES)) for _ in range(6)]
    for one in slow:
        assert one.recv(15).endswith(b" 200 OK")
    until(lambda: pool.ready, "workers wait")
    for _ in range(5):
        assert json.loads(fetch(asked(address, COUNT)).body)["results"]
    whole = fetch(asked(address, MEGABYTES))
    assert int(whole.headers["Content-Length"]) == len(whole.body) > 1_000_000
    assert len(json.loads(whole.body)["results"]["bindings"]) == 20_000
    for one in slow:
        one.close()


def test_slow_senders_hold_nothing(address: str) -> None:
    head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n"
    slow = [
        sent(address, f"{head}Content-Type: application/sparql-query\r\n\r\nA") for _ in range(12)
    ]
    slow += [sent(address, head) for _ in range(12)]
    assert fetch(asked(address, COUNT)).status == 200
    for one in slow:
        one.close()


def test_an_answer_goes_out_in_one_piece(address: str) -> None:
    with sent(address, get(COUNT)) as line:
        head, _, body = line.recv(4096).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.0 200 OK")
    assert json.loads(body)["results"]["bindings"][0]["n"]["value"] == str(ROWS)


def test_requests_that_are_sent_ahead_are_answered_in_turn(address: str) -> None:
    rounds = 20
    head = f"GET /sparql?query={quote(COUNT)} HTTP/1.1\r\nHost: x\r\n\r\n"
    with sent(address, head * rounds) as line, line.makefile("rb") as answers:
        for _ in range(rounds):
            lines = list(iter(answers.readline, b"\r\n"))
            assert lines[0] == b"HTTP/1.1 200 OK\r\n"
            (length,) = [int(one.split()[1]) for one in lines if one.startswith(b"Content-Length")]
            assert str(ROWS).encode() in answers.read(length)


def test_too_many_long_queries_are_refused_at_once(address: str, pool: WorkerPool) -> None:
    held = [sent(address, get(RUNAWAY)) for _ in range(8)]
    until(lambda: len(pool.pids) == 10, "the heavy lane is full")
    began = time.monotonic()
    refused = fetch(asked(address, RUNAWAY))
    assert (refused.status, refused.json()["limit"]) == (503, "heavy")
    assert int(refused.headers["Retry-After"]) > 0
    assert time.monotonic() - began < 10
    assert fetch(asked(address, COUNT)).status == 200
    for one in held:
        one.close()
    until(lambda: len(pool.pids) == 2, "their queries have ended")


def test_a_client_that_fills_the_lane_leaves_others_their_part(
    address: str, pool: WorkerPool
) -> None:
    """Loopback has many addresses; each is a client."""
    held = [sent(address, get(RUNAWAY)) for _ in range(8)]
    until(lambda: len(pool.pids) == 10, "the heavy lane is full")
    assert asked_from("127.0.0.2", address, SECOND) == (200, "490000")
    ended = [one for one in held if _readable(one)]
    assert len(ended) == 1
    assert ended[0].recv(12) == b"HTTP/1.0 503"
    for one in held:
        one.close()
    until(lambda: len(pool.pids) == 2, "their queries have ended")


def asked_from(client: str, address: str, text: str) -> tuple[int, str]:
    """The status and the number that a client at this address is answered."""
    host, port = address.removeprefix("http://").split(":")
    line = HTTPConnection(host, int(port), timeout=60, source_address=(client, 0))
    with closing(line):
        line.request("GET", asked("", text))
        reply = line.getresponse()
        found = json.loads(reply.read())
    return reply.status, found["results"]["bindings"][0]["n"]["value"]


def _readable(line: socket.socket) -> bool:
    return bool(select.select([line], [], [], 0)[0])


def test_a_proxy_says_who_its_clients_are_and_how_they_asked(pool: WorkerPool) -> None:
    app = create_app(pool, Settings(store="memory:"))
    app.add_url_rule("/who", view_func=lambda: f"{request.scheme} {request.remote_addr}")
    headers = {"X-Forwarded-For": "10.0.0.1, 192.0.2.7", "X-Forwarded-Proto": "https"}
    for proxy, who in (
        ("127.0.0.1", b"https 192.0.2.7"),
        ("192.0.2.1", b"http 127.0.0.1"),
        ("", b"http 127.0.0.1"),
    ):
        with serving(app, proxy=proxy) as there:
            told = fetch(f"{there}/who", headers=headers)
            context = fetch(f"{there}/statements", headers=headers).json()["@context"]
        assert told.body == who
        assert context.startswith(f"{who.decode().partition(' ')[0]}://")


def test_what_is_being_answered_when_it_is_stopped_is_answered(app: Flask) -> None:
    server = Server(app, socket.create_server(("127.0.0.1", 0)), threads=2, grace=60.0)
    running = threading.Thread(target=server.run)
    running.start()
    address = f"http://127.0.0.1:{server.port}"
    with ThreadPoolExecutor(1) as threads:
        answer = threads.submit(fetch, asked(address, SECOND))
        time.sleep(0.3)
        idle = sent(address, "GET / HTTP/1.1\r\n")
        server.stop()
        reply = answer.result()
    assert json.loads(reply.body)["results"]["bindings"][0]["n"]["value"] == "490000"
    running.join(timeout=30)
    assert not running.is_alive()
    with idle, pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", server.port))
