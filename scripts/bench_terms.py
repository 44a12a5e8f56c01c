"""Quad objects against N-Quads text for one article graph of 680 quads.

Run: ``python scripts/bench_terms.py``. Prints the fastest of many runs in milliseconds; the
figures and what follows from them stand in ``docs/decisions/0002-terms-as-text.md``.
"""

import pickle
import tempfile
import time
from collections.abc import Callable
from itertools import count
from typing import Final

import pyoxigraph as ox

from kg import terms
from kg.terms import Triple

GRAPH: Final = "http://localhost:8000/article/0123456789abcdef0123456789abcdef"
PREDICATES: Final = [f"https://w3id.org/conflict-kg#property{n}" for n in range(17)]
SUBJECTS: Final = [f"{GRAPH}#char={n},{n + 40}" for n in range(40)]
WORDS: Final = "the words of a quotation that are about as long as evidence is"
RUNS: Final = 60

QUAD_PREDICATES: Final = [ox.NamedNode(name) for name in PREDICATES]
TEXT_PREDICATES: Final = [terms.iri(name) for name in PREDICATES]


def quads(name: str = GRAPH) -> list[ox.Quad]:
    """The graph as objects; half of what is said are IRIs, half are strings."""
    graph, out = ox.NamedNode(name), []
    for subject in SUBJECTS:
        node = ox.NamedNode(subject)
        for n, predicate in enumerate(QUAD_PREDICATES):
            value = f"{subject}/{n}" if n % 2 else f"{n} {WORDS}"
            told = ox.NamedNode(value) if n % 2 else ox.Literal(value)
            out.append(ox.Quad(node, predicate, told, graph))
    return out


def triples() -> list[Triple]:
    """The same graph as text terms."""
    out = []
    for subject in SUBJECTS:
        node = terms.iri(subject)
        for n, predicate in enumerate(TEXT_PREDICATES):
            value = f"{subject}/{n}" if n % 2 else f"{n} {WORDS}"
            told = terms.iri(value) if n % 2 else terms.literal(value)
            out.append((node, predicate, told))
    return out


def read_quads(store: ox.Store) -> list[Triple]:
    """A graph read through objects, as sorted text terms."""
    found = store.quads_for_pattern(None, None, None, ox.NamedNode(GRAPH))
    return sorted((str(q.subject), str(q.predicate), str(q.object)) for q in found)


def read_text(store: ox.Store) -> list[Triple]:
    """The same through a dump written in Rust."""
    dump = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(GRAPH))
    return sorted(terms.parse((dump or b"").decode()))


def milliseconds(work: Callable[[], object]) -> float:
    """The fastest of many runs."""
    best = float("inf")
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best * 1000


def report(what: str, objects: Callable[[], object], text: Callable[[], object]) -> None:
    """One line of the table."""
    print(f"{what:<34}{milliseconds(objects):>10.2f}{milliseconds(text):>10.2f}")


def main() -> None:
    """Print the table."""
    made, rows = quads(), triples()
    print(f"{len(rows)} quads, milliseconds{'Quads':>16}{'text':>10}")
    report("build", quads, triples)
    report("build as N-Quads bytes", lambda: ox.serialize(quads(), format=NQ), _built)
    report("sort", lambda: sorted(made, key=str), lambda: sorted(rows))
    report("difference of two graphs", lambda: set(made) - set(made[9:]), lambda: _difference(rows))
    report("to another process (pickle)", lambda: _through(made), lambda: _through(rows))
    with tempfile.TemporaryDirectory() as folder:
        store = ox.Store(folder)
        store.load(_built(), format=NQ)
        store.optimize()
        report("read sorted, from disk", lambda: read_quads(store), lambda: read_text(store))
        new = (f"{GRAPH}{n}" for n in count())
        report(
            "write a new graph to disk",
            lambda: store.extend(quads(next(new))),
            lambda: store.load(_built(next(new)), format=NQ),
        )


NQ: Final = ox.RdfFormat.N_QUADS


def _built(name: str = GRAPH) -> bytes:
    return terms.lines(triples(), terms.iri(name)).encode()


def _difference(rows: list[Triple]) -> set[Triple]:
    return set(rows) - set(rows[9:])


def _through(graph: object) -> object:
    return pickle.loads(pickle.dumps(graph))


if __name__ == "__main__":
    main()
