"""Articles read into their graphs, in this process or in several: the same bytes either way.

An article is read again where somebody asks why a finding is what it is.
"""

from kg.reading.batch import Again, Found, Sorted, found
from kg.reading.desk import Desk
from kg.reading.documents import REQUEST, Document, DocumentKind
from kg.reading.explained import MEANINGS, Asked, Explanation, asked, explained
from kg.reading.explainer import Explainer
from kg.reading.graphs import Reading, Unread, name_of, read_here, ready_extractor
from kg.reading.intake import Intake
from kg.reading.readers import FEW, Readers, readings

__all__ = [
    "FEW",
    "MEANINGS",
    "REQUEST",
    "Again",
    "Asked",
    "Desk",
    "Document",
    "DocumentKind",
    "Explainer",
    "Explanation",
    "Found",
    "Intake",
    "Readers",
    "Reading",
    "Sorted",
    "Unread",
    "asked",
    "explained",
    "found",
    "name_of",
    "read_here",
    "readings",
    "ready_extractor",
]
