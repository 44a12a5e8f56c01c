"""The index: a read model beside the graph, for lists, counts and full-text search.

``rows`` derives what is kept from the view, ``touched`` finds what a change of the view touches,
``writing`` writes it to SQLite (``schema``). ``columns`` and ``tables`` have it in memory, where
``chosen``, ``orders`` and ``counts`` answer; ``words`` searches by FTS5. ``answers`` is the
``Index`` of ``kg.filters``; ``held`` is the index of a store to who writes, ``reading`` to who asks
(which alone loads numpy).
See docs/decisions/0017-an-index-beside-the-graph.md.
"""

from kg.index.held import Held, beside
from kg.index.writing import Progress, quiet

__all__ = ["Held", "Progress", "beside", "quiet"]
