"""HTTP/1.1 to one engine: kept connections, authentication, a deadline, and tries.

The standard library's client; TLS certificates are checked. A redirect is an error, since it
would carry the data and the credentials to somebody whom the operator has not named.
"""

import contextlib
import queue
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Final
from urllib.parse import SplitResult, urlsplit

from kg.errors import EngineError
from kg.store.remote.auth import Authenticator, Credentials

TRIES: Final = 4
FIRST_WAIT: Final = 0.25
"""Seconds before the second try; each wait is twice the one before."""
PASSING: Final = frozenset({408, 425, 429, 502, 503, 504})
"""Statuses after which the same request may succeed."""
CONNECT_SECONDS: Final = 10.0
AGENT: Final = "conflict-kg (+https://w3id.org/conflict-kg)"
_PIECE: Final = 1 << 18
_IDLE: Final = 16
"""Connections that are kept while nobody uses them."""


class Late(Exception):
    """No whole answer before the deadline."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request; ``repeat`` says that sending it twice does what sending it once does."""

    method: str
    url: str
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, whatever its status."""

    status: int
    headers: Message
    body: bytes

    @property
    def type(self) -> str:
        """The media type, without parameters."""
        return self.headers.get_content_type()

    def said(self, most: int = 300) -> str:
        """The beginning of the body as one line, for messages."""
        text = self.body[: 4 * most].decode("utf-8", "replace")
        return " ".join(text.split())[:most]


class Client:
    """Sends requests to one server; safe to share between threads."""

    def __init__(
        self, credentials: Credentials, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._authenticator = Authenticator(credentials)
        self._idle: queue.LifoQueue[tuple[str, HTTPConnection]] = queue.LifoQueue(_IDLE)
        self._sleep = sleep

    def send(self, request: Request, *, seconds: float) -> Reply:
        """The reply, after as many tries as the request and the time allow.

        Raises Late, and EngineError where the server cannot be reached or cuts its answer short.
        A status that says no is a reply.
        """
        deadline, wait = time.monotonic() + seconds, FIRST_WAIT
        for left in range(TRIES - 1, -1, -1):
            failure, reply, asked = "", None, None
            try:
                reply = self._authorised(request, deadline)
                if reply.status not in PASSING:
                    return reply
                asked = _asked_wait(reply.headers)
            except TimeoutError as error:
                if time.monotonic() >= deadline:
                    raise Late from error
                failure = "no connection in time"
            except (OSError, HTTPException) as error:
                failure = str(error) or type(error).__name__
                # Nobody heard a request that found no server: it may be sent again.
                if not request.repeat and not isinstance(error, ConnectionRefusedError):
                    break
            pause = wait if asked is None else asked
            again = request.repeat or reply is None
            if not left or not again or time.monotonic() + pause >= deadline:
                break
            self._sleep(pause)
            wait *= 2
        if reply is not None:
            return reply
        raise EngineError(f"the engine at {request.url} cannot be reached: {failure}")

    def close(self) -> None:
        """Close the kept connections."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._idle.get_nowait()[1].close()

    def _authorised(self, request: Request, deadline: float) -> Reply:
        """The reply; where the server asks who we are, the one after saying so."""
        reply = self._once(request, deadline)
        for _ in range(2):
            # Twice, for a server may call a kept nonce stale.
            asked = reply.headers.get_all("WWW-Authenticate") or []
            if reply.status != 401 or not self._authenticator.learn(asked):
                return reply
            reply = self._once(request, deadline)
        return reply

    def _once(self, request: Request, deadline: float) -> Reply:
        url = urlsplit(request.url)
        kept = self._kept(url) if request.repeat else None
        if kept is not None:
            # The server may have closed it meanwhile.
            with contextlib.suppress(ConnectionError, HTTPException):
                return self._exchange(kept, url, request, deadline)
        return self._exchange(_connection(url), url, request, deadline)

    def _kept(self, url: SplitResult) -> HTTPConnection | None:
        with contextlib.suppress(queue.Empty):
            while True:
                origin, connection = self._idle.get_nowait()
                if origin == _origin(url):
                    return connection
                connection.close()
        return None

    def _exchange(
        self, connection: HTTPConnection, url: SplitResult, request: Request, deadline: float
    ) -> Reply:
        target = url._replace(scheme="", netloc="", fragment="").geturl() or "/"
        headers = {"User-Agent": AGENT, **request.headers}
        if said := self._authenticator.header(request.method, target):
            headers["Authorization"] = said
        try:
            _allow(connection, deadline, connecting=connection.sock is None)
            # A server that refuses may close before it has read all: why, is in its answer.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                connection.request(request.method, target, request.body, headers)
            _allow(connection, deadline)
            response = connection.getresponse()
            reply = Reply(response.status, response.headers, _body(connection, response, deadline))
        except BaseException:
            connection.close()
            raise
        self._keep(url, connection)
        return reply

    def _keep(self, url: SplitResult, connection: HTTPConnection) -> None:
        if connection.sock is None:
            return
        try:
            self._idle.put_nowait((_origin(url), connection))
        except queue.Full:
            connection.close()


def _connection(url: SplitResult) -> HTTPConnection:
    kind = HTTPSConnection if url.scheme == "https" else HTTPConnection
    return kind(url.hostname or "", url.port, timeout=CONNECT_SECONDS)


def _origin(url: SplitResult) -> str:
    return f"{url.scheme}://{url.netloc}"


def _allow(connection: HTTPConnection, deadline: float, *, connecting: bool = False) -> None:
    """Give the next step on a connection the time that is left."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    connection.timeout = min(left, CONNECT_SECONDS) if connecting else left
    if connection.sock is not None:
        connection.sock.settimeout(left)


def _body(connection: HTTPConnection, response: HTTPResponse, deadline: float) -> bytes:
    """The whole body; HTTPException where it ends too early."""
    held = bytearray()
    sock: socket.socket | None = connection.sock
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if sock is not None:
            sock.settimeout(left)
        piece = response.read1(_PIECE)
        if not piece:
            break
        held += piece
    if response.length:
        raise HTTPException(f"its answer was cut short: {response.length} bytes are missing")
    response.close()
    return bytes(held)


def _asked_wait(headers: Message) -> float | None:
    """The seconds that ``Retry-After`` asks for, given as a number or as a date."""
    given = headers.get("Retry-After", "")
    with contextlib.suppress(ValueError, TypeError):
        if given.strip().isdigit():
            return float(given)
        return max(0.0, (parsedate_to_datetime(given) - datetime.now(UTC)).total_seconds())
    return None
