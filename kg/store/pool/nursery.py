"""Processes that are there at once: forked from a zygote, talked to through a socket."""

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

from kg.closing import Closing
from kg.errors import StoreError
from kg.store.pool.channel import Channel, Ended, pair
from kg.store.pool.process import Dead, started

_STARTING_SECONDS: Final = 60.0
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")


class Child:
    """A process of the nursery. One thread at a time talks to it; any may kill it."""

    def __init__(self, nursery: "Nursery", pid: int, channel: Channel) -> None:
        self.pid = pid
        self._nursery = nursery
        self._channel = channel
        self._code: int | None = None
        self._ending = threading.Lock()

    def ask(self, message: object, deadline: float) -> Any:
        """Its answer. Raises Late (``hear`` may be tried again) or Dead."""
        self.tell(message)
        return self.hear(deadline)

    def tell(self, message: object) -> None:
        """Ask without waiting. Raises Dead."""
        try:
            self._channel.send(message)
        except Ended:
            raise Dead(self.ended()) from None

    def hear(self, deadline: float) -> Any:
        """The answer that is owed. Raises as ``ask`` does."""
        try:
            return self._channel.receive(deadline)
        except Ended:
            raise Dead(self.ended()) from None

    def file(self) -> BinaryIO:
        """The file that came with the last answer."""
        return os.fdopen(self._channel.file(), "rb")

    @property
    def alive(self) -> bool:
        """Whether it has not ended while nothing was asked of it."""
        return self._code is None and not self._channel.readable

    def signal(self, number: int) -> None:
        """Send a signal; one that has ended does not mind."""
        if self._code is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    @property
    def cpu_seconds(self) -> float:
        """The processor time it has used; where that cannot be seen, all there was."""
        if sys.platform != "linux":
            return time.monotonic()
        try:
            # The clock of another process, as clock_getcpuclockid(3) makes it.
            return time.clock_gettime((~self.pid << 3) | 2)
        except OSError:
            return 0.0

    @property
    def memory_mb(self) -> int:
        """The memory it has in use; 0 where that cannot be seen."""
        try:
            pages = int(Path(f"/proc/{self.pid}/statm").read_bytes().split()[1])
        except OSError:
            return 0
        return pages * _PAGE >> 20

    def yield_to_others(self) -> None:
        """Go on only with the processor time that nobody else wants."""
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.pid, 10)

    def ended(self) -> int:
        """Wait for its end; how it ended, as ``subprocess`` has it."""
        with self._ending:
            if self._code is None:
                self._code = self._nursery.ended(self.pid)
            return self._code

    def kill(self) -> None:
        """End it now; a second time does nothing."""
        self.signal(signal.SIGKILL)
        self.ended()

    def close(self) -> None:
        """Close its socket: only by the thread that talks to it, once it is of no more use."""
        self._channel.close()


class Nursery(Closing):
    """Forks processes from a zygote, which is started anew should it be killed.

    Roles and their arguments are those of ``kg.store.pool.zygote``; ``roles`` names modules that
    play more of them.
    """

    def __init__(self, roles: Mapping[str, str] | None = None) -> None:
        self._roles = [f"{name}={module}" for name, module in (roles or {}).items()]
        self._turn = threading.Lock()
        self._closed = False
        self._leave: list[str] = []
        self._start()

    @property
    def pid(self) -> int:
        """The zygote."""
        return self._process.pid

    def fork(self, role: str, *limits: object) -> Child:
        """A new process. Raises StoreError if the system has none to give."""
        ours, theirs = pair()
        try:
            pid = self._ask(("fork", role, *limits), theirs)
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        return Child(self, pid, Channel(ours))

    def ended(self, pid: int) -> int:
        """How a process ended; killed, if with its zygote."""
        with self._turn:
            try:
                self._zygote.send(("ended", pid))
                return int(self._zygote.receive())
            except Ended:
                return -signal.SIGKILL

    def leave(self, paths: Iterable[Path]) -> None:
        """Remove these folders, and none that were named before, should this process be killed."""
        with self._turn:
            self._leave = [str(path) for path in paths]
            with contextlib.suppress(Ended):
                self._zygote.send(("leave", self._leave))

    def close(self) -> None:
        """End every process. Twice is harmless."""
        with self._turn:
            if self._closed:
                return
            self._closed = True
            with contextlib.suppress(Ended):
                self._zygote.send(("leave", []))
            self._zygote.close()
            self._process.wait()

    def _ask(self, message: object, file: Any) -> int:
        with self._turn:
            for attempt in (1, 2):
                if self._closed:
                    break
                try:
                    self._zygote.send(message, file)
                    return int(self._zygote.receive(time.monotonic() + _STARTING_SECONDS))
                except Ended:
                    self._restart(attempt)
        raise StoreError("no process for queries can be started")

    def _restart(self, attempt: int) -> None:
        """The zygote was killed, and those that it had forked with it."""
        self._zygote.close()
        self._process.wait()
        if attempt == 1:
            self._start()
            self._zygote.send(("leave", self._leave))

    def _start(self) -> None:
        try:
            self._process, self._zygote = started("kg.store.pool.zygote", *self._roles)
        except OSError as error:
            raise StoreError(f"no process for queries can be started: {error}") from error
