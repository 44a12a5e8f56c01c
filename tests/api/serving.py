"""A real server on a loopback port, and a client that is not ours (urllib)."""

import json
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from flask import Flask
from werkzeug.datastructures import Headers

from api.server import Server


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: Headers
    body: bytes

    @property
    def type(self) -> str:
        return self.headers.get("Content-Type", "").partition(";")[0]

    def json(self) -> Any:
        return json.loads(self.body)


@contextmanager
def serving(app: Flask, *, threads: int = 4, proxy: str = "") -> Iterator[str]:
    """The address of the app while it is served by waitress."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = Server(app, listening, threads=threads, grace=1.0, proxy=proxy)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.stop()
        thread.join()


def fetch(
    url: str,
    *,
    data: bytes | None = None,
    method: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """What the server says, errors included."""
    request = Request(url, data=data, method=method, headers=dict(headers or {}))
    try:
        with urlopen(request, timeout=30) as reply:
            return Reply(reply.status, Headers(list(reply.headers.items())), reply.read())
    except HTTPError as error:
        with error:
            return Reply(error.code, Headers(list(error.headers.items())), error.read())
