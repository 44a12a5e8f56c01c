"""Graphs kept in a file of no name at a tenth of their size, to be read again before a run ends."""

import pickle
import tempfile
import weakref
import zlib
from collections.abc import Iterator, Mapping, Sequence
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
            weakref.finalize(self, self._opened.close)
        return self._opened

    def put(self, graph: str, triples: Sequence[Triple]) -> None:
        """Keep a graph, in the place of what was kept of it. Raises StoreError."""
        packed = zlib.compress(pickle.dumps(triples), 1)
        try:
            self._kept[graph] = self._file.seek(0, 2), len(packed)
            self._file.write(packed)
            self._file.flush()
        except OSError as error:
            where = self._folder or tempfile.gettempdir()
            raise StoreError(f"no article can be put aside in {where}: {error.strerror}") from error

    def __getitem__(self, graph: str) -> Sequence[Triple]:
        """The triples of a graph."""
        start, length = self._kept[graph]
        self._file.seek(start)
        found: Sequence[Triple] = pickle.loads(zlib.decompress(self._file.read(length)))
        return found

    def __iter__(self) -> Iterator[str]:
        """The graphs kept."""
        return iter(self._kept)

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._kept)
