"""Graphs kept in memory at a tenth of their size, to be read once more before the end of a run."""

import pickle
import zlib
from collections.abc import Iterator, Mapping, Sequence

from kg.terms import Triple


class Packed(Mapping[str, Sequence[Triple]]):
    """Graph IRI → triples. Unpacking one takes a tenth of reading it back from a store.

    >>> kept = Packed()
    >>> kept.put("http://x/g", [("<a:s>", "<a:p>", "<a:o>")])
    >>> kept["http://x/g"]
    [('<a:s>', '<a:p>', '<a:o>')]
    """

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def put(self, graph: str, triples: Sequence[Triple]) -> None:
        """Keep a graph, in the place of what was kept of it."""
        self._kept[graph] = zlib.compress(pickle.dumps(triples), 1)

    def __getitem__(self, graph: str) -> Sequence[Triple]:
        """The triples of a graph."""
        found: Sequence[Triple] = pickle.loads(zlib.decompress(self._kept[graph]))
        return found

    def __iter__(self) -> Iterator[str]:
        """The graphs kept."""
        return iter(self._kept)

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._kept)
