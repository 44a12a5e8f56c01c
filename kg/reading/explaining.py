"""The process that explains: ``python -m kg.reading.explaining EXTRACTOR SECONDS MEMORY_MB``.

It says ``{}`` when its extractor is loaded, then answers (base IRI, questions) with what
``explained`` says, or with an error as (class name, message), until its pipe ends. The parent
ends it when it is late; should the parent be gone by then, or nobody ask for long, the alarm
does.
"""

import os
import resource
import signal
import sys
from collections.abc import Sequence
from typing import Final

from kg.errors import KgError
from kg.extract import Extractor
from kg.reading.explained import Asked, explained
from kg.reading.graphs import ready_extractor
from kg.records import Json
from kg.store.pool.process import heard, send

IDLE_SECONDS: Final = 600
"""So long the model is kept in memory for the next question."""
_GRACE_SECONDS: Final = 2

Failure = tuple[str, str]


def main(name: str, seconds: int, memory_mb: int) -> None:
    """Answer until the pipe ends. Limits: bytes of private memory, seconds of one question."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (memory_mb << 20, memory_mb << 20))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what an extractor prints is no answer
    reader = _loaded(name)
    send(answers, reader if isinstance(reader, tuple) else {})
    if isinstance(reader, tuple):
        return
    for base, questions in heard():
        signal.alarm(seconds + _GRACE_SECONDS)
        send(answers, _reply(reader, base, questions))
        signal.alarm(IDLE_SECONDS)


def _loaded(name: str) -> Extractor | Failure:
    try:
        return ready_extractor(name)
    except KgError as error:
        return _failure(error)
    except MemoryError:
        os.abort()


def _reply(reader: Extractor, base: str, questions: Sequence[Asked]) -> Json | Failure:
    try:
        return explained(reader, base, questions)
    except KgError as error:
        return _failure(error)
    except MemoryError:
        os.abort()


def _failure(error: KgError) -> Failure:
    return type(error).__name__, str(error)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
