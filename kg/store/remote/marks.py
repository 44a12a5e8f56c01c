"""What a store notes of itself in an engine: one small graph that no listing shows.

=================  ==========================  ============================================
subject            property (``store#…``)      object
=================  ==========================  ============================================
``…graph/store``   ``base``                    the base IRI the store was made for
``…graph/store``   ``keeps``                   a datatype that is written as one of ours
``…graph/store``   ``seal``                    the note of the last seal (``Store.seal``)
``…graph/store``   ``view``                    a name for what was sealed (``Store.view_id``)
a graph            ``begun``                   it is being written: "new" or "changed", and
                                               the digest of what it will hold
=================  ==========================  ============================================

A run that is cut off leaves marks behind. The next that writes looks whether each graph is what
it was to be. A new one that is not is taken out, so that its article is read again; a changed one
stays, marked, until it is written whole, for it may be the only copy of a text.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from kg import terms
from kg.errors import EngineError, StoreError
from kg.iri import graph_iri
from kg.store.remote.dialect import Put
from kg.store.remote.engine import Engine
from kg.terms import Triple

_LOG = logging.getLogger(__name__)

NOTES: Final = "https://w3id.org/conflict-kg/store#"
_BASE, _KEEPS, _SEAL, _VIEW, _BEGUN = (
    terms.iri(f"{NOTES}{name}") for name in ("base", "keeps", "seal", "view", "begun")
)
NEW: Final = "new"
CHANGED: Final = "changed"


def rows(engine: Engine, text: str, *, seconds: float | None = None) -> list[Mapping[str, str]]:
    """The rows of a SELECT that names its graphs: variable → what its term says."""
    reply = engine.ask(Put(text), graph=False, seconds=seconds)
    try:
        found = json.loads(reply.body)["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in found]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EngineError(f"the engine's answer is no SPARQL JSON: {reply.said()}") from error


class Marks:
    """The notes of the store of one base in one engine."""

    def __init__(self, engine: Engine, base: str) -> None:
        self.graph = graph_iri(base, "store")
        self._engine = engine
        self._base = base
        self._node = terms.iri(self.graph)

    def found(self) -> bool | None:
        """Whether the store keeps well-known text under a datatype of ours; None: no store yet.

        Raises StoreError where the engine holds a store of another base.
        """
        asked = f"SELECT ?g ?base ?kept {{ GRAPH ?g {{ ?g {_BASE} ?base }} {_OPTIONAL} }}"
        told = rows(self._engine, asked)
        others = sorted({row["base"] for row in told} - {self._base})
        if others:
            raise StoreError(
                f"the store at {self._engine.remote.query} was made for base {others[0]}, not "
                f"{self._base}; set KG_BASE_IRI to its base or name another store"
            )
        return any("kept" in row for row in told) if told else None

    def make(self, *, keeps: Sequence[str]) -> None:
        """Note that the store is there."""
        notes = [f"{self._node} {_BASE} {terms.iri(self._base)} ."]
        notes += [f"{self._node} {_KEEPS} {terms.iri(one)} ." for one in keeps]
        self._insert(notes)

    def seal(self, text: str | None, view: str = "") -> None:
        """Note the seal and the name of what it seals, or that there is none any more."""
        for note in (_SEAL, _VIEW):
            gone = f"DELETE WHERE {{ GRAPH {self._node} {{ {self._node} {note} ?text }} }}"
            self._engine.update(gone, repeat=True)
        if text is not None:
            notes = ((_SEAL, text), (_VIEW, view))
            self._insert([f"{self._node} {note} {terms.literal(said)} ." for note, said in notes])

    def sealed(self) -> str | None:
        """The note of the seal."""
        return self._noted(_SEAL)

    def view(self) -> str:
        """The name of what was sealed, or nothing."""
        return self._noted(_VIEW) or ""

    def _noted(self, note: str) -> str | None:
        text = f"SELECT ?text {{ GRAPH {self._node} {{ {self._node} {note} ?text }} }}"
        found = rows(self._engine, text)
        return found[0]["text"] if len(found) == 1 else None

    def begin(self, graphs: Mapping[str, Sequence[Triple]], known: frozenset[str]) -> None:
        """Mark graphs before these triples are written; ``known`` are those that are there."""
        self._insert(
            [
                f"{terms.iri(one)} {_BEGUN} {terms.literal(_mark(triples, one in known))} ."
                for one, triples in graphs.items()
            ]
        )

    def end(self, graphs: Iterable[str]) -> None:
        """Take the marks of graphs that are whole away."""
        nodes = " ".join(terms.iri(one) for one in graphs)
        pattern = f"GRAPH {self._node} {{ ?graph {_BEGUN} ?how }}"
        text = f"DELETE {{ {pattern} }} WHERE {{ VALUES ?graph {{ {nodes} }} {pattern} }}"
        self._engine.update(text, repeat=True)

    def begun(self) -> dict[str, list[str]]:
        """The graphs that somebody began to write and did not end, with their marks."""
        text = f"SELECT ?graph ?how {{ GRAPH {self._node} {{ ?graph {_BEGUN} ?how }} }}"
        found: dict[str, list[str]] = {}
        for row in rows(self._engine, text):
            found.setdefault(row["graph"], []).append(row["how"])
        return found

    def mend(self, read: Callable[[str], Sequence[Triple]]) -> None:
        """Take out what a run that was cut off left half written; each graph is named."""
        for graph, marks in sorted(self.begun().items()):
            held = digest(read(graph))
            if any(mark.split(" ")[1:] == [held] for mark in marks):
                self.end([graph])
            elif all(mark.startswith(NEW) for mark in marks):
                self._engine.update(f"DROP SILENT GRAPH {terms.iri(graph)}", repeat=True)
                self.end([graph])
                _LOG.warning("%s was left half written and was taken out: read it again", graph)
            else:
                _LOG.warning("%s may be half written: read its article again", graph)

    def _insert(self, notes: Sequence[str]) -> None:
        text = "\n".join(notes)
        self._engine.update(f"INSERT DATA {{ GRAPH {self._node} {{\n{text}\n}} }}", repeat=True)


def digest(triples: Iterable[Triple]) -> str:
    """SHA-256 of a graph in canonical form.

    >>> digest([("<a:s>", "<a:p>", '"b"'), ("<a:s>", "<a:p>", '"a"')])[:16]
    '9ae7c08ebdf75649'
    """
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in sorted(set(triples)))
    return hashlib.sha256(lines.encode()).hexdigest()


def _mark(triples: Iterable[Triple], known: bool) -> str:
    return f"{CHANGED if known else NEW} {digest(triples)}"


_OPTIONAL: Final = f"OPTIONAL {{ GRAPH ?g {{ ?g {_KEEPS} ?kept }} }}"
