"""Graphs of a store as N-Triples lines, read a part at a time and sorted without holding them.

An answer holds at most some hundred thousand lines; what is larger is read by its subjects.
Sorting spills sorted runs into temporary files and merges them, so memory stays flat.
"""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Final

from kg import terms
from kg.export.job import PIECE, Job, statements_or_events
from kg.iri import graph_iri
from kg.projection import statement_ids
from kg.projection.reading import event_ids
from kg.sparql import BATCH, select, values
from kg.store.base import NTRIPLES, Dataset
from kg.store.text.guard import is_kept
from kg.vocab import term

WHOLE: Final = 100_000
"""The most lines of a graph that are read in one answer."""

RUN: Final = 100_000
"""Lines that are sorted in memory at a time."""

_BODY: Final = term("schema:articleBody").encode()


def graphs(job: Job) -> list[str]:
    """The IRIs of the graphs that are written, sorted: all but users', or with filters the view."""
    if job.chosen:
        return [graph_iri(job.base, "view")]
    found = (row["g"] for row in select(job.queryable, "SELECT ?g { GRAPH ?g {} }"))
    return sorted(graph for graph in found if is_kept(job.base, graph))


def graph_lines(job: Job, graph: str) -> Iterator[bytes]:
    """The N-Triples lines of a graph, or of the selection's part of it, in no order."""
    if job.chosen:
        found = _selected(job, graph)
    elif _size(job, graph) <= WHOLE:
        found = _construct(job, graph, "?s ?p ?o")
    else:
        found = _by_subject(job, graph)
    return (one for one in found if one.split(b" ", 2)[1] != _BODY) if job.no_text else found


def view_lines(job: Job) -> Iterator[bytes]:
    """The lines of the view, sorted."""
    view = graph_iri(job.base, "view")
    return sorted_lines(graph_lines(job, view))


def sorted_lines(lines: Iterable[bytes], *, run: int = RUN) -> Iterator[bytes]:
    """The lines sorted by their bytes, each once; ``run`` of them are in memory at a time.

    >>> list(sorted_lines([b"b", b"a", b"c", b"a"], run=2))
    [b'a', b'b', b'c']
    """
    with ExitStack() as files:
        left, runs = iter(lines), list[Iterable[bytes]]()
        held = sorted(set(islice(left, run)))
        while more := sorted(set(islice(left, run))):
            runs.append(_spilled(held, files.enter_context(TemporaryFile())))
            held = more
        before: bytes | None = None
        for line in heapq.merge(*runs, held):
            if line != before:
                yield line
            before = line


def in_pieces(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines with their ends, in pieces worth sending."""
    held = bytearray()
    for line in lines:
        held += line + b"\n"
        if len(held) >= PIECE:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)


def _spilled(lines: Iterable[bytes], file: IO[bytes]) -> Iterator[bytes]:
    file.writelines(line + b"\n" for line in lines)
    file.seek(0)
    return (line[:-1] for line in file)


def _size(job: Job, graph: str) -> int:
    text = f"SELECT (COUNT(*) AS ?n) {{ GRAPH {terms.iri(graph)} {{ ?s ?p ?o }} }}"
    return int(select(job.queryable, text)[0]["n"])


def _construct(job: Job, graph: str, pattern: str) -> Iterator[bytes]:
    answer = job.queryable.query(
        f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}",
        dataset=Dataset((graph,)),
        graph=NTRIPLES,
    )
    yield from answer.body.splitlines()


def _by_subject(job: Job, graph: str) -> Iterator[bytes]:
    text = f"SELECT DISTINCT ?s {{ GRAPH {terms.iri(graph)} {{ ?s ?p ?o }} }}"
    yield from _described(job, graph, [row["s"] for row in select(job.queryable, text)])


def _described(job: Job, graph: str, things: Sequence[str]) -> Iterator[bytes]:
    for at in range(0, len(things), BATCH):
        yield from _construct(job, graph, f"{values('s', things[at : at + BATCH])} ?s ?p ?o")


def _selected(job: Job, graph: str) -> Iterator[bytes]:
    """The selected records and, step by step, all that they lead to in the view."""
    chosen = statements_or_events(job.filters)
    seen = dict.fromkeys(statement_ids(job.queryable, chosen))
    seen.update(dict.fromkeys(event_ids(job.queryable, chosen)))
    ahead = list(seen)
    while ahead:
        after: dict[str, None] = {}
        for line in _described(job, graph, ahead):
            yield line
            thing = line.split(b" ", 2)[2][:-2]
            if thing.startswith(b"<") and (iri := thing[1:-1].decode()) not in seen:
                seen[iri] = after[iri] = None
        ahead = list(after)
