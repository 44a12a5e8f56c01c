"""The one filter language: what a list, a page, a table and every export show.

Floor by floor: ``language`` reads and checks parameters, ``names`` compares names, ``lookup``
finds whom one means, ``words`` what ``q`` looks for, ``patterns`` writes them as SPARQL,
``selection`` asks for ids, facets and histograms: an ``index`` where there is one, else a store.
"""

from kg.filters.index import Changed, Index, Selection, index_of
from kg.filters.language import ALLOWED, FACETS, KINDS, SORTS, Filters, Kind
from kg.filters.lookup import Unknown, by_id, find, missing
from kg.filters.patterns import unknown
from kg.filters.selection import facets, histogram, id_batches, select_ids

__all__ = [
    "ALLOWED",
    "FACETS",
    "KINDS",
    "SORTS",
    "Changed",
    "Filters",
    "Index",
    "Kind",
    "Selection",
    "Unknown",
    "by_id",
    "facets",
    "find",
    "histogram",
    "id_batches",
    "index_of",
    "missing",
    "select_ids",
    "unknown",
]
