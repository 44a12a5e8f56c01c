"""One extractor for all tests of this folder, and what a text of a Friday in April tells."""

from collections.abc import Callable

import pytest

from kg.analyse.sentences import SENTENCES
from kg.extract import Extractor, open_extractor
from kg.extract.dates import parse_date
from kg.extract.extractor import RuleExtractor
from kg.model import Article
from tests.analyse.clear_trees import WRITTEN, saved
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


@pytest.fixture(scope="session", params=["default", "spacy"])
def reader(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Extractor:
    """Every extractor there is, opened by its name."""
    if request.param == "spacy":
        folder = tmp_path_factory.mktemp("reader") / "clear"
        return open_extractor(f"spacy:{saved(folder, SENTENCES, WRITTEN)}")
    return open_extractor(request.param)
