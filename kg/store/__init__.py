"""Named graphs of triples behind one port."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, urldefrag

import pyoxigraph

from kg.errors import StoreError
from kg.store import folder
from kg.store.base import JSON, NTRIPLES, Answer, Dataset, Queryable, Service, Store, Updatable
from kg.store.oxigraph import OxigraphStore
from kg.store.remote.engine import Engine, Remote
from kg.store.remote.sparql import SparqlStore

__all__ = [
    "JSON",
    "NTRIPLES",
    "Answer",
    "Dataset",
    "Queryable",
    "Remote",
    "Service",
    "Store",
    "Updatable",
    "open_store",
]

_FORMS = "oxigraph:PATH (a folder), sparql:QUERY-URL or memory:"
_ADDRESSES = ("update", "graphs")


def open_store(
    spec: str, *, base: str, read_only: bool = False, remote: Remote | None = None
) -> Store:
    """The store a string names: ``oxigraph:PATH``, ``memory:`` or ``sparql:QUERY-URL``.

    ``base`` is the base IRI of what it holds. Opened ``read_only`` nothing is made or written,
    several processes may read at once, and a writer is refused meanwhile (not by an engine
    elsewhere). ``remote`` says what such an engine is reached with; a string
    ``sparql:QUERY-URL#update=URL&graphs=URL`` wins over its addresses.

    Raises StoreError (no such kind, another base, not a store), StoreBusy (held by another).
    """
    kind, colon, where = spec.partition(":")
    if kind == "memory" and colon and not where:
        return OxigraphStore(pyoxigraph.Store(), base=base)
    if kind == "oxigraph" and where:
        return _on_disk(Path(where).expanduser().absolute(), base, read_only)
    if kind == "sparql" and where:
        return _elsewhere(_addressed(where, remote or Remote()), base, read_only)
    raise StoreError(f"{spec!r} names no store; write {_FORMS}")


def _elsewhere(remote: Remote, base: str, read_only: bool) -> Store:
    engine = Engine(remote)
    try:
        return SparqlStore(engine, base=base, read_only=read_only)
    except BaseException:
        engine.close()
        raise


def _addressed(where: str, remote: Remote) -> Remote:
    """How the engine is reached whose addresses stand in the string."""
    query, told = urldefrag(where)
    given = dict(parse_qsl(told, keep_blank_values=True))
    if unknown := sorted(given.keys() - set(_ADDRESSES)):
        raise StoreError(
            f"#{unknown[0]} is nothing that a sparql: store takes; it takes "
            f"{' and '.join(_ADDRESSES)} (a user, password or token is a setting)"
        )
    return replace(
        remote,
        query=query,
        update=given.get("update", remote.update),
        graphs=given.get("graphs", remote.graphs),
    )


def _on_disk(home: Path, base: str, read_only: bool) -> Store:
    opener = folder.open_for_reading if read_only else folder.open_for_writing
    store, lock = opener(home, base)
    held = OxigraphStore(store, base=base, home=home, lock=lock, read_only=read_only)
    del store
    held.forget()
    return held
