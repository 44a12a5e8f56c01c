"""One extractor for all tests of this folder, and what a text of a Friday in April tells."""

from collections.abc import Callable, Iterator

import pytest

from kg.analyse.sentences import SENTENCES
from kg.extract import Extractor, open_extractor
from kg.extract.dates import parse_date
from kg.extract.extractor import RuleExtractor
from kg.extract.llm import LlmExtractor
from kg.extract.llm.client import Client, Endpoint
from kg.model import Article
from tests.analyse.clear_trees import WRITTEN, saved
from tests.extract.endpoint import Json, Reply, as_answer, message, serving, text_of
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


@pytest.fixture(scope="session", params=["default", "spacy", "llm"])
def reader(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    extractor: RuleExtractor,
) -> Iterator[Extractor]:
    """Every extractor there is; the model behind ``llm`` knows what the rules find."""
    if request.param == "spacy":
        folder = tmp_path_factory.mktemp("reader") / "clear"
        yield open_extractor(f"spacy:{saved(folder, SENTENCES, WRITTEN)}")
    elif request.param == "llm":
        with serving(lambda body: _knowing(extractor, body)) as endpoint:
            yield LlmExtractor("tests", Client(Endpoint(endpoint.url)))
    else:
        yield extractor


def _knowing(extractor: RuleExtractor, body: Json) -> Reply:
    article = Article(text_of(body))
    return message(as_answer(article, extractor.extract(article)))
