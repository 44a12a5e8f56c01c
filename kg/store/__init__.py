"""Named graphs of triples behind one port."""

from pathlib import Path

import pyoxigraph

from kg.errors import StoreError
from kg.store import folder
from kg.store.base import JSON, NTRIPLES, Answer, Dataset, Queryable, Service, Store, Updatable
from kg.store.oxigraph import OxigraphStore

__all__ = [
    "JSON",
    "NTRIPLES",
    "Answer",
    "Dataset",
    "Queryable",
    "Service",
    "Store",
    "Updatable",
    "open_store",
]

_FORMS = "oxigraph:PATH (a folder) or memory:"


def open_store(spec: str, *, base: str, read_only: bool = False) -> Store:
    """The store a string names: ``oxigraph:PATH`` or ``memory:``.

    ``base`` is the base IRI of what it holds. Opened ``read_only`` nothing is made or written,
    several processes may read at once, and a writer is refused meanwhile.

    Raises StoreError (no such kind, another base, not a store), StoreBusy (held by another).
    """
    kind, colon, where = spec.partition(":")
    if kind == "memory" and colon and not where:
        return OxigraphStore(pyoxigraph.Store(), base=base)
    if kind == "oxigraph" and where:
        return _on_disk(Path(where).expanduser().absolute(), base, read_only)
    if kind == "sparql" and colon:
        raise StoreError(f"{spec}: remote SPARQL stores come in a later version; use {_FORMS}")
    raise StoreError(f"{spec!r} names no store; write {_FORMS}")


def _on_disk(home: Path, base: str, read_only: bool) -> Store:
    opener = folder.open_for_reading if read_only else folder.open_for_writing
    store, lock = opener(home, base)
    return OxigraphStore(store, base=base, home=home, lock=lock, read_only=read_only)
