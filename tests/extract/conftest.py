"""One extractor for all tests of this folder, and what a text of a Friday in April tells."""

from collections.abc import Callable

import pytest

from kg.extract import open_extractor
from kg.extract.dates import parse_date
from kg.extract.extractor import RuleExtractor
from kg.model import Article
from tests.extract.told import Told

FRIDAY = "2024-04-12"

Read = Callable[..., Told]


@pytest.fixture(scope="session")
def extractor() -> RuleExtractor:
    found = open_extractor()
    assert isinstance(found, RuleExtractor)
    return found


@pytest.fixture(scope="session")
def read(extractor: RuleExtractor) -> Read:
    """What a text tells: ``read(text, published=…)``; published on a Friday unless said."""

    def told(text: str, published: str | None = FRIDAY) -> Told:
        article = Article(text, published=parse_date(published) if published else None)
        return Told(article, extractor.extract(article))

    return told
