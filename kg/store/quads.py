"""Triples into the graphs of a pyoxigraph store, and out of them.

Crash safety. A graph that was not there is written by one transaction (``load``) or one
ingestion of finished files (``bulk_load``); a graph that was there is changed by one SPARQL
update that deletes and inserts only what differs. Each of the three is all or nothing under
``kill -9``, so a graph is always its old self or its new self. Only what goes in steps
(``put_in``, ``take_out``, ``empty``) can be left in the middle.

Where finished files were written, it is counted: many of them make reading slow. All raise
StoreError.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Final

from pyoxigraph import RdfFormat, Store

from kg import terms
from kg.errors import StoreError
from kg.store.base import Change
from kg.store.checks import encoded, no_blank_nodes, node
from kg.terms import Triple

STEP: Final = 40_000
"""Quads of a large graph that are written in one step."""
AT_ONCE: Final = 2
"""Steps that are written at the same time, while the next is gathered."""
BULK: Final = 12_000
"""From so many quads on, writing finished files is faster than a transaction."""


def triples(store: Store, iri: str) -> Iterator[Triple]:
    """The triples of a graph."""
    dump = store.dump(format=RdfFormat.N_TRIPLES, from_graph=node(iri))
    return terms.parse((dump or b"").decode())


def write(store: Store, batch: Mapping[str, Sequence[Triple]]) -> int:
    """Have each graph hold these triples; how often finished files were written."""
    new: list[str] = []
    for iri, given in batch.items():
        if store.contains_named_graph(node(iri)):
            _make_hold(store, iri, given)
        elif given:
            new.append(terms.lines(given, terms.iri(iri)))
    return _insert(store, "".join(new), sum(map(len, batch.values())))


def change(store: Store, changes: Mapping[str, Change]) -> None:
    """Take triples out of graphs and put others in, in one transaction."""
    _update(store, ";".join(part for one in changes.items() for part in _parts(store, *one)))


def put_in(store: Store, iri: str, given: Iterable[Triple]) -> int:
    """Put triples into a graph, some steps at a time: the engine works on cores of its own.

    How often finished files were written.
    """
    name, coming = terms.iri(iri), iter(given)
    files = 0
    under_way: deque[Future[int]] = deque()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        while step := list(islice(coming, STEP)):
            no_blank_nodes(iri, step)
            text = terms.lines(step, name)
            under_way.append(threads.submit(_insert, store, text, len(step)))
            if len(under_way) > AT_ONCE:
                files += under_way.popleft().result()
        return files + sum(written.result() for written in under_way)


def take_out(store: Store, iri: str, gone: Sequence[Triple]) -> None:
    """Take triples out of a graph, in steps."""
    for start in range(0, len(gone), STEP):
        _update(store, _data("DELETE", iri, gone[start : start + STEP]))


def empty(store: Store, iri: str) -> None:
    """Drop a graph in steps, which takes half the memory of one transaction over all of it."""
    left = store.quads_for_pattern(None, None, None, node(iri))
    while gone := [(str(s), str(p), str(o)) for s, p, o, _ in islice(left, STEP)]:
        _update(store, _data("DELETE", iri, gone))
    drop(store, iri)


def drop(store: Store, iri: str) -> None:
    """Drop a graph."""
    try:
        store.remove_graph(node(iri))
    except (OSError, RuntimeError) as error:
        raise _unwritten(error) from error


def _make_hold(store: Store, iri: str, given: Sequence[Triple]) -> None:
    """One transaction that makes a graph hold these triples."""
    old, new = set(triples(store, iri)), set(given)
    if not new:
        drop(store, iri)
    elif old != new:
        _update(store, f"{_data('DELETE', iri, old - new)};{_data('INSERT', iri, new - old)}")


def _parts(store: Store, iri: str, change: Change) -> Iterator[str]:
    """The parts of an update that changes a graph; one that is left with nothing goes."""
    gone, new = change
    if gone and not new and _holds_no_more_than(store, iri, len(gone)):
        yield f"DROP GRAPH {terms.iri(iri)}"
        return
    if gone:
        yield _data("DELETE", iri, gone)
    if new:
        yield _data("INSERT", iri, new)


def _holds_no_more_than(store: Store, iri: str, quads: int) -> bool:
    found = store.quads_for_pattern(None, None, None, node(iri))
    return sum(1 for _ in islice(found, quads + 1)) <= quads


def _insert(store: Store, text: str, quads: int) -> int:
    """Insert rows of N-Quads; 1 where it was by finished files."""
    if not text:
        return 0
    many = quads >= BULK
    try:
        (store.bulk_load if many else store.load)(encoded(text), format=RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise StoreError(f"not N-Quads: {error}") from error
    except (OSError, RuntimeError) as error:
        raise _unwritten(error) from error
    return int(many)


def _update(store: Store, text: str) -> None:
    encoded(text)
    try:
        store.update(text)
    except SyntaxError as error:
        raise StoreError(f"not RDF terms: {error}") from error
    except (OSError, RuntimeError) as error:
        raise _unwritten(error) from error


def _unwritten(error: Exception) -> StoreError:
    return StoreError(f"the store cannot be written: {error}")


def _data(verb: str, iri: str, given: Iterable[Triple]) -> str:
    rows = "".join([f"{s} {p} {o} .\n" for s, p, o in sorted(given)])
    return f"{verb} DATA {{ GRAPH {terms.iri(iri)} {{\n{rows}}} }}"
