"""A service seen over HTTP: one connection that stays open, and what comes back on it."""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self
from urllib.parse import urlsplit

QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
_SECONDS: Final = 30


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, headers by their names in small letters, and the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def type(self) -> str:
        """The media type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0]

    def __str__(self) -> str:
        return f"{self.status} {self.body[:500].decode(errors='replace')}"


class Client:
    """Requests to one service, with its token where there is one."""

    def __init__(self, site: str, token: str = "") -> None:
        self.site = site
        self._token = token
        self._connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=_SECONDS)

    def __enter__(self) -> Self:
        """The client itself; leaving closes its connection."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connection."""
        self._connection.close()

    def send(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Reply:
        """The answer to a request; a connection the server let go is opened again."""
        sent = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        sent.update(headers or {})
        try:
            return self._once(method, path, sent, body)
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self._connection.close()
            return self._once(method, path, sent, body)

    def query(self, text: str, accept: str = "*/*") -> Reply:
        """A query, posted as it stands."""
        headers = {"Content-Type": QUERY, "Accept": accept}
        return self.send("POST", "/sparql", headers, text.encode())

    def update(self, text: str) -> Reply:
        """An update, posted as it stands."""
        return self.send("POST", "/sparql/update", {"Content-Type": UPDATE}, text.encode())

    def _once(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | None
    ) -> Reply:
        # Not request(): it would add a Content-Type, or leave out the length of an empty body.
        self._connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            self._connection.putheader(name, value)
        if body is not None:
            self._connection.putheader("Content-Length", str(len(body)))
        self._connection.endheaders(body)
        reply = self._connection.getresponse()
        names = {name.lower(): value for name, value in reply.getheaders()}
        return Reply(reply.status, names, reply.read())
