"""Writes cut into requests that an engine takes, each checked before it is sent."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import pyoxigraph

from kg import terms
from kg.store.text.querytext import Bound
from kg.store.text.syntax import bad_query
from kg.terms import Triple

Batch = dict[str, Sequence[Triple]]
"""Graphs by their IRIs."""
AT_ONCE: Final = 1000
"""Triples of one update; engines refuse far larger ones."""
LARGEST: Final = 1 << 20
"""Characters of one update, unless a triple alone has more."""
STEP: Final = 50_000
"""Triples of a large graph that are put at once."""
TOGETHER: Final = 100
"""Graphs that are marked at once as being written."""


def batches(rows: Sequence[str], *, most: int, size: int) -> list[Sequence[str]]:
    """Rows in pieces of at most ``most`` rows, and ``size`` characters unless one row is longer.

    >>> batches(["a", "bb", "c"], most=2, size=3)
    [['a', 'bb'], ['c']]
    """
    found: list[Sequence[str]] = []
    piece: list[str] = []
    held = 0
    for row in rows:
        if piece and (len(piece) == most or held + len(row) > size):
            found.append(piece)
            piece, held = [], 0
        piece.append(row)
        held += len(row)
    return [*found, piece] if piece else found


def data(verb: str, graph: str, found: Sequence[str]) -> str:
    """INSERT DATA or DELETE DATA of rows of N-Triples."""
    text = "\n".join(found)
    return f"{verb} DATA {{ GRAPH {terms.iri(graph)} {{\n{text}\n}} }}"


def length(triples: Sequence[Triple]) -> int:
    """How many characters triples have, roughly as they are sent."""
    return sum(len(term) for triple in triples for term in triple)


def whole_graphs(
    graphs: Iterable[tuple[str, Sequence[Triple]]],
    check: Callable[[str, Sequence[Triple]], object],
    *,
    most: int | None = None,
    triples: int = STEP,
) -> Iterator[Batch]:
    """Whole graphs, checked, some at a time, no graph twice in one batch.

    A batch ends with ``most`` graphs, or with the one that makes it ``triples`` triples.
    """
    batch: Batch = {}
    held = 0
    for iri, found in graphs:
        check(iri, found)
        if iri in batch or len(batch) == most or held >= triples:
            yield batch
            batch, held = {}, 0
        batch[iri] = found
        held += len(found)
    if batch:
        yield batch


def check_update(text: str) -> None:
    """Raise BadQuery for what does not parse, as an embedded store would.

    An update that could reach elsewhere is left to the engine to read.
    """
    if any(word in text.lower() for word in ("load", "service")):
        return
    try:
        pyoxigraph.Store().update(text)
    except SyntaxError as error:
        raise bad_query(str(error), text, Bound(text)) from None
    except (OSError, RuntimeError):
        return
