"""Requests to other servers that a user's words set off: only to those the operator names.

A name is resolved here, every address it has must be public, and the connection goes to the
address that was looked at, so that no second answer of a name server leads elsewhere. A redirect
is a request like the first: it is held against the list, and its address is looked at.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlencode, urljoin, urlsplit

from kg.errors import BadInput, Forbidden

AGENT: Final = "conflict-kg (+https://w3id.org/conflict-kg)"
REDIRECTS: Final = 5
_REDIRECT: Final = (301, 302, 303, 307, 308)
_REPEATED: Final = (307, 308)
"""Those after which a form is posted again."""
_PORTS: Final = {"http": 80, "https": 443}
_PIECE: Final = 1 << 16
_TRANSLATED: Final = tuple(map(ipaddress.ip_network, ("::/96", "64:ff9b::/96", "64:ff9b:1::/48")))
"""IPv6 addresses that stand for IPv4 ones, whatever those are."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered: the bytes, their media type, and the URL they came from.

    ``charset`` is the encoding it declared.
    """

    body: bytes
    media_type: str
    url: str
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place that may be asked: a host with its usual ports, or all below a URL.

    >>> Place("data.example").holds("https://data.example/a"), Place("data.example").holds("http://x/")
    (True, False)
    >>> Place("https://data.example/rdf/").holds("https://data.example/rdf/../secret")
    False
    """

    text: str

    def holds(self, url: str) -> bool:
        """Whether a URL is in this place."""
        asked = urlsplit(url)
        if "://" not in self.text:
            host, _, port = self.text.lower().partition(":")
            ports = (int(port),) if port else tuple(_PORTS.values())
            return asked.hostname == host and _port(asked) in ports
        own = urlsplit(self.text)
        same = _origin(own) == _origin(asked)
        below = asked.path == own.path or asked.path.startswith(f"{own.path.rstrip('/')}/")
        return same and below and not _climbs(asked.path)


def places(text: str) -> tuple[Place, ...]:
    """The places of a comma-separated list; BadInput names one that is neither host nor URL.

    >>> [place.text for place in places("data.example, https://x.example/rdf/")]
    ['data.example', 'https://x.example/rdf/']
    """
    found = [one.strip() for one in text.split(",") if one.strip()]
    for one in found:
        parts = urlsplit(one if "://" in one else f"http://{one}/")
        if parts.scheme not in _PORTS or not parts.hostname or parts.username or not _port(parts):
            raise BadInput(f"{one!r} is no place to ask; write a host or an http(s) URL")
    return tuple(map(Place, found))


