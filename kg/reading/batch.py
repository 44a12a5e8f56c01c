"""One run over many items: each article is read once, and what is not read is named."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.extract import Extractor
from kg.iri import article_iri
from kg.model import Article, DateRange, Skipped
from kg.reading.graphs import Reading, Unread, name_of
from kg.reading.readers import Readers, readings

CLASH: Final = (
    "the same text and URL were already read in this run with another date, headline, publisher"
    " or author; give each article its URL, or leave one out"
)

Details = tuple[str | None, DateRange | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Again:
    """An article that this run has read already."""

    iri: str


Found = Reading | Skipped | Again
"""What becomes of one item."""


def found(
    by: Extractor | Readers, base: str, items: Iterable[Article | Skipped]
) -> Iterator[Found]:
    """What each item says; base is the store's. Of an article met twice the second is ``Again``."""
    run = Sorted(base)
    for one in readings(by, base, run.fresh(items)):
        yield from run.told()
        yield run.unread(one.article, one.reason) if isinstance(one, Unread) else one
    yield from run.told()


class Sorted:
    """The items of one run: what is to be read, and what is put aside. ``base`` is the store's."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._met: dict[str, Details] = {}
        self._aside: deque[Skipped | Again] = deque()

    def fresh(self, items: Iterable[Article | Skipped]) -> Iterator[Article]:
        """The articles met for the first time."""
        for item in items:
            aside = item if isinstance(item, Skipped) else self._known(item)
            if aside is not None:
                self._aside.append(aside)
            elif isinstance(item, Article):
                yield item

    def told(self) -> Iterator[Skipped | Again]:
        """What was put aside since."""
        while self._aside:
            yield self._aside.popleft()

    def unread(self, article: Article, reason: str) -> Skipped:
        """An article that could not be read; if it comes again, it is tried again."""
        del self._met[article_iri(self._base, article.url, article.text)]
        return Skipped(name_of(article), reason)

    def _known(self, article: Article) -> Again | Skipped | None:
        """What to say of an article that this run has met; a clash is named."""
        iri = article_iri(self._base, article.url, article.text)
        details = (article.headline, article.published, article.publisher, article.author)
        if iri not in self._met:
            self._met[iri] = details
            return None
        return Again(iri) if self._met[iri] == details else Skipped(name_of(article), CLASH)
