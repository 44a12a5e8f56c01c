"""A process that does one thing to a store and ends in the middle of it, as if it were killed.

``python -m tests.ended HOME WHAT CALL``: at that call of the engine, SQLite or the system's files,
counted from 1; with 0 it goes through, and says how many calls there were.
"""

import os
import sys
from collections.abc import Callable, Mapping
from types import BuiltinFunctionType, FrameType
from typing import Any, Final

from kg.iri import DEFAULT_BASE, article_iri
from kg.keeping import articles, judge, take_down
from kg.pipeline import ingest
from kg.store import Store, open_store
from kg.view import refresh
from tests.scene_review import JUDGEMENTS
from tests.scenes import WIRE
from tests.test_pipeline import Scripted

STATUS: Final = 137
FILES: Final = frozenset(("open", "rename", "replace", "unlink", "mkdir", "rmdir", "fsync"))
GONE: Final = article_iri(DEFAULT_BASE, WIRE.url, WIRE.text)


def _put(store: Store) -> None:
    ingest(store, [WIRE], Scripted())


def _put_many(store: Store) -> None:
    articles.MANY = 0  # type: ignore[misc]
    _put(store)


DONE: Final[Mapping[str, Callable[[Store], Any]]] = {
    "put": _put,
    "put many": _put_many,
    "take down": lambda store: take_down(store, GONE),
    "judge": lambda store: judge(store, *JUDGEMENTS),
    "make anew": refresh,
}


def main(home: str, what: str, last: str) -> None:
    """Do it, up to a call."""
    store = open_store(f"oxigraph:{home}", base=DEFAULT_BASE)
    calls = 0

    def heard(frame: FrameType, event: str, called: Any) -> None:
        nonlocal calls
        if event == "c_call" and _writes(called):
            calls += 1
            if calls == int(last):
                os._exit(STATUS)

    sys.setprofile(heard)
    DONE[what](store)
    store.close()
    sys.setprofile(None)
    print(calls)


def _writes(called: BuiltinFunctionType) -> bool:
    """Whether a call may reach the disk."""
    of = getattr(called, "__self__", None)
    if getattr(of, "__name__", "") == "posix":
        return called.__name__ in FILES
    return type(of).__module__.partition(".")[0] in ("pyoxigraph", "sqlite3")


if __name__ == "__main__":
    main(*sys.argv[1:])
