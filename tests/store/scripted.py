"""A server on loopback that answers what a test tells it, byte for byte."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass(slots=True)
class Heard:
    """Where the server is, and the requests it has heard: head and body."""

    url: str = ""
    requests: list[tuple[str, bytes]] = field(default_factory=list)

    def headers(self, name: str) -> list[str]:
        """The values of a header, request by request, where it was sent."""
        lines = [line for head, _ in self.requests for line in head.split("\r\n")]
        return [line.split(": ", 1)[1] for line in lines if line.lower().startswith(f"{name}: ")]


def reply(status: int, body: bytes = b"", *headers: str, length: int | None = None) -> bytes:
    """A reply; ``length`` says how long its body claims to be."""
    said = [f"HTTP/1.1 {status} Said", f"Content-Length: {len(body) if length is None else length}"]
    return "\r\n".join([*said, *headers, "", ""]).encode() + body


@contextmanager
def scripted(*replies: bytes) -> Iterator[Heard]:
    """A server that gives these replies in turn, each on a connection that it then closes.

    An empty reply is a connection that is closed without a word.
    """
    listening = socket.create_server(("127.0.0.1", 0))
    heard = Heard(f"http://127.0.0.1:{listening.getsockname()[1]}/sparql")
    ended = threading.Event()
    thread = threading.Thread(target=_answer, args=(listening, replies, heard, ended))
    thread.start()
    try:
        yield heard
    finally:
        ended.set()
        thread.join()
        listening.close()


def _answer(
    listening: socket.socket, replies: Sequence[bytes], heard: Heard, ended: threading.Event
) -> None:
    listening.settimeout(0.05)
    for said in replies:
        connection = _next(listening, ended)
        if connection is None:
            return
        with connection:
            connection.settimeout(10)
            heard.requests.append(_request(connection))
            connection.sendall(said.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))


def _next(listening: socket.socket, ended: threading.Event) -> socket.socket | None:
    """The next connection, unless the test is over first."""
    while not ended.is_set():
        with suppress(TimeoutError):
            return listening.accept()[0]
    return None


def _request(connection: socket.socket) -> tuple[str, bytes]:
    read = b""
    while b"\r\n\r\n" not in read:
        read += connection.recv(65536)
    head, _, body = read.partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    while lengths and len(body) < int(lengths[0].split(b":")[1]):
        body += connection.recv(65536)
    return head.decode(), body
