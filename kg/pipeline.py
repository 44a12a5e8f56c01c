"""The whole path: articles are read, understood, written as graphs, and joined into the view.

The only room that knows every stage. ``ingest`` is a pure function of what it is given and of
the store: any order, any number of times, any process gives the same store.
"""

from collections.abc import Iterable

from kg.extract import Extractor
from kg.keeping import Outcome, put
from kg.keeping.articles import Progress
from kg.model import Article, Skipped
from kg.reading import Readers, found
from kg.store import Store

__all__ = ["Outcome", "ingest"]


def ingest(
    store: Store,
    articles: Iterable[Article | Skipped],
    extractor: Extractor | Readers,
    *,
    progress: Progress = lambda _: None,
) -> Outcome:
    """Write each article's graph, then the view once.

    ``extractor`` reads here, ``Readers`` in several processes: the store is the same. A graph
    that is already there as it would be written stays untouched. Raises StoreError.
    """
    return put(store, found(extractor, store.base, articles), progress=progress)
