"""The server that production uses: waitress, told what a hostile hour taught.

One thread reads and writes every connection and is never blocked by a client; the others answer
whole requests. So a client that sends or reads slowly costs a connection and nothing else, a long
answer is sent from its file after its thread has moved on, and whoever hangs up is noticed while
the query still runs.
"""

import contextlib
import ctypes
import socket
import threading
import time
from typing import Any, Final

import waitress
from flask import Flask
from waitress import wasyncore

from api.connection import BODY_BYTES, HEAD_BYTES, Connection

CONNECTIONS: Final = 1000
"""Connections at a time; more wait at the system's door."""
IDLE_SECONDS: Final = 60
"""After so long without a byte in either direction a connection is closed."""
_ON_DISK: Final = 1 << 40
"""Bytes of an answer in pieces that may wait (on disk) for a slow reader: as many as there are."""


_MMAP_THRESHOLD: Final = -3
_ARENA_MAX: Final = -8


def give_memory_back() -> None:
    """Have the C library return what large requests took as soon as they are answered.

    Left alone, glibc keeps some of it in an arena of each thread for ever. Elsewhere nothing is
    done. Call it before threads start.
    """
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_MMAP_THRESHOLD, 128 << 10)
        library.mallopt(_ARENA_MAX, 2)


def _believing(proxy: str) -> dict[str, str]:
    """What waitress is told of a proxy whose word is taken: on its clients, and how they asked."""
    headers = "x-forwarded-for x-forwarded-proto"
    return {"trusted_proxy": proxy, "trusted_proxy_headers": headers}


class Server:
    """An application on a listening socket, answered by ``threads`` threads.

    ``run`` returns once ``stop`` was called and what was running has ended, or ``grace`` seconds
    after it. ``proxy`` is the address of a proxy that says in X-Forwarded-For who its clients are,
    and in X-Forwarded-Proto whether they came by https.
    """

    def __init__(
        self,
        app: Flask,
        listening: socket.socket,
        *,
        threads: int = 8,
        grace: float = 30.0,
        proxy: str = "",
    ) -> None:
        self._grace = grace
        self._stopping = threading.Event()
        self._server: Any = waitress.create_server(
            app,
            sockets=[listening],
            threads=threads,
            ident=None,
            asyncore_use_poll=True,
            connection_limit=CONNECTIONS,
            channel_timeout=IDLE_SECONDS,
            channel_request_lookahead=1,
            max_request_header_size=HEAD_BYTES,
            max_request_body_size=BODY_BYTES,
            outbuf_high_watermark=_ON_DISK,
            log_socket_errors=False,
            clear_untrusted_proxy_headers=bool(proxy),
            **(_believing(proxy) if proxy else {}),
        )
        self._server.channel_class = Connection

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self._server.effective_port)

    def run(self) -> None:
        """Answer requests until told to stop."""
        try:
            while not self._stopping.is_set():
                self._turn(1.0)
            self._finish()
        finally:
            self._server.task_dispatcher.shutdown(timeout=1)
            wasyncore.close_all(self._server._map)

    def stop(self) -> None:
        """Take no more connections, and let ``run`` return; from any thread or signal handler."""
        self._stopping.set()
        # run() may see the flag and close everything before it is woken.
        with contextlib.suppress(OSError):
            self._server.pull_trigger()

    def _turn(self, seconds: float) -> None:
        wasyncore.loop(timeout=seconds, use_poll=True, map=self._server._map, count=1)

    def _finish(self) -> None:
        """Send what is being answered; close what is idle."""
        server = self._server
        server.accepting = False
        server.del_channel()
        server.socket.close()
        end = time.monotonic() + self._grace
        while server.active_channels and time.monotonic() < end:
            for channel in list(server.active_channels.values()):
                if not channel.requests and not channel.total_outbufs_len:
                    channel.handle_close()
            self._turn(0.1)
