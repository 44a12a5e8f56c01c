"""Messages between two processes over a Unix socket, with a deadline and, at times, a file.

A message is a length (8 bytes, little-endian) and a pickle; a file travels beside it as a
descriptor. Both sides are ours: nothing is unpickled that came from elsewhere.
"""

import os
import pickle
import select
import socket
import struct
import time
from typing import Any, BinaryIO, Final

_LENGTH: Final = struct.Struct("<Q")
_PIECE: Final = 1 << 16


class Late(Exception):
    """No answer before the deadline."""


class Ended(Exception):
    """The other side is gone."""


class Channel:
    """One end of a pair; one thread at a time talks through it."""

    def __init__(self, end: socket.socket) -> None:
        self.end = end
        self._data = bytearray()
        self._files: list[int] = []
        self._poll = select.poll()
        self._poll.register(end, select.POLLIN)

    def send(self, message: object, file: BinaryIO | socket.socket | None = None) -> None:
        """Write one message. Raises Ended."""
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        whole = _LENGTH.pack(len(data)) + data
        try:
            if file is not None:
                sent = socket.send_fds(self.end, [whole], [file.fileno()])
                whole = whole[sent:]
            self.end.sendall(whole)
        except OSError:
            raise Ended from None

    def receive(self, deadline: float | None = None) -> Any:
        """The next message (at the latest by this time of the monotonic clock).

        Raises Late, after which the message may still be received, and Ended.
        """
        self._read(_LENGTH.size, deadline)
        (length,) = _LENGTH.unpack_from(self._data)
        self._read(_LENGTH.size + length, deadline)
        message = pickle.loads(memoryview(self._data)[_LENGTH.size : _LENGTH.size + length])
        self._data = self._data[_LENGTH.size + length :]
        return message

    def file(self) -> int:
        """The descriptor that came with the last message; whoever takes it closes it."""
        return self._files.pop()

    @property
    def readable(self) -> bool:
        """Whether something has come, or the other side is gone."""
        return bool(self._poll.poll(0))

    def close(self) -> None:
        """Close this end; the other one hears it."""
        for file in self._files:
            os.close(file)
        self._files.clear()
        self.end.close()

    def _read(self, length: int, deadline: float | None) -> None:
        while len(self._data) < length:
            if deadline is not None:
                left = max(0.0, deadline - time.monotonic()) * 1000
                if not self._poll.poll(left):
                    raise Late
            try:
                piece, files, _, _ = socket.recv_fds(self.end, _PIECE, 1)
            except OSError:
                raise Ended from None
            self._files += files
            if not piece:
                raise Ended
            self._data += piece


def inherited() -> Channel:
    """The channel to the process that started this one (``process.started``)."""
    return Channel(socket.socket(fileno=0))


def pair() -> tuple[socket.socket, socket.socket]:
    """Two connected ends, neither of which a program that is executed inherits."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
