"""The port of the extractor, and how one is opened by name."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Final, Protocol, cast, runtime_checkable

from kg.errors import SkipItem
from kg.model import Article, Extraction
from kg.plugins import open_named

if TYPE_CHECKING:
    from kg.extract.explain import Why

ENTRY_POINTS: Final = "conflict_kg.extractors"
BUILT_IN: Final = {
    "default": "kg.extract.extractor:RuleExtractor",
    "rules": "kg.extract.extractor:RuleExtractor",
    "spacy:": "kg.extract.extractor:over_pipeline",
    "llm:": "kg.extract.llm:configured",
}


class Extractor(Protocol):
    """Finds statements and event reports in an article, each with its spans.

    Every span lies in ``article.text``. The same article gives the same extraction, whatever
    else is read.
    """

    @property
    def name(self) -> str:
        """Which extractor this is."""

    @property
    def version(self) -> str:
        """Changes whenever its output may change."""

    def extract(self, article: Article) -> Extraction:
        """Everything the article says. Raises SkipItem where it cannot be read."""

    def extract_many(self, articles: Iterable[Article]) -> Iterator[Extraction | SkipItem]:
        """The same for many, in their order; the reason, not raised, where one cannot be read."""


@runtime_checkable
class Explains(Extractor, Protocol):
    """An extractor that can tell why a finding is what it is."""

    def explain(
        self, article: Article, chosen: Callable[[Extraction], Collection[str]] | None = None
    ) -> "tuple[Why, ...]":
        """Why each finding of the article is what it is, in the order of their words.

        ``chosen`` gives the keys of those that are asked for; without it all are.
        """


def open_extractor(name: str = "default") -> Extractor:
    """The extractor of this name, ready to read; BadInput says which names there are."""
    found = open_named(name, kind="extractor", group=ENTRY_POINTS, built_in=BUILT_IN)
    return cast("Extractor", found)
