"""The one filter language: what a list, a page, a table and every export show.

Floor by floor: ``language`` reads and checks parameters, ``names`` compares names, ``lookup``
finds whom one means, ``patterns`` writes them as SPARQL, ``selection`` asks a store for ids,
facets and histograms.
"""

from kg.filters.language import ALLOWED, FACETS, KINDS, SORTS, Filters, Kind
from kg.filters.lookup import Unknown, by_id, find, missing
from kg.filters.patterns import unknown
from kg.filters.selection import Selection, facets, histogram, id_batches, select_ids

__all__ = [
    "ALLOWED",
    "FACETS",
    "KINDS",
    "SORTS",
    "Filters",
    "Kind",
    "Selection",
    "Unknown",
    "by_id",
    "facets",
    "find",
    "histogram",
    "id_batches",
    "missing",
    "select_ids",
    "unknown",
]
