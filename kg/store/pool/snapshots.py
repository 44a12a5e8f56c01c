"""Snapshots of a store that queries read: the one of today, and a few that were before it."""

import contextlib
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import Gone, StoreError
from kg.store.base import Snapshot


@dataclass(eq=False, slots=True)
class _Kept:
    """A snapshot, how many read it, and until when it is kept (monotonic clock)."""

    snapshot: Snapshot
    users: int = 0
    until: float = field(default=float("inf"))
    forgotten: bool = False


class Snapshots:
    """What is published, and ``keep`` older ones for ``seconds`` after they were replaced.

    One that somebody reads stays until they have done. ``told`` hears which folders there are.
    """

    def __init__(
        self,
        first: Snapshot,
        *,
        keep: int,
        seconds: float,
        told: Callable[[Sequence[Path]], None],
    ) -> None:
        self._keep = keep
        self._seconds = seconds
        self._told = told
        self._guard = threading.Lock()
        self._kept = [_Kept(first)]
        """The newest last; those before it may be asked for by their id."""
        self._leaving: list[_Kept] = []
        """What nobody may ask for any more, and somebody still reads."""
        self._closed = False
        self._tell()

    @property
    def places(self) -> list[Path]:
        """The folders that are on disk."""
        with self._guard:
            return [one.snapshot.place for one in (*self._leaving, *self._kept)]

    @property
    def newest(self) -> Snapshot:
        """The snapshot of today."""
        return self._kept[-1].snapshot

    def publish(self, snapshot: Snapshot) -> None:
        """Let whoever asks from now on read this one."""
        with self._guard:
            self._kept[-1].until = time.monotonic() + self._seconds
            self._kept.append(_Kept(snapshot))
        self.tidy()
        self._tell()

    def tidy(self) -> None:
        """Remove what is not kept any more and nobody reads."""
        with self._guard:
            now = time.monotonic()
            *older, newest = self._kept
            kept = [one for one in older[-self._keep :] if one.until > now] if self._keep else []
            self._drop([one for one in older if one not in kept])
            self._kept = [*kept, newest]

    def forget(self) -> None:
        """Keep none but the newest: what was taken out of the store is not to be asked for."""
        with self._guard:
            *older, newest = self._kept
            for one in (*self._leaving, *older):
                one.forgotten = True
            self._drop(older)
            self._kept = [newest]

    def forgotten(self, snapshot: Snapshot) -> bool:
        """Whether something was taken down since this snapshot, which is being read."""
        with self._guard:
            return any(one.forgotten for one in self._leaving if one.snapshot is snapshot)

    @contextlib.contextmanager
    def reading(self, ident: str | None = None) -> Iterator[Snapshot]:
        """A snapshot, the newest or the one of this id, that stays as long as it is read.

        Raises Gone where the id is none of those that are kept.
        """
        kept = self._take(ident)
        try:
            yield kept.snapshot
        finally:
            self._give_back(kept)

    def close(self) -> None:
        """Remove them all."""
        with self._guard:
            self._closed = True
            for one in (*self._leaving, *self._kept):
                shutil.rmtree(one.snapshot.place, ignore_errors=True)

    def _take(self, ident: str | None) -> _Kept:
        with self._guard:
            if self._closed:
                raise StoreError("the query workers are closed")
            found = [one for one in self._kept if ident in (None, one.snapshot.id)]
            if not found:
                have = ", ".join(one.snapshot.id for one in self._kept)
                raise Gone(f"snapshot {ident} is not kept; those that are: {have}")
            found[-1].users += 1
            return found[-1]

    def _give_back(self, kept: _Kept) -> None:
        with self._guard:
            kept.users -= 1
            if kept in self._leaving and not kept.users:
                self._leaving.remove(kept)
                shutil.rmtree(kept.snapshot.place, ignore_errors=True)

    def _drop(self, older: Sequence[_Kept]) -> None:
        for one in older:
            if one.users:
                self._leaving.append(one)
            else:
                shutil.rmtree(one.snapshot.place, ignore_errors=True)

    def _tell(self) -> None:
        self._told(self.places)
