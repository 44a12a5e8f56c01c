"""Records of the view as plain, JSON-ready dictionaries (DESIGN section 8's shapes).

Lists come a page at a time; one record comes with everything that leads to and from it. An
``id`` is always the full IRI of today, codes are bare, what is not known is null or empty.
"""

from kg.records.articles import sources
from kg.records.judged import judgement, judgements
from kg.records.pages import actors, articles, by_ids, events, every, page, places, statements
from kg.records.parts import Json
from kg.records.search import cards, search
from kg.records.single import Moved, one

__all__ = [
    "Json",
    "Moved",
    "actors",
    "articles",
    "by_ids",
    "cards",
    "events",
    "every",
    "judgement",
    "judgements",
    "one",
    "page",
    "places",
    "search",
    "sources",
    "statements",
]
