"""Articles read into their graphs, in this process or in several: the same bytes either way."""

from kg.reading.graphs import Reading, Unread, name_of, read_here, ready_extractor
from kg.reading.readers import FEW, Readers, readings

__all__ = [
    "FEW",
    "Readers",
    "Reading",
    "Unread",
    "name_of",
    "read_here",
    "readings",
    "ready_extractor",
]
