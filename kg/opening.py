"""The store that settings name, opened with all they say of it."""

from kg.config import Settings
from kg.store import Remote, Store, open_store
from kg.store.remote.sparql import SparqlStore


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
    )
    return open_store(found.store, base=found.base, read_only=read_only, remote=remote)


def may_write(store: Store) -> bool:
    """Whether there is a way to write: an engine elsewhere may have no address for updates."""
    return not (isinstance(store, SparqlStore) and store.read_only)
