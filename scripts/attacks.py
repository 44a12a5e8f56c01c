"""What is meant to stop a SPARQL service: queries, and clients that send and read badly."""

import random
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Final
from urllib.parse import quote, urlencode

NEXT: Final = "http://x.example/next"
TIMEOUT: Final = 60.0
CROSS: Final = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SORTED: Final = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f DESC(?i)"
ENDLESS: Final = f"SELECT (COUNT(*) AS ?n) {{ ?a <{NEXT}>*/<{NEXT}>*/<{NEXT}>* ?b }}"
NEGATED: Final = "SELECT (COUNT(*) AS ?n) { ?a (!<a:b>|^!<a:b>)* ?b . ?b (!<a:b>)+ ?c }"
GROWING: Final = (
    "SELECT (GROUP_CONCAT(CONCAT(?c, ?f); separator='!') AS ?n) { ?a ?b ?c . ?d ?e ?f }"
)
LONG_ANSWER: Final = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 200000"
MEGABYTES: Final = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 10000"
REGEX: Final = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f "
    "FILTER(REGEX(CONCAT(STR(?c), STR(?f)), '^((a+)+|(.*.*.*)+){30}$')) }"
)


@dataclass
class Place:
    """Where the server is, and a source of chance."""

    port: int
    random: random.Random


def post(place: Place, text: str, *, timeout: float = TIMEOUT) -> int:
    """The status of a query that is sent in a form."""
    body = urlencode({"query": text})
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connection = HTTPConnection("127.0.0.1", place.port, timeout=timeout)
    try:
        connection.request("POST", "/sparql", body, headers)
        reply = connection.getresponse()
        reply.read()
        return reply.status
    finally:
        connection.close()


def brackets(place: Place) -> int:
    """Ten thousand brackets in each other."""
    pair = place.random.choice(["{}", "()", "[]"])
    return post(place, f"ASK {{ {pair[0] * 10_000} ?s ?p ?o {pair[1] * 10_000} }}")


def chain(place: Place) -> int:
    """A chain that is deeper than any stack."""
    return post(place, f"ASK {{ FILTER({'!' * 500_000}1) }}")


def values(place: Place) -> int:
    """As many values as a text may hold, joined with themselves."""
    some = " ".join(str(n) for n in range(60_000))
    return post(
        place, f"ASK {{ VALUES ?a {{ {some} }} VALUES ?b {{ {some} }} FILTER(?a + ?b < 0) }}"
    )


def megabyte(place: Place) -> int:
    """A megabyte of what looks like names to whoever reads token by token."""
    return post(place, f"ASK {{ ?s ?p {'a.b-' * 240_000} }}")


def too_long(place: Place) -> int:
    """More text than is read."""
    return post(place, f"ASK {{}} # {'x' * 2_000_000}")


def hangs_up(place: Place) -> int:
    """Ask for much and go."""
    text = place.random.choice([CROSS, SORTED, ENDLESS, LONG_ANSWER])
    with socket.create_connection(("127.0.0.1", place.port), timeout=TIMEOUT) as sock:
        sock.sendall(f"GET /sparql?query={quote(text)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(place.random.uniform(0.0, 0.5))
    return 0


def reads_slowly(place: Place) -> int:
    """Ask for megabytes and read them by the hundred bytes."""
    with socket.create_connection(("127.0.0.1", place.port), timeout=TIMEOUT) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.sendall(f"GET /sparql?query={quote(MEGABYTES)} HTTP/1.0\r\nHost: x\r\n\r\n".encode())
        for _ in range(40):
            if not sock.recv(100):
                break
            time.sleep(0.2)
    return 0


def sends_slowly(place: Place) -> int:
    """Send a request byte by byte and never end it."""
    head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    with socket.create_connection(("127.0.0.1", place.port), timeout=TIMEOUT) as sock:
        sock.sendall(f"{head}Content-Length: 100000\r\n\r\n".encode())
        for _ in range(40):
            sock.sendall(b"#")
            time.sleep(0.2)
    return 0


def asks(text: str) -> Callable[[Place], int]:
    """The attack that asks a query."""
    return lambda place: post(place, text)


ATTACKS: Final[Mapping[str, Callable[[Place], int]]] = {
    "cross join": asks(CROSS),
    "sorted cross join": asks(SORTED),
    "endless path": asks(ENDLESS),
    "negated path": asks(NEGATED),
    "growing string": asks(GROWING),
    "regex": asks(REGEX),
    "long answer": asks(LONG_ANSWER),
    "brackets": brackets,
    "chain": chain,
    "values": values,
    "megabyte": megabyte,
    "too long": too_long,
    "hangs up": hangs_up,
    "reads slowly": reads_slowly,
    "sends slowly": sends_slowly,
}
