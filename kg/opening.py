"""The store that settings name, opened; and who answers queries over it for many at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from kg.config import Settings
from kg.store import Remote, Service, Store, open_store
from kg.store.sparql import SparqlStore
from kg.store.workers import WorkerPool


def open_named(found: Settings, *, read_only: bool = False) -> Store:
    """The store of these settings; see ``kg.store.open_store`` for what it raises."""
    remote = Remote(
        update=found.sparql_update_url,
        graphs=found.sparql_graph_url,
        user=found.sparql_user,
        password=found.sparql_password,
        token=found.sparql_token,
        seconds=found.query_seconds,
        rows=found.query_rows,
        bytes=found.query_bytes,
        characters=found.query_characters,
    )
    return open_store(found.store, base=found.base, read_only=read_only, remote=remote)


@contextmanager
def answering(store: Store, found: Settings) -> Iterator[Service]:
    """Who answers over a store that is served: worker processes, or the engine elsewhere.

    An engine has workers of its own and keeps to the same limits in another way: past the
    deadline its answer is not waited for, and it is told to stop where it can be.
    """
    if isinstance(store, SparqlStore):
        yield store
        return
    with WorkerPool(
        store,
        workers=found.workers,
        seconds=found.query_seconds,
        memory_mb=found.query_memory_mb,
        rows=found.query_rows,
        answer_bytes=found.query_bytes,
        characters=found.query_characters,
    ) as pool:
        yield pool


def may_write(store: Store) -> bool:
    """Whether there is a way to write: an engine elsewhere may have no address for updates."""
    return not (isinstance(store, SparqlStore) and store.read_only)
