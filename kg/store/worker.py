"""One query worker: a process that answers questions over a snapshot until its parent is gone.

In comes (snapshot folder, Question); out goes an Answer, or the error as (class name, message,
details). The parent kills a worker that is late; should the parent itself be gone by then, the
alarm does.
"""

import resource
import shutil
import signal
import sys
from typing import Final

from pyoxigraph import Store

from kg.errors import BadQuery, KgError, LimitHit, NoFormat
from kg.store.base import Answer
from kg.store.evaluate import Question, evaluate
from kg.store.process import heard, send

Failure = tuple[str, str, dict[str, float | str | None]]
Reply = Answer | Failure

_GRACE_SECONDS: Final = 2
_STACK_MB: Final = 64
"""The engine goes down a query by recursion: a chain of thousands of FILTERs needs room."""


def main(seconds: float, memory_mb: int) -> None:
    """Answer until the pipe ends. Limits: bytes of private memory, seconds of one question."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_STACK, (_STACK_MB << 20, _STACK_MB << 20))
    resource.setrlimit(resource.RLIMIT_DATA, (memory_mb << 20, memory_mb << 20))
    opened, store = "", Store()
    for place, question in heard():
        signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE_SECONDS)
        try:
            if place != opened:
                store, opened = Store.read_only(place), place
            reply = _reply(store, question)
        except OSError as error:
            reply = ("StoreError", f"the snapshot {place} cannot be read: {error}", {})
        send(sys.stdout.buffer, reply)
        signal.setitimer(signal.ITIMER_REAL, 0)
    # The parent went without closing the pool: what it published is nobody's now.
    if opened:
        shutil.rmtree(opened, ignore_errors=True)


def _reply(store: Store, question: Question) -> Reply:
    try:
        return evaluate(store, question)
    except NoFormat as error:
        return "NoFormat", str(error), {"form": error.form}
    except BadQuery as error:
        return type(error).__name__, str(error), {"line": error.line, "column": error.column}
    except LimitHit as error:
        return "LimitHit", str(error), {"limit": error.limit, "value": error.value}
    except KgError as error:
        return type(error).__name__, str(error), {}


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]))
