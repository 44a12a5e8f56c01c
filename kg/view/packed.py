"""Graphs kept in a file of no name at a tenth of their size, to be read again before a run ends."""

import pickle
import tempfile
import weakref
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from kg.errors import StoreError
from kg.terms import Triple


class Packed(Mapping[str, Sequence[Triple]]):
    """Graph IRI → triples. Unpacking one takes a tenth of reading it back from a store.

    Memory holds their names. The file is in ``folder``, or where temporary files go, and goes
    with this.

    >>> kept = Packed()
    >>> kept.put("http://x/g", [("<a:s>", "<a:p>", "<a:o>")])
    >>> kept["http://x/g"]
    [('<a:s>', '<a:p>', '<a:o>')]
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._opened: IO[bytes] | None = None
        self._kept: dict[str, tuple[int, int]] = {}

    @property
    def _file(self) -> IO[bytes]:
        """Its file, made when something is kept."""
        if self._opened is None:
            self._opened = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115
            weakref.finalize(self, _let_go, self._opened)
        return self._opened

    def put(self, graph: str, triples: Sequence[Triple]) -> None:
        """Keep a graph, in the place of what was kept of it. Raises StoreError."""
        packed = zlib.compress(pickle.dumps(triples), 1)
        try:
            start = self._file.seek(0, 2)
            self._file.write(packed)
            self._file.flush()
        except OSError as error:
            raise self._failed("be put aside in", error) from error
        self._kept[graph] = start, len(packed)

    def __getitem__(self, graph: str) -> Sequence[Triple]:
        """The triples of a graph. Raises StoreError, KeyError."""
        start, length = self._kept[graph]
        try:
            self._file.seek(start)
            packed = self._file.read(length)
        except OSError as error:
            raise self._failed("be read again in", error) from error
        found: Sequence[Triple] = pickle.loads(zlib.decompress(packed))
        return found

    def _failed(self, what: str, error: OSError) -> StoreError:
        where = self._folder or tempfile.gettempdir()
        return StoreError(f"no article can {what} {where}: {error.strerror}")

    def __iter__(self) -> Iterator[str]:
        """The graphs kept."""
        return iter(self._kept)

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._kept)


def _let_go(file: IO[bytes]) -> None:
    """Close a file of which what found no room, and was told, is not written any more."""
    with suppress(OSError):
        file.close()
