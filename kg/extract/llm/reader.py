"""The extractor ``llm:MODEL``."""

import hashlib
import json
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from kg.config import Settings, settings
from kg.errors import BadInput, NoAnswer, SkipItem
from kg.extract.llm import schema
from kg.extract.llm.build import build
from kg.extract.llm.client import Client, Endpoint
from kg.gazetteer import Gazetteer
from kg.model import Article, Extraction

INSTRUCTIONS: Final = Path(__file__).with_name("instructions.txt").read_text(encoding="utf-8")
RULES: Final = "1"
"""Changes whenever what is made of an answer may change."""


class LlmExtractor:
    """Reads articles by asking a language model, and believes what stands in the text."""

    def __init__(self, model: str, client: Client, *, concurrency: int = 4) -> None:
        self.name = f"llm:{model}"
        digest = hashlib.sha256((INSTRUCTIONS + json.dumps(schema.answer())).encode()).hexdigest()
        self.version = f"{RULES}+{digest[:8]}"
        self._model = model
        self._client = client
        self._concurrency = concurrency
        self._gazetteer = Gazetteer.load()

    def extract(self, article: Article) -> Extraction:
        """What one article says. Raises NoAnswer, BadInput."""
        if not article.text.strip():
            return Extraction(self.name, self.version)
        answer = _content(self._client.ask(self._body(article)))
        return build(article, self._gazetteer, answer, self.name, self.version)

    def extract_many(self, articles: Iterable[Article]) -> Iterator[Extraction | SkipItem]:
        """What many articles say, a few asked for at a time, in their order."""
        waiting: deque[Future[Extraction | SkipItem]] = deque()
        with ThreadPoolExecutor(self._concurrency) as pool:
            for article in articles:
                waiting.append(pool.submit(self._read, article))
                if len(waiting) >= self._concurrency:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def _read(self, article: Article) -> Extraction | SkipItem:
        try:
            return self.extract(article)
        except SkipItem as reason:
            return reason

    def _body(self, article: Article) -> dict[str, Any]:
        published = article.published.edtf if article.published else "unknown"
        given = f"Published: {published}\n\n{article.text}"
        shape = {"name": "findings", "strict": True, "schema": schema.answer()}
        return {
            "model": self._model,
            "temperature": 0,
            "seed": 0,
            "messages": [
                {"role": "system", "content": INSTRUCTIONS},
                {"role": "user", "content": given},
            ],
            "response_format": {"type": "json_schema", "json_schema": shape},
        }


def configured(model: str) -> LlmExtractor:
    """The reader of a model behind the endpoint that the environment names; BadInput if none."""
    found: Settings = settings()
    if not found.llm_url.startswith(("http://", "https://")):
        raise BadInput(
            "KG_LLM_URL names no endpoint; set it to the base URL of an OpenAI-compatible one, "
            "such as http://localhost:11434/v1, to which the articles will be sent"
        )
    endpoint = Endpoint(
        found.llm_url,
        found.llm_key,
        found.llm_seconds,
        requests=found.llm_requests,
        tokens=found.llm_tokens,
    )
    return LlmExtractor(model, Client(endpoint), concurrency=found.llm_concurrency)


def _content(answer: dict[str, Any]) -> dict[str, Any]:
    """The object that the model wrote. Raises NoAnswer where there is none."""
    try:
        choice = answer["choices"][0]
        words = choice["message"]["content"]
        ended = choice.get("finish_reason")
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise NoAnswer("the endpoint's answer holds no message") from error
    if ended == "length":
        raise NoAnswer("the model's answer was cut off; split the article, or take another model")
    if not isinstance(words, str):
        raise NoAnswer("the model refused to answer")
    try:
        found = json.loads(words)
    except (ValueError, RecursionError) as error:
        raise NoAnswer(f"the model's answer is no JSON: {error}") from error
    if not isinstance(found, dict) or not {"statements", "reports"} <= found.keys():
        raise NoAnswer("the model's answer is not of the schema: no statements and reports")
    return found
