"""One SPARQL 1.1 engine over HTTP: its query, update and graph store operations, and its errors.

What an engine answers is whole or an error. Virtuoso marks an answer that it gave up on with
``X-SQL-State``, and one that it cut with ``X-SPARQL-MaxRows``, under status 200.
"""

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, urlencode, urljoin, urlsplit

from kg.errors import BadQuery, EngineError, LimitHit, StoreError
from kg.store.base import JSON, NTRIPLES
from kg.store.remote.auth import Credentials
from kg.store.remote.dialect import Put
from kg.store.remote.http import Client, Late, Reply, Request

WRITE_SECONDS: Final = 600.0
"""How long one request that writes may take."""
_TABLE: Final = JSON
_GRAPH: Final = f"{NTRIPLES}, text/turtle;q=0.5"
_FORM: Final = "application/x-www-form-urlencoded"
_UPDATE: Final = "application/sparql-update"
_GAVE_UP: Final = "X-SQL-State"
_MOST: Final = "X-SPARQL-MaxRows"


@dataclass(frozen=True, slots=True)
class Remote:
    """How an engine is reached: addresses, who we are, and limits of a query.

    Without ``update`` the store can only be read; without ``graphs`` whole graphs are written by
    updates. Both may be relative to ``query``. ``seconds``, ``rows`` and ``bytes`` (of an
    answer) limit one query.
    """

    query: str = ""
    update: str = ""
    graphs: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    seconds: float = 30.0
    rows: int | None = 1_000_000
    bytes: int | None = None

    @property
    def credentials(self) -> Credentials:
        """Who we are."""
        return Credentials(self.user, self.password, self.token)


class Engine:
    """The operations of one engine; safe to share between threads."""

    def __init__(self, remote: Remote) -> None:
        self.remote = remote
        self._client = Client(remote.credentials)
        self._update = remote.update and urljoin(remote.query, remote.update)
        self._graphs = remote.graphs and urljoin(remote.query, remote.graphs)
        self._cuts = False
        for url in filter(None, (remote.query, self._update, self._graphs)):
            _check_url(url)

    @property
    def writable(self) -> bool:
        """Whether there is an address for updates."""
        return bool(self._update)

    @property
    def takes_graphs(self) -> bool:
        """Whether there is an address for whole graphs."""
        return bool(self._graphs)

    def ask(self, put: Put, *, graph: bool, seconds: float | None = None) -> Reply:
        """The answer to a query: SPARQL JSON, or with ``graph`` RDF.

        Raises LimitHit (query_seconds), BadQuery (the engine's 400), EngineError.
        """
        pairs = [("query", put.text)]
        pairs += [("default-graph-uri", one) for one in put.default]
        pairs += [("named-graph-uri", one) for one in put.named]
        limit = seconds or self.remote.seconds
        if self._cuts:
            # Virtuoso's own parameter, in milliseconds: the engine stops working, too.
            pairs.append(("timeout", str(int(limit * 1000))))
        headers = {"Content-Type": _FORM, "Accept": _GRAPH if graph else _TABLE}
        request = Request("POST", self.remote.query, urlencode(pairs).encode(), headers, True)
        try:
            reply = self._client.send(request, seconds=limit)
        except Late:
            raise _too_slow(limit) from None
        self._cuts = "Virtuoso" in reply.headers.get("Server", "")
        if reply.headers.get(_GAVE_UP) is not None:
            raise _given_up(reply, limit)
        if (most := reply.headers.get(_MOST)) is not None:
            raise EngineError(
                f"the engine cuts its answers at {most} rows; raise that limit (Virtuoso: "
                "ResultSetMaxRows), or ask for fewer rows at a time"
            )
        self._checked(reply)
        return reply

    def update(self, text: str, *, repeat: bool) -> None:
        """Carry out an update; ``repeat`` says that it may be sent twice. Raises BadQuery too."""
        headers = {"Content-Type": _UPDATE}
        self._write(Request("POST", self._update, text.encode(), headers, repeat))

    def put(self, graph: str, rows: bytes, *, add: bool = False) -> None:
        """Put N-Triples in the place of what a graph held, or ``add`` them to it."""
        url = f"{self._graphs}?graph={quote(graph, safe='')}"
        method = "POST" if add else "PUT"
        self._write(Request(method, url, rows, {"Content-Type": NTRIPLES}, True))

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _write(self, request: Request) -> None:
        try:
            reply = self._client.send(request, seconds=WRITE_SECONDS)
        except Late:
            raise EngineError(
                f"the engine at {request.url} took longer than {WRITE_SECONDS:g} s to write; "
                "whether it did is not known"
            ) from None
        if reply.headers.get(_GAVE_UP) is not None:
            raise EngineError(f"the engine gave up on a write: {reply.said()}")
        self._checked(reply)

    def _checked(self, reply: Reply) -> None:
        """Raise what a status that says no means."""
        if 200 <= reply.status < 300:
            return
        said, status = reply.said(), reply.status
        if status in (401, 403):
            raise EngineError(
                f"the engine at {self.remote.query} refuses us ({status}); check KG_SPARQL_USER "
                f"and KG_SPARQL_PASSWORD, or KG_SPARQL_TOKEN: {said}"
            )
        if status == 400:
            raise BadQuery(f"the engine does not understand this: {said}")
        if 300 <= status < 400:
            raise EngineError(
                f"the engine at {self.remote.query} sends us on to "
                f"{reply.headers.get('Location', 'nowhere')}; name that address instead"
            )
        raise EngineError(f"the engine at {self.remote.query} answers {status}: {said}")


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise StoreError(f"{url!r} is no address of an engine; it must begin with http(s)://")
    if parts.username is not None or parts.password is not None:
        raise StoreError(
            f"the address of the engine at {parts.hostname} holds a user or password; set "
            "KG_SPARQL_USER and KG_SPARQL_PASSWORD instead, which nobody sees"
        )


def _too_slow(seconds: float) -> LimitHit:
    return LimitHit(
        f"the engine did not answer within {seconds:g} s; make the query narrower (more terms, "
        "fewer joins, a LIMIT), or raise KG_QUERY_SECONDS",
        limit="query_seconds",
        value=seconds,
    )


def _given_up(reply: Reply, seconds: float) -> LimitHit | EngineError:
    """What Virtuoso says when it stops before the end."""
    state = reply.headers.get(_GAVE_UP, "")
    if state == "S1TAT":
        return _too_slow(seconds)
    return EngineError(f"the engine gave up ({state}) and answered in part: {reply.said()}")
