"""Other servers are asked only where the operator says so, and never in a private network."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.errors import BadInput, Forbidden
from kg.store.outside import Outside, is_public, places

PRIVATE = [
    *("127.0.0.1", "127.255.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::"),
    *("fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1"),
    *("::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1"),
    *("64:ff9b:1::a00:1", "::10.0.0.1", "::8.8.8.8", "fec0::1"),
]


class Answers(BaseHTTPRequestHandler):
    """A server that says what its path says."""

    def do_GET(self) -> None:
        name, _, rest = self.path.lstrip("/").partition("/")
        if name == "to":
            self.send_response(302)
            self.send_header("Location", rest.replace("HOST", self.headers["Host"]))
            self.end_headers()
            return
        if name == "drip":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for n in range(80):
                self.wfile.write(b"X-%d: 1\r\n" % n)
                time.sleep(0.1)
            return
        self.send_response(404 if name == "missing" else 200)
        self.send_header("Content-Type", "text/turtle; charset=utf-8")
        body = b"<a:a> <a:b> 1 .\n" * (1000 if name == "large" else 1)
        self.send_header("Content-Length", str(len(body) + (name == "cut")))
        self.end_headers()
        for start in range(0, len(body), 4):
            self.wfile.write(body[start : start + 4])
            if name == "slow":
                time.sleep(0.2)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    """Host and port of a server on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def anywhere(address: str) -> bool:
    """Trust of loopback, so that there is a server to ask."""
    return True


def trusting(allowed: str, seconds: float = 10.0) -> Outside:
    return Outside(places(allowed), 4000, seconds, trusts=anywhere)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07::1"])
def test_public_addresses_are_known(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "spelt", ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "[::1]", "0"]
)
def test_loopback_is_never_asked_however_it_is_spelt(host: str, spelt: str) -> None:
    port = host.partition(":")[2]
    allowed = places(f"http://{spelt}:{port}/")
    with pytest.raises((Forbidden, BadInput)) as told:
        Outside(allowed, 4000, 10.0).get(f"http://{spelt}:{port}/x", "*/*")
    assert "private network" in str(told.value) or "no address" in str(told.value)


def test_what_an_allowed_server_says_comes_back(host: str) -> None:
    found = trusting(host).get(f"http://{host}/x", "text/turtle")
    assert (found.body, found.media_type) == (b"<a:a> <a:b> 1 .\n", "text/turtle")


def test_a_redirect_within_what_is_allowed_is_followed(host: str) -> None:
    assert trusting(host).get(f"http://{host}/to//x", "*/*").url == f"http://{host}/x"


@pytest.mark.parametrize("path", ["to/http://127.0.0.1:1/x", "to/http://else.example/", "to//../y"])
def test_a_redirect_to_elsewhere_is_not(host: str, path: str) -> None:
    allowed = f"http://{host}/to/" if path.endswith("y") else host
    with pytest.raises(Forbidden, match="KG_ALLOW_SERVICE"):
        trusting(allowed).get(f"http://{host}/{path}", "*/*")


def test_a_redirect_into_a_private_network_is_not_followed(host: str) -> None:
    """The name is allowed, the first address trusted, the second not."""
    seen: list[str] = []

    def once(address: str) -> bool:
        seen.append(address)
        return len(set(seen)) == 1 and len(seen) <= 2

    port = host.partition(":")[2]
    outside = Outside(places(f"127.0.0.1:{port},localhost:{port}"), 4000, 10.0, trusts=once)
    outside.get(f"http://127.0.0.1:{port}/x", "*/*")
    seen.append("used up")
    with pytest.raises(Forbidden, match="private network"):
        outside.get(f"http://127.0.0.1:{port}/to/http://localhost:{port}/x", "*/*")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("missing", "404"),
        ("large", "larger than 4000 bytes"),
        ("cut", "broke off"),
        ("to/http://[", "no address"),
        ("to//to//to//to//to//to//to//x", "more than 5 times"),
    ],
)
def test_no_answer_is_taken_for_whole_that_is_not(host: str, path: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        trusting(host).get(f"http://{host}/{path}", "*/*")


def test_a_server_that_dribbles_is_left(host: str) -> None:
    with pytest.raises(BadInput, match=r"more than 0\.3 s"):
        trusting(host, 0.3).get(f"http://{host}/slow", "*/*")


def test_a_server_that_dribbles_its_headers_is_left_too(host: str) -> None:
    begun = time.monotonic()
    with pytest.raises(BadInput, match=r"more than 0\.3 s"):
        trusting(host, 0.3).get(f"http://{host}/to//drip", "*/*")
    assert time.monotonic() - begun < 6


@pytest.mark.parametrize(
    ("allowed", "url", "holds"),
    [
        ("data.example", "http://data.example/a", True),
        ("data.example", "https://DATA.example/a", True),
        ("data.example", "https://data.example:8443/a", False),
        ("data.example:8443", "https://data.example:8443/a", True),
        ("data.example", "https://data.example.evil.example/", False),
        ("data.example", "https://data.example@evil.example/", False),
        ("data.example", "ftp://data.example/", False),
        ("data.example", "file:///etc/passwd", False),
        ("https://data.example", "https://data.example/a", True),
        ("https://data.example", "https://data.example.evil.example/a", False),
        ("https://data.example/rdf", "https://data.example/rdf/a.ttl", True),
        ("https://data.example/rdf", "https://data.example/rdf2", False),
        ("https://data.example/rdf", "http://data.example/rdf/a.ttl", False),
        ("https://data.example/rdf/", "https://data.example/rdf/%2E%2e/a", False),
        ("", "https://data.example/a", False),
    ],
)
def test_places_are_compared_part_by_part(allowed: str, url: str, holds: bool) -> None:
    assert any(place.holds(url) for place in places(allowed)) is holds


@pytest.mark.parametrize("text", ["ftp://x/", "http://", "http://me@x/", "x:y", "http://x:99999/"])
def test_a_place_that_is_none_is_told(text: str) -> None:
    with pytest.raises(BadInput, match="no place to ask"):
        places(text)
