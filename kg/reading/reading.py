"""The process of a desk: ``python -m kg.reading.reading EXTRACTOR MEMORY_MB``.

It says ``(None,)`` when its extractor is loaded, then answers (verb, what, base IRI, seconds)
with (what was found,), or with an error as it travels, until its channel ends. The parent ends it
when it is late; should the parent be gone by then, or nobody ask for long, the alarm does.
"""

import contextlib
import os
import pickle
import resource
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from kg.errors import KgError
from kg.extract import Extractor
from kg.reading.batch import found
from kg.reading.documents import Document
from kg.reading.explained import explained
from kg.reading.graphs import ready_extractor
from kg.reading.unpacking import articles
from kg.store.pool.channel import Ended, inherited
from kg.store.pool.worker import failure

IDLE_SECONDS: Final = 600
"""So long the model is kept in memory for the next question."""
_GRACE_SECONDS: Final = 2


def main(name: str, memory_mb: int) -> None:
    """Answer until the channel ends. ``memory_mb`` is the most private memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (memory_mb << 20, memory_mb << 20))
    channel = inherited()
    try:
        reader = ready_extractor(name)
    except KgError as error:
        channel.send(failure(error))
        return
    except MemoryError:
        os.abort()
    with contextlib.suppress(Ended):
        channel.send((None,))
        while True:
            verb, what, base, seconds = channel.receive()
            signal.alarm(seconds + _GRACE_SECONDS)
            channel.send(_reply(verb, reader, base, what))
            signal.alarm(IDLE_SECONDS)


def _reply(verb: str, reader: Extractor, base: str, what: Any) -> tuple[Any, ...]:
    try:
        return (_VERBS[verb](reader, base, what),)
    except KgError as error:
        return failure(error)
    except MemoryError:
        os.abort()


def _read(reader: Extractor, base: str, documents: Sequence[Document]) -> bytes:
    """What becomes of everything in some documents, packed: who passes it on need not look."""
    items = (item for document in documents for item in articles(document))
    return pickle.dumps(list(found(reader, base, items)), pickle.HIGHEST_PROTOCOL)


_VERBS: Final[Mapping[str, Callable[..., Any]]] = {"explain": explained, "read": _read}

if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
