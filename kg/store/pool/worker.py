"""One query worker: a process that answers questions over a snapshot until its parent is gone.

In comes (snapshot folder, Question), or None for the question where it is only to be ready; out
goes a Reply. An answer that is long comes as a file, which is unlinked already. The parent kills
a worker that is late; should the parent itself be gone by then, the alarm does.
"""

import os
import resource
import signal
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from pyoxigraph import Store

from kg.errors import BadQuery, KgError, LimitHit, NoFormat
from kg.store.base import Answer, Form
from kg.store.evaluate import Question, evaluate
from kg.store.pool.channel import Channel

Failure = tuple[str, str, dict[str, float | str | None]]
"""An error as (class name, message, details)."""


@dataclass(frozen=True, slots=True)
class Spooled:
    """An answer without its content, which comes as a file with it."""

    form: Form
    media_type: str


Reply = Answer | Spooled | Failure | None

_GRACE_SECONDS: Final = 2
_STACK_MB: Final = 64
"""The engine goes down a query by recursion: a chain of thousands of FILTERs needs room."""


def main(channel: Channel, seconds: float, memory_mb: int) -> None:
    """Answer until the socket ends. Limits: seconds of one question, MB of private memory."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_STACK, (_STACK_MB << 20, _STACK_MB << 20))
    resource.setrlimit(resource.RLIMIT_DATA, (memory_mb << 20, memory_mb << 20))
    opened, store = "", Store()
    while True:
        place, question = channel.receive()
        signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE_SECONDS)
        try:
            if place != opened:
                store, opened = Store.read_only(place), place
            reply: Answer | Failure | None = question and _reply(
                store, question, Path(place).parent
            )
        except OSError as error:
            reply = ("StoreError", f"the snapshot {place} cannot be read: {error}", {})
        _send(channel, reply)
        signal.setitimer(signal.ITIMER_REAL, 0)


def failure(error: KgError) -> Failure:
    """An error as it travels."""
    details: dict[str, float | str | None] = {}
    match error:
        case NoFormat():
            details = {"form": error.form}
        case BadQuery():
            details = {"line": error.line, "column": error.column}
        case LimitHit():
            details = {"limit": error.limit, "value": error.value}
    return type(error).__name__, str(error), details


def _reply(store: Store, question: Question, folder: Path) -> Answer | Failure:
    def spool() -> BinaryIO:
        return tempfile.TemporaryFile(dir=folder)

    try:
        return evaluate(store, question, spool)
    except KgError as error:
        return failure(error)
    except MemoryError:
        os.abort()


def _send(channel: Channel, reply: Answer | Failure | None) -> None:
    if not isinstance(reply, Answer) or isinstance(reply.content, bytes):
        channel.send(reply)
        return
    with reply.content as file:
        file.flush()
        channel.send(Spooled(reply.form, reply.media_type), file)
