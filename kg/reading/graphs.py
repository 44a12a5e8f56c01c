"""What is read out of articles, as their graphs; each depends on its article and nothing else."""

import gc
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.errors import SkipItem
from kg.extract import Extractor, open_extractor
from kg.model import Article
from kg.rdf import article_graph
from kg.terms import Triple


@dataclass(frozen=True, slots=True)
class Reading:
    """An article's graph (IRI, sorted triples), and how many findings it holds or dropped."""

    iri: str
    triples: Sequence[Triple]
    statements: int
    reports: int
    dropped: int


@dataclass(frozen=True, slots=True)
class Unread:
    """An article that could not be read, and why."""

    article: Article
    reason: str


def read_here(
    extractor: Extractor, base: str, articles: Iterable[Article]
) -> Iterator[Reading | Unread]:
    """What an extractor of this process reads, in the order given; base is the store's."""
    waiting: deque[Article] = deque()
    for found in extractor.extract_many(_noted(articles, waiting)):
        article = waiting.popleft()
        if isinstance(found, SkipItem):
            yield Unread(article, str(found))
            continue
        iri, triples = article_graph(base, article, found)
        yield Reading(iri, triples, len(found.statements), len(found.reports), found.dropped)


def _noted(articles: Iterable[Article], waiting: deque[Article]) -> Iterator[Article]:
    """The articles; each also joins those waiting for their graph."""
    for article in articles:
        waiting.append(article)
        yield article


def ready_extractor(name: str) -> Extractor:
    """The extractor of this name; what it has loaded is no longer looked through for garbage.

    The hundred thousand objects of a model live as long as the process, and going through them
    every few articles costs more than reading one.
    """
    extractor = open_extractor(name)
    gc.freeze()
    return extractor


def name_of(article: Article) -> str:
    """What a person knows an article by: its address, its headline, or how it begins."""
    return article.url or article.headline or article.text.strip()[:60]