def is_public(address: str) -> bool:
    """Whether an address is of the public internet and stands for no other.

    >>> [is_public(one) for one in ("93.184.215.14", "127.0.0.1", "10.0.0.1", "::ffff:10.0.0.1")]
    [True, False, False, False]
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and (ip.is_site_local or _stands_for_another(ip)):
        return False
    return ip.is_global and not ip.is_multicast


@dataclass(frozen=True, slots=True)
class Outside:
    """Other servers: those at ``allowed`` places with addresses that ``trusts`` lets pass.

    None for ``allowed`` is any place. An answer has at most ``max_bytes`` and comes within
    ``seconds``, redirects and all.
    """

    allowed: tuple[Place, ...] | None
    max_bytes: int
    seconds: float
    trusts: Callable[[str], bool] = is_public

    def get(self, url: str, accept: str, *, form: Mapping[str, str] | None = None) -> Fetched:
        """What is at a URL, or what it answers when a form is posted to it.

        Raises Forbidden (not allowed), BadInput (no answer, or too large).
        """
        deadline = time.monotonic() + self.seconds
        body = None if form is None else urlencode(form)
        for _ in range(REDIRECTS + 1):
            found = self._once(url, accept, body, deadline)
            if isinstance(found, Fetched):
                return found
            url = _joined(url, found)
        raise BadInput(f"{url} is redirected more than {REDIRECTS} times")

    def _once(self, url: str, accept: str, body: str | None, deadline: float) -> Fetched | str:
        """The answer, or where it is said to be."""
        parts = self._checked(url)
        address = self._address(parts)
        left = deadline - time.monotonic()
        if left <= 0:
            raise self._late(url)
        connection = _Pinned(parts, address, left)
        ending = threading.Timer(left, connection.cut)
        ending.daemon = True
        ending.start()
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            headers = {"User-Agent": AGENT, "Accept": accept}
            if body is not None:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request("GET" if body is None else "POST", path, body, headers)
            answer = connection.getresponse()
            elsewhere = answer.getheader("Location")
            if elsewhere and answer.status in (_REDIRECT if body is None else _REPEATED):
                return elsewhere
            if answer.status != http.client.OK:
                raise BadInput(f"{url} answered {answer.status} {answer.reason}")
            kind, charset = answer.headers.get_content_type(), answer.headers.get_content_charset()
            return Fetched(self._read(answer, url, deadline), kind, url, charset)
        except (OSError, http.client.HTTPException, ValueError) as error:
            if time.monotonic() >= deadline:
                raise self._late(url) from None
            raise BadInput(f"{url} could not be fetched: {error}") from None
        finally:
            ending.cancel()
            connection.close()

    def _late(self, url: str) -> BadInput:
        return BadInput(f"{url} takes more than {self.seconds:g} s")

    def _checked(self, url: str) -> SplitResult:
        try:
            parts = urlsplit(url)
        except ValueError as error:
            raise BadInput(f"{url!r} is no address: {error}") from None
        if parts.scheme not in _PORTS or not parts.hostname or not _port(parts):
            raise Forbidden(f"{url} is no http(s) address")
        anywhere = self.allowed is None
        if parts.username is not None or not (anywhere or self._allows(url)):
            raise Forbidden(f"{url} is not among the places that may be asked (KG_ALLOW_SERVICE)")
        return parts

    def _allows(self, url: str) -> bool:
        return any(place.holds(url) for place in self.allowed or ())

    def _address(self, parts: SplitResult) -> str:
        host, port = str(parts.hostname), _port(parts)
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or error
            raise BadInput(f"{host} has no address: {reason}") from None
        addresses = [str(one[4][0]) for one in found]
        if not addresses or not all(map(self.trusts, addresses)):
            raise Forbidden(f"{host} leads into a private network, and is not asked")
        return addresses[0]

    def _read(self, answer: http.client.HTTPResponse, url: str, deadline: float) -> bytes:
        body = bytearray()
        while piece := answer.read1(_PIECE):
            body += piece
            if len(body) > self.max_bytes:
                raise BadInput(f"{url} is larger than {self.max_bytes} bytes")
        if time.monotonic() >= deadline:
            raise self._late(url)
        promised = answer.getheader("Content-Length")
        if promised is not None and len(body) < int(promised):
            raise BadInput(f"{url} broke off after {len(body)} of {promised} bytes")
        return bytes(body)


class _Pinned(http.client.HTTPConnection):
    """A connection to one address of a host; over TLS the host still has to prove its name."""

    def __init__(self, parts: SplitResult, address: str, seconds: float) -> None:
        super().__init__(str(parts.hostname), _port(parts), timeout=seconds)
        self._address = address
        self._secure = parts.scheme == "https"
        self._reached: socket.socket | None = None
        self._over = False

    def connect(self) -> None:
        """Connect to the address that was looked at, not to one looked up again."""
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self._reach(plain)
        if self._secure:
            secure = ssl.create_default_context().wrap_socket(
                plain, server_hostname=self.host, do_handshake_on_connect=False
            )
            self._reach(secure)
            secure.do_handshake()

    def _reach(self, sock: socket.socket) -> None:
        self.sock = self._reached = sock
        if self._over:
            raise TimeoutError

    def cut(self) -> None:
        """End it, whoever waits for it: a read that goes on ends too. For another thread."""
        self._over = True
        if self._reached is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(self._reached, socket.SHUT_RDWR)


def _stands_for_another(ip: ipaddress.IPv6Address) -> bool:
    mapped = bool(ip.ipv4_mapped or ip.sixtofour or ip.teredo)
    return mapped or any(ip in network for network in _TRANSLATED)


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise BadInput(
            f"{url} is redirected to {location!r}, which is no address: {error}"
        ) from None


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, _port(parts)


def _climbs(path: str) -> bool:
    """Whether a path holds a step upwards, in any spelling."""
    return ".." in path.lower().replace("%2e", ".").split("/")
