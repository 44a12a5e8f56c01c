"""A server's side of the process that writes its store (``kg.store.pool.writer``)."""

import logging
import signal
import threading
import time
from pathlib import Path
from typing import Any, Final

from kg import errors
from kg.closing import Closing
from kg.errors import BadQuery, KgError, LimitHit, StoreError
from kg.store import folder
from kg.store.base import Snapshot
from kg.store.pool.channel import Late
from kg.store.pool.nursery import Child, Nursery
from kg.store.pool.process import Dead

_LOG = logging.getLogger(__name__)
_LONG_SECONDS: Final = 3600.0
"""A takedown writes a store anew, also one that was left in the middle of it and is opened."""
_WHOLE: Final = "it was done whole or not at all; look before you send it again"


class Writer(Closing):
    """Holds a store on disk for writing, in a process of its own; safe between threads.

    ``seconds`` is the deadline of an update, waiting for those before it included;
    ``memory_mb`` the private memory of the process; ``role`` who it is in the nursery. Raises
    StoreError, StoreBusy where the store cannot be opened.
    """

    def __init__(
        self,
        home: Path,
        *,
        base: str,
        nursery: Nursery,
        seconds: float = 30.0,
        memory_mb: int = 2048,
        role: str = "writer",
    ) -> None:
        self.base = base
        self._home = home
        self._nursery = nursery
        self._seconds = seconds
        self._memory_mb = memory_mb
        self._role = role
        self._turn = threading.Lock()
        self._child: Child | None = None
        self._made: set[Path] = set()
        self._version = ""
        with self._turn:
            self._ready()

    @property
    def pid(self) -> int | None:
        """The process that holds the store."""
        return self._child.pid if self._child else None

    def version(self) -> str:
        """The id that a snapshot taken now has."""
        return self._version

    def update(self, text: str, *, aside: bool = False) -> None:
        """See ``Updatable.update``. LimitHit names query_seconds or query_memory_mb."""
        self.do("update", text, aside)

    def snapshot(self) -> Snapshot:
        """See ``Store.snapshot``. It waits however long others write: what is to be seen by it
        is written already.
        """
        found: Snapshot = self.do("snapshot", seconds=_LONG_SECONDS)
        return found

    def close(self) -> None:
        """Let it finish what it writes, close the store, and end. Twice is harmless."""
        with self._turn:
            child, self._child = self._child, None
            if child is not None:
                child.close()
                child.ended()
                folder.sweep_snapshots(self._home, self._made)

    def do(self, *what: object, seconds: float | None = None) -> Any:
        """What the process gives for a verb and what it takes.

        ``seconds`` is a deadline of its own. Raises what the verb raises, LimitHit, StoreError.
        """
        allowed = seconds or self._seconds
        deadline = time.monotonic() + allowed
        if not self._turn.acquire(timeout=allowed):
            raise _too_slow("others were writing and this waited", "nothing was done", allowed)
        try:
            child = self._ready()
            reply = child.ask(what, deadline)
            self._note(reply[0])
        except Late:
            self._end()
            raise _too_slow("writing ran", _WHOLE, allowed) from None
        except Dead as death:
            self._end()
            raise self._died(death.code) from None
        except BaseException:
            self._end()
            raise
        finally:
            self._turn.release()
        return self._heard(reply)

    def _note(self, given: object) -> None:
        """Of the snapshots, those that were handed out and are still there."""
        if isinstance(given, Snapshot):
            self._made = {given.place, *(place for place in self._made if place.exists())}

    def _ready(self) -> Child:
        """The process with the store open, started anew if it was killed."""
        if self._child is not None and self._child.alive:
            return self._child
        self._end()
        limits = (str(self._home), self.base, self._memory_mb)
        self._child = self._nursery.fork(self._role, *limits)
        try:
            self._heard(self._child.hear(time.monotonic() + _LONG_SECONDS))
        except (Late, Dead) as error:
            self._end()
            raise StoreError(f"the store at {self._home} cannot be opened: {error}") from error
        except BaseException:
            self._end()
            raise
        return self._child

    def _heard(self, reply: Any) -> Any:
        match reply:
            case (given, version):
                self._version = version
                return given
            case (name, message, details, version):
                self._version = version or self._version
                error: KgError = getattr(errors, name)(message, **details)
                raise error
        raise StoreError(f"the process that writes said {reply!r}")

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.close()
            # It may have written what it had no time to tell of.
            self._version = folder.read_version(self._home).id
            # Perhaps it was making one.
            folder.sweep_snapshots(self._home, self._made)

    def _died(self, code: int) -> KgError:
        _LOG.warning("the process that writes ended with status %d", code)
        if code == -signal.SIGSEGV:
            return BadQuery(
                "the update is nested too deeply, or a chain of its parts is too long, for the "
                "engine, and nothing was done; write in parts"
            )
        if code != -signal.SIGABRT:
            return StoreError(f"the process that writes ended with status {code}; {_WHOLE}")
        return LimitHit(
            f"the update took more than {self._memory_mb} MB of memory and nothing was done; "
            "write less at a time, or raise KG_QUERY_MEMORY_MB",
            limit="query_memory_mb",
            value=self._memory_mb,
        )


def _too_slow(what: str, so: str, seconds: float) -> LimitHit:
    return LimitHit(
        f"{what} past {seconds:g} s; {so}; write less at a time, or raise KG_QUERY_SECONDS",
        limit="query_seconds",
        value=seconds,
    )
